namespace Headroom.Consensus.Torture;

/// <summary>What came of one seed of a Raft group.</summary>
public sealed record TortureResult : TortureOutcome
{
    public required int Operations { get; init; }

    public required int Answered { get; init; }

    public required int Elections { get; init; }

    /// <summary>Members that started, the first time too.</summary>
    public required int Starts { get; init; }

    public required int Snapshots { get; init; }

    public required int SnapshotsSent { get; init; }

    /// <summary>Chunks of snapshots that leaders sent.</summary>
    public required int ChunksSent { get; init; }

    /// <summary>Of them those that went again, because they or their answers were lost.</summary>
    public required int ChunksSentAgain { get; init; }

    public required int MemberChanges { get; init; }

    public required long Committed { get; init; }
}
