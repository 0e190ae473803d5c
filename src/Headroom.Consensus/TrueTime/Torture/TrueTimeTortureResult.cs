using Headroom.Consensus.Torture;

namespace Headroom.Consensus.TrueTime.Torture;

/// <summary>What came of one seed of transactions over groups.</summary>
public sealed record TrueTimeTortureResult : TortureOutcome
{
    /// <summary>Transactions that wrote and were answered.</summary>
    public required int Committed { get; init; }

    public required int Snapshots { get; init; }

    public required long Aborts { get; init; }

    /// <summary>Transactions that committed though their client never heard so.</summary>
    public required int Unheard { get; init; }

    /// <summary>Elections that were won, in all groups.</summary>
    public required int Elections { get; init; }

    /// <summary>Prepared transactions that a new leader took over.</summary>
    public required int TakenOver { get; init; }

    public required int Restarts { get; init; }
}
