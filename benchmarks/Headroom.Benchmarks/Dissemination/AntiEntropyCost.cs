using Headroom.Dissemination.AntiEntropy;
using Headroom.Kernel.Randomness;
using Headroom.Simulation.Faults;
using Headroom.Simulation.Hosting;
using Headroom.Simulation.Networks;
using Headroom.Simulation.Observation;

namespace Headroom.Benchmarks.Dissemination;

/// <summary>
/// Bytes besides payloads until two members with 1,500 broadcasts each, of which d are known to one of them only, have compared once each: by a tree of
/// hashes, against lists of all numbers.
/// </summary>
public sealed class AntiEntropyCost : IBenchmark
{
    private const int History = 1500;
    private const long PeriodNs = 10_000_000_000;

    public string Name => "dissemination/anti-entropy";

    public IEnumerable<BenchmarkResult> Run()
    {
        foreach (int differing in new[] { 0, 1, 10, 100, 1000 })
        {
            double tree = KilobytesFor(differing, usesTree: true);
            yield return new BenchmarkResult($"{Name}-{differing}-of-{History}", tree, "kB", tree / KilobytesFor(differing, usesTree: false), "lists", differing <= 10 ? 0.25 : null, GoalIsAtMost: true);
        }
    }

    private static double KilobytesFor(int differing, bool usesTree)
    {
        var topology = Topology.Complete(2, 10_000_000);
        var options = new AntiEntropyOptions { Topology = topology, PeriodNs = PeriodNs, UsesTree = usesTree, AnswersMax = History };
        var tables = new AntiEntropyTables(2, History);
        var host = new SimulationHost<AntiEntropyProcess, Overhead>(
            new SimulationOptions { Network = new NetworkOptions { Topology = topology }, Seed = new Seed(5) }, _ => new AntiEntropyProcess(options, tables), default);
        RandomStream random = new Seed(6).Stream();
        for (int i = 0; i < History; i++)
        {
            long number = (long)random.Below(ulong.MaxValue);
            int body = host.Bodies.AddBlank(1);
            for (int member = 0; member < 2; member++)
            {
                if (i >= differing || i % 2 == member)
                {
                    host.Request(0, member, number, body: body);
                }
            }
        }

        host.Run(PeriodNs - 1);
        if (host.Observer.Deliveries != 2 * History)
        {
            throw new InvalidOperationException($"{(2 * History) - host.Observer.Deliveries} of {2 * History} deliveries are missing after the comparison");
        }

        return host.Observer.Bytes / 1e3;
    }

    private struct Overhead : IObserver
    {
        public long Bytes { get; private set; }

        public int Deliveries { get; private set; }

        public readonly int Composed(int member, ReadOnlySpan<byte> head, int body, int bodyBytes) => 0;

        public void Sent(int from, int to, int body, int tag, long wireBytes, DropCause drop, long nowNs) => Bytes += body == 0 ? wireBytes : 0;

        public readonly void Received(int from, int to, int body, int tag, long wireBytes, long nowNs)
        {
        }

        public readonly void Dropped(int from, int to, int body, int tag, long wireBytes, DropCause cause, long nowNs)
        {
        }

        public void Delivered(int member, int body, long nowNs) => Deliveries++;

        public readonly void Replied(int member, long request, ReadOnlySpan<byte> head, int body, long nowNs)
        {
        }

        public readonly void Struck(in Fault fault)
        {
        }
    }
}
