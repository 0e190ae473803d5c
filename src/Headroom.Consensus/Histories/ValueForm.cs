namespace Headroom.Consensus.Histories;

/// <summary>What the values of a history are.</summary>
public enum ValueForm : byte
{
    /// <summary>A value is the number itself.</summary>
    Numbers,

    /// <summary>A value names a text in <see cref="History.Sequences"/>; equal texts have equal names.</summary>
    Texts,
}
