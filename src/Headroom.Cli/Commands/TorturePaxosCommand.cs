using Headroom.Consensus.Paxos.Torture;
using Headroom.Consensus.Replication.Torture;
using Headroom.Consensus.Torture;

namespace Headroom.Cli.Commands;

/// <summary><c>headroom torture paxos</c>: Multi-Paxos with flexible quorums.</summary>
internal sealed class TorturePaxosCommand() : StoreTortureCommand<PaxosTortureOptions>(
    "paxos", "Multi-Paxos with flexible quorums: swarm-random faults, a checked history; exit code 4 when a check fails", members: 5)
{
    protected override Func<ulong, StoreTortureResult> Torture(PaxosTortureOptions options)
    {
        var torture = new PaxosTorture(options);
        return seed => torture.Run(seed);
    }

    protected override MutantFinding[] Mutants(PaxosTortureOptions options, ulong from, int seedsMax, CancellationToken cancellation) => PaxosMutantProof.Run(options, from, seedsMax, cancellation);
}
