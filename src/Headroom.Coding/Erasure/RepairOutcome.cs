namespace Headroom.Coding.Erasure;

/// <summary>What a repair comes to: a <see cref="RepairPlan"/>, or <see cref="Unrecoverable"/>.</summary>
public abstract class RepairOutcome
{
    private protected RepairOutcome(ErasureCode code, IReadOnlyList<int> lost) => (Code, Lost) = (code, lost);

    /// <summary>The code that was asked.</summary>
    public ErasureCode Code { get; }

    /// <summary>The shards to rebuild, ascending.</summary>
    public IReadOnlyList<int> Lost { get; }
}
