namespace Headroom.Consensus.Linearizability;

/// <summary>How much a check may cost. Deciding linearizability is NP-complete [gibbons1997], so that there are histories which exhaust any budget.</summary>
public sealed record LinearizabilityOptions
{
    public const long MemoryBytesLimit = 1L << 33;

    /// <summary>Operations that a search looks at, again each time that it comes by: so many at most, over all parts of a history.</summary>
    public long StepsMax { get; init; } = 100_000_000;

    /// <summary>Memory for configurations already seen, at most; itself at most <see cref="MemoryBytesLimit"/>.</summary>
    public long MemoryBytesMax { get; init; } = 1L << 30;

    /// <summary>Steps at most that are spent on making a failing part small; when they are spent it stays as small as it is.</summary>
    public long ShrinkStepsMax { get; init; } = 2_000_000;

    /// <summary>Whether a linearizable history's order is handed out.</summary>
    public bool WantsWitness { get; init; } = true;

    /// <summary>Whether what fails is made small.</summary>
    public bool WantsSmallest { get; init; } = true;

    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(StepsMax);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MemoryBytesMax);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MemoryBytesMax, MemoryBytesLimit);
        ArgumentOutOfRangeException.ThrowIfNegative(ShrinkStepsMax);
    }
}
