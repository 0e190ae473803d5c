using Headroom.Consensus.Torture;

namespace Headroom.Consensus.Quorum.Torture;

/// <summary>What came of one seed of a group of registers.</summary>
public sealed record RegisterTortureResult : TortureOutcome
{
    public required int Answered { get; init; }

    /// <summary>Reads that ended after one phase.</summary>
    public required int OnePhaseReads { get; init; }

    /// <summary>Requests that were sent again.</summary>
    public required long Repeats { get; init; }

    public required int Restarts { get; init; }
}
