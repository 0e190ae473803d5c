using System.Globalization;
using Headroom.Audit.Comparisons.Broadcasts;
using Headroom.Dissemination.Broadcasts;
using Headroom.Dissemination.Protocols;
using Headroom.Graphs;
using Headroom.Graphs.Generators;
using Headroom.Kernel.Findings;
using Headroom.Kernel.Randomness;
using Headroom.Kernel.Statistics;
using Headroom.Simulation.Networks;

namespace Headroom.Audit.Tests.Comparisons;

/// <summary>
/// Few members, fan-outs near their number, loss, dead and all parameters at random: what runs measure lies within the cases of its theory, and crosses no floor.
/// HEADROOM_SMALL_SETTINGS=2000 tries as many settings instead.
/// </summary>
public sealed class SmallSettingsTests
{
    private const int SettingsByDefault = 30;
    private const int Trials = 4;

    private readonly List<string> _wrong = [];
    private readonly Dictionary<string, List<double>> _aboveLossyCopies = [];

    [Fact]
    public void MeansLieWithinTheirCasesAndAboveTheFloors()
    {
        int settings = int.TryParse(Environment.GetEnvironmentVariable("HEADROOM_SMALL_SETTINGS"), CultureInfo.InvariantCulture, out int asked) ? asked : SettingsByDefault;
        var ran = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < settings; i++)
        {
            RandomStream random = new Seed(77).Named("small").At(i).Stream();
            BroadcastSetting setting = Setting(i, ref random);
            foreach (string name in Strategies(setting.Members, ref random))
            {
                BroadcastRegistry.TryParse(name, out BroadcastStrategy? strategy, out string? problem).ShouldBeTrue(problem);
                if (strategy!.Problem(setting) is null)
                {
                    ran.Add(strategy.Protocol.Name);
                    Check(strategy, setting, $"case {i}: {strategy}, {Words(setting)}", new Seed(78).At(i));
                }
            }
        }

        // Of the copies sent a share is lost by luck: five standard errors over all runs of a strategy.
        foreach ((string name, List<double> above) in _aboveLossyCopies)
        {
            var moments = Moments.Of([.. above]);
            if (moments.Count >= 100 && moments.Mean < -5 * moments.StandardError)
            {
                _wrong.Add($"{name}: {moments.Mean} copies above deliveries / (1 - loss) on average over {moments.Count} runs");
            }
        }

        ran.Count.ShouldBeGreaterThan(30, "protocols and their wrappers");
        _wrong.Count.ShouldBe(0, string.Join(Environment.NewLine, _wrong.Take(60)));
    }

    /// <summary>Half of the settings have eight members or fewer.</summary>
    private static BroadcastSetting Setting(int i, ref RandomStream random)
    {
        int members = 2 + random.Below(i % 2 == 0 ? 7 : 63);
        double latency = 0.001 + (random.NextDouble() * 0.05);
        DirectedGraph? graph = (i % 5) switch
        {
            3 => RegularGraphs.Grid(1 + random.Below(4), 2 + random.Below(5), latencySeconds: latency),
            4 => RandomGraphs.ErdosRenyi(members, 0.3, new Seed(9).At(i), latencySeconds: latency),
            _ => null,
        };
        return new BroadcastSetting
        {
            Network = new NetworkOptions
            {
                Topology = graph is null ? Topology.Complete(members, (long)(latency * 1e9)) : Topology.Of(graph),
                Jitter = random.Below(3) switch
                {
                    0 => Jitter.None,
                    1 => new Jitter(JitterShape.Exponential, (long)random.Below(60_000_000UL)),
                    _ => new Jitter(JitterShape.Uniform, (long)random.Below(60_000_000UL)),
                },
                Loss = random.Bernoulli(0.5) ? random.NextDouble() * 0.4 : 0,
                BandwidthBps = random.Bernoulli(0.5) ? 1e6 + (random.NextDouble() * 1e8) : double.PositiveInfinity,
            },
            PayloadBytes = 1 + random.Below(3000),
            Failures = random.Bernoulli(0.4) ? random.NextDouble() * 0.7 : 0,
        };
    }

    /// <summary>Every protocol with parameters of its own, and three of them wrapped.</summary>
    private static string[] Strategies(int members, ref RandomStream random)
    {
        int most = Math.Max(1, members - 1);
        int Few(ref RandomStream from, int atMost) => 1 + from.Below(Math.Max(1, Math.Min(atMost, most)));
        string[] names =
        [
            "flooding", "flooding-with-echo", $"push({Few(ref random, 6)})", $"push({Few(ref random, 4)},{1 + random.Below(4)})", $"tree({Few(ref random, 8)})", "earliest-tree",
            $"epidemic-broadcast-tree({Few(ref random, 5)},{(random.Below(4) / 4.0).ToString(CultureInfo.InvariantCulture)})", $"plumtree({3 + random.Below(4)})", $"plumtree({3 + random.Below(3)},0)",
            $"pull({Few(ref random, 3)})", $"push-pull({Few(ref random, 3)})", $"rumour-coin({1 + random.Below(4)})", $"rumour-counter({1 + random.Below(4)})",
            $"rumour-blind-coin({1 + random.Below(4)})", $"rumour-blind-counter({1 + random.Below(4)})", $"mesh({2 + random.Below(6)})", $"hierarchical({1 + random.Below(5)},{random.Below(most)})",
            $"hierarchical-push({1 + random.Below(5)},{random.Below(most)})", $"hierarchical-flooding({random.Below(most)})", $"anti-entropy({1 + random.Below(12)})",
            $"anti-entropy-merkle({1 + random.Below(12)})", $"switching({1 + random.Below(5)})",
        ];
        return
        [
            .. names, $"fifo+{names[random.Below(names.Length)]}", $"causal+{names[random.Below(names.Length)]}", $"batch({1 + random.Below(30)} ms)+{names[random.Below(names.Length)]}",
        ];
    }

    private void Check(BroadcastStrategy strategy, BroadcastSetting setting, string what, Seed seed)
    {
        BroadcastOutcome[] inTime = Runs(strategy, setting, seed);
        BroadcastSetting rounds = setting with { Network = setting.Network.Rounds(), InRounds = true };
        BroadcastOutcome[] inRounds = strategy.Problem(rounds) is null ? Runs(strategy, rounds, seed) : [];
        foreach (BroadcastMetric metric in Enum.GetValues<BroadcastMetric>())
        {
            bool isOfRounds = metric == BroadcastMetric.Rounds;
            if (strategy.Theory(metric, isOfRounds ? rounds : setting) is { } cases)
            {
                CheckCases(metric, cases, isOfRounds ? inRounds : inTime, what);
            }
        }

        foreach (BroadcastOutcome outcome in inTime)
        {
            CheckFloors(strategy, setting, outcome, what);
        }

        int contacts = strategy.ContactsPerRoundMax(rounds);
        foreach (BroadcastOutcome outcome in inRounds)
        {
            var limits = new BroadcastLimits(rounds, outcome.Delivered, outcome.Deliveries, contacts);
            Above(limits.Rounds(), outcome.Times[outcome.Delivered - 1], "rounds", what);
        }
    }

    private static BroadcastOutcome[] Runs(BroadcastStrategy strategy, BroadcastSetting setting, Seed seed)
    {
        BroadcastPlan plan = strategy.Plan(setting);
        return [.. Enumerable.Range(0, Trials).Select(trial => plan(seed.At(trial)))];
    }

    /// <summary>Of rounds, hops and latency the cases are those of runs that reach everybody.</summary>
    private void CheckCases(BroadcastMetric metric, in CostCases cases, BroadcastOutcome[] runs, string what)
    {
        bool isOfFullRuns = metric is BroadcastMetric.Rounds or BroadcastMetric.Hops or BroadcastMetric.Latency;
        var mean = new Moments();
        foreach (BroadcastOutcome outcome in runs.Where(run => !isOfFullRuns || run.Delivered == run.Live))
        {
            mean.Add(metric switch
            {
                BroadcastMetric.Payloads => outcome.PayloadCopies,
                BroadcastMetric.Messages => outcome.Messages,
                BroadcastMetric.Bytes => outcome.WireBytes,
                BroadcastMetric.Rounds => outcome.Times[^1],
                BroadcastMetric.Hops => outcome.HopsMax,
                BroadcastMetric.Latency => outcome.Times[^1] / 1e9,
                _ => outcome.ShareDelivered,
            });
        }

        (double least, double most) = metric == BroadcastMetric.Delivered ? (cases.Worst, cases.Best) : (cases.Best, cases.Worst);
        if (double.IsNaN(cases.Average) || !(least <= most) || (!isOfFullRuns && !(cases.Average >= least * (1 - 1e-9) && cases.Average <= most * (1 + 1e-9))))
        {
            _wrong.Add($"{what}: {metric} in theory {cases.Best}, {cases.Average}, {cases.Worst}");
        }

        // A nanosecond is the simulator's unit.
        double slack = metric == BroadcastMetric.Latency ? 2e-9 : 0;
        if (mean.Count > 0 && !(mean.Mean >= (least * (1 - 1e-9)) - slack && mean.Mean <= (most * (1 + 1e-9)) + slack))
        {
            _wrong.Add($"{what}: {metric} measured {mean.Mean} outside {least} to {most} (average {cases.Average})");
        }
    }

    private void CheckFloors(BroadcastStrategy strategy, BroadcastSetting setting, BroadcastOutcome outcome, string what)
    {
        var limits = new BroadcastLimits(setting, outcome.Delivered, outcome.Deliveries, strategy.ContactsPerRoundMax(setting));
        Above(limits.Messages(), outcome.PayloadCopies, "copies", what);
        Above(limits.Messages(), outcome.Messages, "messages", what);
        Above(limits.Bytes(null), outcome.WireBytes, "bytes", what);
        Above(limits.Hops(), outcome.HopsMax, "hops", what);
        Above(limits.Time(), (outcome.Times[outcome.Delivered - 1] + 2) / 1e9, "latency", what);
        if (!_aboveLossyCopies.TryGetValue(strategy.Protocol.Name, out List<double>? above))
        {
            _aboveLossyCopies.Add(strategy.Protocol.Name, above = []);
        }

        above.Add(outcome.PayloadCopies - (limits.Payloads(null).Value.Number!.Value * outcome.Deliveries));
    }

    private void Above(Limit limit, double value, string metric, string what)
    {
        if (!(value >= limit.Value.Number!.Value * (1 - 1e-9)))
        {
            _wrong.Add($"{what}: {metric} {value} below {limit.Id} {limit.Value.Number}");
        }
    }

    private static string Words(BroadcastSetting setting) => string.Create(CultureInfo.InvariantCulture,
        $"{setting.Members} members{(setting.Network.Topology.IsComplete ? "" : " on a graph")}, {setting.Live} live, loss {setting.Network.Loss:F3}, jitter {setting.Network.Jitter.MeanNs} {setting.Network.Jitter.Shape}, {setting.Network.BandwidthBps:G3} bit/s");
}
