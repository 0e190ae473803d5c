using Headroom.Dissemination.Bounds;
using Headroom.Dissemination.Broadcasts;
using Headroom.Dissemination.Protocols;
using Headroom.Graphs;
using Headroom.Graphs.Generators;
using Headroom.Graphs.Paths;
using Headroom.Kernel.Bounds;
using Headroom.Kernel.Randomness;
using Headroom.Simulation.Networks;

namespace Headroom.Dissemination.Tests.Broadcasts;

/// <summary>No protocol, seed or fault crosses a floor: random networks, every strategy, every bound that speaks of it.</summary>
public class FloorTests
{
    private static readonly BroadcastStrategy[] Strategies =
    [
        .. BroadcastRegistry.All.SelectMany(protocol => protocol.Usual),
        new PushStrategy(1, 8), new PushStrategy(4, 3), new TreeStrategy(1), new TreeStrategy(3), new EpidemicBroadcastTreeStrategy(3, 0.3),
        new EpidemicBroadcastTreeStrategy(1, 1), new PlumtreeStrategy(3, 1),
    ];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void NothingCrossesAFloor(bool inRounds)
    {
        RandomStream random = new Seed(2026).Named(inRounds ? "rounds" : "time").Stream();
        for (int i = 0; i < 60; i++)
        {
            DirectedGraph? graph = Graph(i, ref random);
            BroadcastSetting setting = Setting(graph, inRounds, ref random);
            foreach (BroadcastStrategy strategy in Strategies.Where(strategy => strategy.Problem(setting) is null))
            {
                BroadcastOutcome outcome = strategy.Plan(setting)(new Seed(99).At(i));
                string what = $"case {i}, {strategy}, {setting.Members} members";
                CheckCounts(setting, outcome, what);
                CheckDepth(graph, setting, outcome, what);
                CheckTimes(graph, setting, strategy, outcome, what);
            }
        }
    }

    private static DirectedGraph? Graph(int i, ref RandomStream random)
    {
        int members = 2 + random.Below(50);
        double latency = random.NextDouble() * 0.05;
        return (i % 4) switch
        {
            0 => null,
            1 => RandomGraphs.ErdosRenyi(members, 0.15, new Seed(1).At(i), latencySeconds: latency),
            2 => RandomGraphs.RandomRegular(members + (members % 2) + 6, 4, new Seed(2).At(i), latencySeconds: latency),
            _ => RegularGraphs.Grid(1 + random.Below(7), 2 + random.Below(7), latencySeconds: latency),
        };
    }

    private static BroadcastSetting Setting(DirectedGraph? graph, bool inRounds, ref RandomStream random) => new()
    {
        Network = new NetworkOptions
        {
            Topology = graph is null ? Topology.Complete(2 + random.Below(60), (long)random.Below(50_000_000UL)) : Topology.Of(graph),
            Jitter = DrawnJitter(ref random),
            Loss = random.Bernoulli(0.5) ? random.NextDouble() * 0.4 : 0,
            Bursts = random.Bernoulli(0.3) ? new BurstLoss { Mean = 0.01 + (random.NextDouble() * 0.3), BurstMean = 1 + (random.NextDouble() * 5) } : null,
            Duplication = random.Bernoulli(0.3) ? random.NextDouble() * 0.5 : 0,
            InOrder = random.Bernoulli(0.3),
            BandwidthBps = random.Bernoulli(0.5) ? 1e6 + (random.NextDouble() * 1e8) : double.PositiveInfinity,
            QueueBytesMax = random.Bernoulli(0.3) ? 10_000 + random.Below(100_000) : null,
        },
        PayloadBytes = 1 + random.Below(5000),
        Failures = random.Bernoulli(0.5) ? random.NextDouble() * 0.5 : 0,
        InRounds = inRounds,
    };

    private static Jitter DrawnJitter(ref RandomStream random)
    {
        long meanNs = (long)random.Below(80_000_000UL);
        return random.Below(5) switch
        {
            0 => new Jitter(JitterShape.Exponential, meanNs),
            1 => new Jitter(JitterShape.Uniform, meanNs),
            2 => Jitter.LogNormal(meanNs, 1.5),
            3 => Jitter.Empirical(new DelayTable(0, meanNs, 3 * meanNs)),
            _ => Jitter.None,
        };
    }

    private static void CheckCounts(BroadcastSetting setting, BroadcastOutcome outcome, string what)
    {
        double floor = Value(DisseminationBounds.Copies, ("delivered", outcome.Delivered));
        outcome.PayloadCopiesReceived.ShouldBeGreaterThanOrEqualTo((long)floor, what);
        outcome.PayloadCopies.ShouldBeGreaterThanOrEqualTo(setting.Network.Duplication > 0 ? (long)floor : outcome.PayloadCopiesReceived, what);
        double bytes = Value(DisseminationBounds.Bytes, ("deliveries", outcome.Deliveries), ("entropy", 8.0 * setting.PayloadBytes));
        ((double)outcome.WireBytes).ShouldBeGreaterThanOrEqualTo(bytes, what);
    }

    /// <summary>So many deliveries reach at least as deep as so many nearest members.</summary>
    private static void CheckDepth(DirectedGraph? graph, BroadcastSetting setting, BroadcastOutcome outcome, string what)
    {
        int[] hops = graph is null ? [.. Enumerable.Range(0, setting.Members).Select(v => v == 0 ? 0 : 1)] : BreadthFirst.Hops(graph, 0);
        int[] nearest = [.. hops.Where(h => h >= 0).Order()];
        outcome.Delivered.ShouldBeLessThanOrEqualTo(nearest.Length, what);
        double floor = Value(DisseminationBounds.CausalDepth, ("eccentricity", nearest[outcome.Delivered - 1]));
        ((double)outcome.HopsMax).ShouldBeGreaterThanOrEqualTo(floor, what);
    }

    private static void CheckTimes(DirectedGraph? graph, BroadcastSetting setting, BroadcastStrategy strategy, BroadcastOutcome outcome, string what)
    {
        NetworkOptions network = setting.EffectiveNetwork;
        double serialisation = network.SerialisationNs(network.Packets.WireBytes(10 + setting.PayloadBytes));
        int contacts = strategy.ContactsPerRoundMax(setting);
        for (int k = 1; k < outcome.Delivered; k++)
        {
            double floor = 0;
            if (graph is null)
            {
                floor = Value(DisseminationBounds.PostalTime, ("members", k + 1), ("latency", network.Topology.LeastLatencyNs), ("serialisation", serialisation));
            }

            if (setting.InRounds)
            {
                floor = Math.Max(floor, Value(DisseminationBounds.Rounds, ("members", k + 1), ("fanout", Math.Max(1, contacts))));
            }

            ((double)outcome.Times[k]).ShouldBeGreaterThanOrEqualTo(floor * (1 - 1e-9), $"{what}, delivery {k}");
        }

        if (graph is not null && outcome.Delivered > 1)
        {
            double[] lengths = [.. Enumerable.Range(0, graph.EdgeCount).Select(e => network.Topology.LatencyBetweenNs(graph.Tails[e], graph.Heads[e]) + serialisation)];
            double[] nearest = [.. Dijkstra.From(graph, 0, lengths).Distances.Order()];
            ((double)outcome.Times[outcome.Delivered - 1]).ShouldBeGreaterThanOrEqualTo(nearest[outcome.Delivered - 1], what);
        }
    }

    private static double Value(Bound bound, params (string Name, double Value)[] arguments)
    {
        var given = new BoundArguments();
        foreach ((string name, double value) in arguments)
        {
            given[name] = value;
        }

        return bound.Evaluate(given).Number!.Value;
    }
}
