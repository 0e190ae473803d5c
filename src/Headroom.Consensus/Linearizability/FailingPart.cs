namespace Headroom.Consensus.Linearizability;

/// <summary>
/// A part of a history that has no order, and why, as far as that can be shown. Operations are named by their places in <see cref="Histories.History.Operations"/>.
/// </summary>
public sealed record FailingPart
{
    public required int Key { get; init; }

    /// <summary>All operations of the part, in the order of their calls.</summary>
    public required IReadOnlyList<int> Operations { get; init; }

    /// <summary>The order that got furthest: before the return of <see cref="Blocked"/> nothing is missing from it.</summary>
    public required IReadOnlyList<int> LongestPrefix { get; init; }

    /// <summary>The operation before whose return every order gets stuck: without what comes after that return the part fails already.</summary>
    public required int Blocked { get; init; }

    /// <summary>
    /// The operations that are enough to fail, in the order of their calls: none of them can be spared. The others were weakened and the part still fails: whatever only observes
    /// is left out, whatever changes the object may take effect at any moment or never; and what returned before <see cref="Since"/> counts only by the states that it may have left behind.
    /// </summary>
    public required IReadOnlyList<int> Smallest { get; init; }

    /// <summary>
    /// The moment before which nothing counts but the state: <see cref="Smallest"/> fails from every state that the part's orders ever reach, without what returned earlier.
    /// Null if it fails only from the first state, with all that came since.
    /// </summary>
    public required long? Since { get; init; }

    /// <summary>False if the budget for making it small was spent first: then an operation of <see cref="Smallest"/> may be spared.</summary>
    public required bool IsMinimal { get; init; }
}
