namespace Headroom.Consensus.Quorum;

/// <summary>One operation of a client, as it saw it: a value written, or found (0 for none), and the phases that it took.</summary>
public readonly record struct RegisterCall(int Register, bool IsWrite, long Content, long CallNs, long ReturnNs, int Phases)
{
    /// <summary>The moment of an answer that never came.</summary>
    public const long Never = long.MaxValue;

    /// <summary>When it was to be made: no later than <see cref="CallNs"/>.</summary>
    public long DueNs { get; init; }

    public bool IsPending => ReturnNs == Never;
}
