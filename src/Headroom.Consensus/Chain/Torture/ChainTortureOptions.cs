using Headroom.Consensus.Replication.Torture;

namespace Headroom.Consensus.Chain.Torture;

/// <summary>How large the runs of a chain's torture are.</summary>
public sealed record ChainTortureOptions : StoreTortureOptions
{
    /// <summary>With durable records any number of crashes strikes; without, a few that take a server's memory, besides whatever else may happen.</summary>
    public bool IsDurable { get; init; } = true;

    internal ChainMutant Mutant { get; init; }
}
