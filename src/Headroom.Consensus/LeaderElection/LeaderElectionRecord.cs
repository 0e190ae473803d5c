using Headroom.Kernel.Bounds;

namespace Headroom.Consensus.LeaderElection;

/// <summary>What is known of a way of electing: messages as formulas in n (members), |E| (links, both ways counted once), H_n (sum of 1/k up to n); what it assumes; and who says so.</summary>
public sealed record LeaderElectionRecord
{
    public required string Summary { get; init; }

    /// <summary>Announcements to all members included.</summary>
    public required (string Best, string Average, string Worst) Messages { get; init; }

    public required string Regime { get; init; }

    public required Citation Citation { get; init; }
}
