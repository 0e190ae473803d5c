using Headroom.Consensus.Replication.Torture;

namespace Headroom.Consensus.Paxos.Torture;

/// <summary>How large the runs of a Multi-Paxos group's torture are.</summary>
public sealed record PaxosTortureOptions : StoreTortureOptions
{
    internal PaxosMutant Mutant { get; init; }
}
