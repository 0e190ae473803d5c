namespace Headroom.Simulation.Networks;

/// <summary>Why a copy never reached its receiver's process.</summary>
public enum DropCause : byte
{
    /// <summary>Not dropped.</summary>
    None,

    /// <summary>Lost on the way, by itself or in a burst.</summary>
    Loss,

    /// <summary>The queue of its sender's line was full.</summary>
    Overflow,

    /// <summary>A link that is down, cut, or between the sides of a partition.</summary>
    Cut,

    /// <summary>Its receiver had crashed, had left or was not there yet.</summary>
    ReceiverDown,
}
