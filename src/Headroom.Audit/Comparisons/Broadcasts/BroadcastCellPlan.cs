using System.Collections.Concurrent;
using System.Globalization;
using Headroom.Audit.Comparisons.Trials;
using Headroom.Audit.Links;
using Headroom.Dissemination.Broadcasts;
using Headroom.Dissemination.Protocols;
using Headroom.Kernel.Findings;
using Headroom.Kernel.Randomness;
using Headroom.Simulation.Faults;
using Headroom.Simulation.Networks;

namespace Headroom.Audit.Comparisons.Broadcasts;

/// <summary>What is to be done for one protocol in one network: what theory says, which experiments give the rest, or why nothing can.</summary>
internal sealed class BroadcastCellPlan
{
    /// <summary>More messages than this in one broadcast are counted, not run: all of them may be on their way at once.</summary>
    public const double MessagesMax = 10_000_000;

    private const int MessagesByDefault = 16;
    private const int CurvePointsMax = 60;

    private readonly Dictionary<BroadcastMetric, CostCases> _theory = [];

    /// <param name="strategy">The protocol.</param>
    /// <param name="network">The setting.</param>
    /// <param name="seed">Every draw comes from it.</param>
    /// <param name="runsExact">Run even where closed forms say everything.</param>
    /// <param name="knownInRounds">What cells with the same rounds share.</param>
    public BroadcastCellPlan(BroadcastStrategy strategy, BroadcastNetwork network, Seed seed, bool runsExact, ConcurrentDictionary<string, (CostCases? Rounds, int Contacts)> knownInRounds)
    {
        Strategy = strategy;
        Network = network;
        Problem = strategy.Problem(network.Setting);
        if (Problem is not null)
        {
            return;
        }

        foreach (BroadcastMetric metric in Enum.GetValues<BroadcastMetric>())
        {
            if (metric != BroadcastMetric.Rounds && BroadcastTheory.Of(strategy, metric, network.Setting) is { } cases)
            {
                _theory[metric] = cases;
            }
        }

        NoRounds = BroadcastTheory.NoRounds(strategy, network.Setting);
        (CostCases? rounds, ContactsPerRoundMax) = knownInRounds.GetOrAdd(KeyInRounds(seed), _ =>
        {
            BroadcastSetting inRounds = InRoundsOf(network.Setting);
            return (NoRounds is null ? BroadcastTheory.Of(strategy, BroadcastMetric.Rounds, inRounds) : null, strategy.ContactsPerRoundMax(inRounds));
        });
        if (rounds is { } known)
        {
            _theory[BroadcastMetric.Rounds] = known;
        }

        Messages = Math.Max(1, BroadcastTheory.MessagesExpected(strategy, network.Setting, MessagesByDefault));
        IsTooLarge = Messages > MessagesMax;
        IsExact = Enum.GetValues<BroadcastMetric>().All(metric => Theory(metric) is { IsExact: true } exact && exact.Best == exact.Worst);
        Memory = InMemory(seed);
        if (!IsTooLarge && (runsExact || !IsExact))
        {
            InTime = Runs(seed);
            InRounds = NoRounds is null ? RunsInRounds(seed) : null;
        }
    }

    public BroadcastStrategy Strategy { get; }

    public BroadcastNetwork Network { get; }

    /// <summary>Why the strategy cannot run here, or null.</summary>
    public string? Problem { get; }

    /// <summary>Why nothing runs in synchronous rounds here, or null.</summary>
    public string? NoRounds { get; }

    /// <summary>Messages that one broadcast is expected to take.</summary>
    public double Messages { get; }

    public bool IsTooLarge { get; }

    /// <summary>Everything follows from the setting, and theory says it all.</summary>
    public bool IsExact { get; }

    public int ContactsPerRoundMax { get; }

    public Experiment? InTime { get; }

    public Experiment? InRounds { get; }

    public Experiment? Memory { get; }

    public IEnumerable<Experiment> Experiments => new[] { InTime, InRounds, Memory }.OfType<Experiment>();

    public CostCases? Theory(BroadcastMetric metric) => _theory.TryGetValue(metric, out CostCases cases) ? cases : null;

    private string KeyInRounds(Seed seed) => Key("broadcast in rounds", "", seed);

    private string Key(string what, string time, Seed seed)
    {
        BroadcastSetting setting = Network.Setting;
        string further = LinkWords.KeyAlways(setting.Network) + (setting.HasFaults ? $" faults {setting.SwarmNs} {LinkText.DigestOf(setting.Faults.ToString())}," : "");
        return string.Create(CultureInfo.InvariantCulture,
            $"{what}: {Strategy}, {setting.Members} members, {Network.Topology}{Network.TopologyDigest},{time}{further} loss {setting.Network.Loss:R}, failures {setting.Failures:R}, payload {setting.PayloadBytes} B, seed {seed}");
    }

    private Experiment Runs(Seed seed)
    {
        NetworkOptions links = Network.Setting.Network;
        string time = string.Create(CultureInfo.InvariantCulture, $" latency {Network.LatencyNs} ns, jitter {links.Jitter.MeanNs} ns, bandwidth {links.BandwidthBps:R},") + LinkWords.KeyInTime(links);
        string key = Key("broadcast in time", time, seed);
        Seed own = seed.Named(key);
        return new Experiment
        {
            Key = key,
            Doing = $"{Strategy}, {Network}",
            Work = Messages,
            Judged = ["payloads", "latency", "delivered"],
            Prepare = () =>
            {
                BroadcastPlan plan = Strategy.Plan(Network.Setting);
                return (index, cancellation) => OfTime(plan(own.At(index), cancellation), index == 0);
            },
        };
    }

    /// <summary>Rounds know neither latency nor bandwidth: settings that differ in nothing else share their runs.</summary>
    private Experiment RunsInRounds(Seed seed)
    {
        string key = KeyInRounds(seed);
        Seed own = seed.Named(key);
        return new Experiment
        {
            Key = key,
            Doing = $"{Strategy} in rounds, {Network.Setting.Members} members",
            Work = Messages,
            Judged = ["rounds"],
            Prepare = () =>
            {
                BroadcastPlan plan = Strategy.Plan(InRoundsOf(Network.Setting));
                return (index, cancellation) => OfRounds(plan(own.At(index), cancellation));
            },
        };
    }

    private Experiment InMemory(Seed seed)
    {
        string key = string.Create(CultureInfo.InvariantCulture,
            $"memory: {Strategy}, {Network.Setting.Members} members, {Network.Topology}{Network.TopologyDigest}, payload {Network.Setting.PayloadBytes} B, seed {seed}");
        return new Experiment
        {
            Key = key,
            Doing = $"{Strategy}, memory of {Network.Setting.Members} members",
            Work = IsTooLarge ? 1 : Messages,
            TrialsMax = 1,
            Prepare = () =>
            {
                BroadcastSetting setting = InRoundsOf(Network.Setting with { Network = Quiet(Network.Setting.Network), Failures = 0, Faults = FaultPlan.None, SwarmNs = null });
                return (_, cancellation) => new Trial
                {
                    Values = [("memory", Strategy.Family(setting).On(new BroadcastMemorySize(setting, seed.Named(key), Strategy.SettlingNs(setting), Strategy.WatchNs(setting), !IsTooLarge, cancellation)))],
                };
            },
        };
    }

    /// <summary>Regions would be forgotten with the latencies, and some protocols live by them: their links take a round when they run.</summary>
    private static BroadcastSetting InRoundsOf(BroadcastSetting setting) =>
        setting with { Network = setting.Network.Rounds() with { Topology = setting.Network.Topology.RegionCount > 1 ? setting.Network.Topology : setting.Network.Topology.WithUniformLatency(1) }, InRounds = true };

    /// <summary>Links that hand everything over, once.</summary>
    private static NetworkOptions Quiet(NetworkOptions network) => network with { Loss = 0, Bursts = null, Duplication = 0, Reordering = 0, InOrder = false, QueueBytesMax = null };

    private static Trial OfRounds(BroadcastOutcome outcome) => new() { Values = [("rounds", outcome.LastNs), ("delivered in rounds", outcome.Delivered)] };

    private static Trial OfTime(BroadcastOutcome outcome, bool isFirst)
    {
        double[] times = [.. outcome.ReceiverTimes.Select(t => t == BroadcastOutcome.Never ? double.PositiveInfinity : t / 1e9)];
        var hops = new double[times.Length];
        Array.Fill(hops, double.PositiveInfinity);
        int reached = 0;
        foreach (int crossed in outcome.ReceiverHops)
        {
            hops[reached++] = crossed;
        }

        return new Trial
        {
            Values =
            [
                ("payloads", outcome.PayloadCopies),
                ("messages", outcome.Messages),
                ("bytes", outcome.WireBytes),
                ("hops", outcome.HopsMax),
                ("latency", times.Length == 0 ? 0 : times[^1]),
                ("delivered", outcome.ShareDelivered),
                ("deliveries", outcome.Deliveries),
                ("last delivery", outcome.LastNs / 1e9),
                ("all", outcome.Deliveries == outcome.Receivers ? 1 : 0),
                ("live", outcome.Live),
            ],
            Pooled = [("hops", hops), ("latency", times)],
            Curve = isFirst ? DeliveredOverTime(outcome) : [],
        };
    }

    private static List<(double X, double Y)> DeliveredOverTime(BroadcastOutcome outcome)
    {
        var points = new List<(double, double)>();
        int step = Math.Max(1, outcome.Delivered / CurvePointsMax);
        for (int i = 0; i < outcome.Delivered; i += step)
        {
            points.Add((outcome.Times[i] / 1e9, (i + 1.0) / outcome.Live));
        }

        points.Add((outcome.LastNs / 1e9, outcome.Live == 0 ? 0 : (double)outcome.Delivered / outcome.Live));
        return points;
    }
}
