namespace Headroom.Lab.Maelstrom;

/// <summary>What a node program did that no program may.</summary>
public enum FaultKind
{
    /// <summary>The process ended.</summary>
    Died,

    /// <summary>No answer to <c>init</c> or <c>topology</c> in time, or an error instead.</summary>
    NotReady,

    /// <summary>A line that is not a message.</summary>
    Rubbish,

    /// <summary>More output than can be routed, or a line without end.</summary>
    Flood,

    /// <summary>A message that goes nowhere or comes from another.</summary>
    Misaddressed,

    /// <summary>An answer that the workload does not know.</summary>
    WrongReply,
}

/// <summary>One finding about a node: when, counted from the first operation's time zero, and in words.</summary>
public sealed record NodeFault(int Node, FaultKind Kind, double AtSeconds, string Text);
