using Headroom.Consensus.Paxos.Torture;
using Headroom.Consensus.Replication.Torture;
using Headroom.Consensus.Torture;

namespace Headroom.Cli.Commands;

/// <summary><c>headroom torture paxos</c>: Multi-Paxos with flexible quorums.</summary>
internal sealed class TorturePaxosCommand() : StoreTortureCommand<PaxosTortureOptions>(
    "paxos", "Multi-Paxos with flexible quorums: swarm-random faults, a checked history; exit code 4 when a check fails", members: 5)
{
    protected override IReadOnlyList<KnownMutant<PaxosTortureOptions>> Mutants => PaxosMutantProof.Known;

    protected override ITorture<StoreTortureResult> Torture(PaxosTortureOptions options) => new PaxosTorture(options);
}
