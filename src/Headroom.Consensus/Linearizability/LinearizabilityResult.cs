namespace Headroom.Consensus.Linearizability;

/// <summary>What a check found. Operations are named by their places in <see cref="Histories.History.Operations"/>.</summary>
public sealed record LinearizabilityResult
{
    public required LinearizabilityVerdict Verdict { get; init; }

    /// <summary>Independent parts that were searched, each on its own: one a key, or one an element of a set that nobody reads whole.</summary>
    public required int Parts { get; init; }

    /// <summary>Operations that the searches looked at, counted again each time.</summary>
    public required long Steps { get; init; }

    /// <summary>Different configurations (what is ordered already, and the state) that were met.</summary>
    public required long Configurations { get; init; }

    /// <summary>
    /// Of a linearizable history: all operations that took effect, in an order that explains every answer. It holds every answered operation and of the pending ones those that
    /// the order needs. Empty where it was not wanted.
    /// </summary>
    public IReadOnlyList<int> Witness { get; init; } = [];

    /// <summary>The keys found not to be linearizable, each once, ascending; once there is one, parts that take long are not searched to their end.</summary>
    public IReadOnlyList<int> FailingKeys { get; init; } = [];

    /// <summary>Of a history that is not linearizable: its first failing part.</summary>
    public FailingPart? Failure { get; init; }

    /// <summary>The keys that were not decided, each once, ascending.</summary>
    public IReadOnlyList<int> UndecidedKeys { get; init; } = [];
}
