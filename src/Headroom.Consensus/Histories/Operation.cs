namespace Headroom.Consensus.Histories;

/// <summary>
/// What one client asked and was answered [herlihy1990]. One operation precedes another if it returned strictly before the other was called; otherwise they are concurrent.
/// </summary>
/// <param name="Client">The process that called.</param>
/// <param name="Key">Which of several independent objects it called.</param>
/// <param name="Kind">What it asked; says what the next fields mean.</param>
/// <param name="Call">The moment of the call, on the history's clock.</param>
/// <param name="Return">The moment of the answer, not before the call; <see cref="Never"/> if none came: then the operation may have taken effect at any moment after its call, or not at all.</param>
/// <param name="Input">What was handed over, or <see cref="Value.None"/>.</param>
/// <param name="Expected">The value that a compare-and-set expects.</param>
/// <param name="Output">What was answered; of a pending operation it means nothing.</param>
public readonly record struct Operation(int Client, int Key, OperationKind Kind, long Call, long Return, long Input, long Expected, long Output)
{
    /// <summary>The return of an operation that was never answered.</summary>
    public const long Never = long.MaxValue;

    public bool IsPending => Return == Never;

    public bool Precedes(in Operation other) => Return < other.Call;
}
