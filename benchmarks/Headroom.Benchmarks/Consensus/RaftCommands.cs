using Headroom.Consensus.KeyValue;
using Headroom.Consensus.Raft;
using Headroom.Consensus.Raft.Hosting;
using Headroom.Consensus.Raft.Membership;
using Headroom.Consensus.Torture;
using Headroom.Kernel.Randomness;
using Headroom.Simulation.Networks;

namespace Headroom.Benchmarks.Consensus;

/// <summary>
/// Raft, simulated, one thread, per second of processor: committed commands (five members, one command a message, 128 clients that wait for their answers), against half a million; and tortured
/// seeds a minute (five members, 60 simulated seconds, 1,000 operations, every check), against three thousand.
/// </summary>
public sealed class RaftCommands : IBenchmark
{
    private const int Members = 5;
    private const int Clients = 128;
    private const int Seeds = 50;

    public string Name => "consensus/raft";

    public IEnumerable<BenchmarkResult> Run()
    {
        (long Committed, long Answered, long Events) once = Store();
        if (once != Store() || once.Answered < 10_000)
        {
            throw new InvalidOperationException("the same seed gave another run");
        }

        TortureResult[] results = TortureBatch.Run(new TortureOptions(), 1, Seeds, threads: 1);
        if (results.Any(result => !result.Holds))
        {
            throw new InvalidOperationException("a check of the torture does not hold");
        }

        double[] seconds = Interleaved.BestProcessorSeconds(9, () => Store(), () => TortureBatch.Run(new TortureOptions(), 1, Seeds, threads: 1));
        double commands = once.Committed / seconds[0];
        yield return new BenchmarkResult($"{Name}-commands", commands / 1e3, "k commands/s", commands / 5e5, "500 k commands/s", Goal: 1);
        yield return new BenchmarkResult($"{Name}-commands", once.Events / seconds[0] / 1e6, "M events/s", once.Events / (double)once.Committed, "events a command");
        double seeds = 60 * Seeds / seconds[1];
        yield return new BenchmarkResult($"{Name}-torture", seeds / 1e3, "k seeds/min", seeds / 3000, "3,000 seeds/min", Goal: 1);
    }

    private static (long Committed, long Answered, long Events) Store()
    {
        var group = new RaftGroup
        {
            Options = new RaftOptions { ElectionTicks = 6, HeartbeatTicks = 2, SendsCommitAtOnce = false, InflightMax = 4096 },
            Founding = new Configuration { Voters = IdSet.Of(Enumerable.Range(1, Members)) },
            Machine = () => new KeyValueMachine(),
            SnapshotEvery = 2000,
        };
        var clients = new KeyValueClientOptions
        {
            Servers = Members,
            Operations = 400,
            Keys = 16,
            StartNs = 1_500_000_000,
            PeriodNs = 0,
            TimeoutNs = 1_000_000_000,
            GetsPercent = 0,
            PutsPercent = 100,
        };
        var network = new NetworkOptions { Topology = Topology.Complete(Members + Clients, 500_000), Packets = PacketFormat.Bare };
        return SimulatedStore.Run(group, clients, Clients, network, durabilityNs: 0, new Seed(1), untilNs: 20_000_000_000);
    }
}
