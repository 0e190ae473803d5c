namespace Headroom.Simulation.Faults;

/// <summary>One fault: when, whom, and for links the other end. What else its kind needs stands in the properties.</summary>
public readonly record struct Fault(long TimeNs, FaultKind Kind, int Member = -1, int Peer = -1)
{
    /// <summary>A slow member's time for an input, or a clock's leap.</summary>
    public long DelayNs { get; init; }

    /// <summary>How much faster than true time a clock runs, in parts per thousand million.</summary>
    public long DriftPpb { get; init; }

    /// <summary>The share that is lost; of a torn crash the share that is kept.</summary>
    public double Share { get; init; }

    /// <summary>The sides of a partition, or the core.</summary>
    public MemberSets? Sets { get; init; }

    /// <summary>As a statement of a written plan.</summary>
    public override string ToString() => FaultText.Of(this);
}
