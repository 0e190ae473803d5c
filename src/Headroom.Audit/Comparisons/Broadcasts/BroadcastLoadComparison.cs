using System.Globalization;
using Headroom.Audit.Comparisons.Rows;
using Headroom.Audit.Comparisons.Trials;
using Headroom.Audit.Links;
using Headroom.Dissemination.Bounds;
using Headroom.Dissemination.Broadcasts;
using Headroom.Dissemination.Wire;
using Headroom.Kernel.Bounds;
using Headroom.Kernel.Findings;
using Headroom.Kernel.Quantities;
using Headroom.Kernel.Randomness;
using Headroom.Kernel.Statistics;
using Headroom.Simulation.Networks;

namespace Headroom.Audit.Comparisons.Broadcasts;

/// <summary>Ways of broadcasting under sustained load: at a given rate, or at the rate where each saturates.</summary>
public sealed class BroadcastLoadComparison : IComparison
{
    private const string RateUnit = "broadcasts/s";
    private const double DeliversShare = 0.9999;
    private const int BroadcastsOfARun = 100;
    private const int RunsOfABisection = 10;

    private readonly BroadcastGrid _grid;
    private readonly Seed _seed;
    private readonly double? _ratePerSecond;
    private readonly List<(BroadcastNetwork Network, BroadcastStrategy Strategy, BroadcastLoad Load, Experiment? Experiment, string Note)> _cells = [];

    /// <param name="grid">What is to be compared.</param>
    /// <param name="seed">Every draw comes from it.</param>
    /// <param name="ratePerSecond">The rate; null to find where each protocol saturates.</param>
    public BroadcastLoadComparison(BroadcastGrid grid, Seed seed, double? ratePerSecond)
    {
        ArgumentNullException.ThrowIfNull(grid);
        (_grid, _seed, _ratePerSecond) = (grid, seed, ratePerSecond);
        foreach (BroadcastNetwork network in grid.Networks)
        {
            foreach (BroadcastStrategy strategy in grid.Protocols.Where(p => p.Problem(network.Setting) is null))
            {
                double expected = BroadcastTheory.MessagesExpected(strategy, network.Setting, 16);
                var load = new BroadcastLoad(strategy, network.Setting, expected);
                bool isTooLarge = expected > BroadcastCellPlan.MessagesMax / 4;
                _cells.Add((network, strategy, load, isTooLarge ? null : Of(network, strategy, load, expected),
                    isTooLarge ? $"about {Print.Prefixed(expected)} messages a broadcast are too many to run under load" : ""));
            }
        }

        Experiments = [.. _cells.Select(c => c.Experiment).OfType<Experiment>()];
    }

    public IReadOnlyList<Experiment> Experiments { get; }

    public int Cells => _cells.Count;

    public ComparisonResult Result(IReadOnlyDictionary<string, ExperimentResult> results, string command, bool wasInterrupted, IReadOnlyList<string> notes)
    {
        ArgumentNullException.ThrowIfNull(results);
        var groups = new List<ComparisonGroup>();
        foreach (BroadcastNetwork network in _grid.Networks)
        {
            ComparisonCell[] cells = [.. _cells.Where(c => c.Network == network && (c.Experiment is null || results.ContainsKey(c.Experiment.Key)))
                .Select(c => Cell(c.Network, c.Strategy, c.Experiment is null ? null : results[c.Experiment.Key], c.Note))];
            if (cells.Length > 0)
            {
                groups.Add(new ComparisonGroup { Setting = network.ToString(), Cells = cells, Recommendation = null });
            }
        }

        return new ComparisonResult
        {
            Subject = "broadcast under load",
            Seed = _seed,
            Command = command,
            Axes = BroadcastNetwork.Axes(_grid.Networks),
            Metrics = [.. MetricsOf()],
            Groups = groups,
            Notes = [.. Notes(), .. notes],
            WasInterrupted = wasInterrupted,
        };
    }

    /// <summary>A ceiling is judged by brackets, which a rerun would not narrow.</summary>
    public IComparison? Confirmation(ComparisonResult result) => null;

    private IEnumerable<(string Metric, string Unit, string Meaning)> MetricsOf() => _ratePerSecond is null
        ? [("rate", RateUnit, "the rate at which broadcasts from one origin saturate the first line, to 3 %; what stands as its floor is a ceiling")]
        :
        [
            ("latency", "s", "time until the last delivery of a broadcast, mean over broadcasts and runs; members never reached left out, see delivered"),
            ("growth", "share", "how much later each broadcast ends than the one before, over the interval between them: above 5 % the backlog grows for ever"),
            ("delivered", "share", "share of the live members besides the origin that get a broadcast"),
        ];

    private Experiment Of(BroadcastNetwork network, BroadcastStrategy strategy, BroadcastLoad load, double messages)
    {
        BroadcastSetting setting = network.Setting;
        NetworkOptions links = setting.Network;
        string what = _ratePerSecond is { } rate ? string.Create(CultureInfo.InvariantCulture, $"at {rate:R}/s") : "until saturated";
        string key = string.Create(CultureInfo.InvariantCulture,
            $"broadcast {what}: {strategy}, {setting.Members} members, {network.Topology}{network.TopologyDigest}, latency {network.LatencyNs} ns, jitter {links.Jitter.MeanNs} ns, bandwidth {links.BandwidthBps:R}, loss {links.Loss:R}, failures {setting.Failures:R}, payload {setting.PayloadBytes} B, seed {_seed}") + LinkWords.KeyAlways(links) + LinkWords.KeyInTime(links);
        Seed own = _seed.Named("compare").Named(key);
        return new Experiment
        {
            Key = key,
            Doing = $"{strategy} {what}, {network}",
            Work = messages * BroadcastsOfARun * (_ratePerSecond is null ? RunsOfABisection : 1),
            Judged = [_ratePerSecond is null ? "rate" : "latency"],
            Prepare = () => (index, cancellation) => _ratePerSecond is { } given
                ? AtRate(load, given, own.At(index), setting.Live, cancellation)
                : Saturated(load.Saturation(own.At(index), cancellation)),
        };
    }

    private static Trial Saturated(SaturationFound found) => new()
    {
        Values = [("rate", double.IsFinite(found.Low) ? Math.Sqrt(found.Low * found.High) : found.Low), ("low", found.Low), ("high", found.High), ("line rate", found.LineRate), ("delivered", found.Delivered), ("short", found.IsShort ? 1 : 0)],
    };

    private static Trial AtRate(BroadcastLoad load, double ratePerSecond, Seed seed, int live, CancellationToken cancellation)
    {
        double calmSeconds = load.Calm(seed, cancellation).MeanDeliveryNs.Average() / 1e9;
        (SustainedOutcome outcome, bool isShort) = load.At(ratePerSecond, calmSeconds, seed, cancellation);
        return new Trial
        {
            Values =
            [
                ("latency", outcome.LastDeliveryNs.Average() / 1e9),
                ("growth", Math.Max(0, outcome.Growth())),
                ("delivered", live < 2 ? 1 : (outcome.Deliveries.Average() - 1) / (live - 1)),
                ("short", isShort ? 1 : 0),
            ],
            Pooled = [("latency", [.. outcome.LastDeliveryNs.Select(ns => ns / 1e9)])],
        };
    }

    private ComparisonCell Cell(BroadcastNetwork network, BroadcastStrategy strategy, ExperimentResult? result, string note)
    {
        IReadOnlyList<Coordinate> coordinates = network.Coordinates(strategy);
        return new ComparisonCell
        {
            Strategy = strategy.Name,
            Coordinates = coordinates,
            Rows = [.. MetricsOf().Select(metric => Row(network, coordinates, result, metric.Metric, metric.Unit))],
            Further = result is null || _ratePerSecond is not null ? []
                : [("busiestLineRate", RateUnit, result.Mean("line rate"), "the rate that the busiest line of a calm run would bear: bandwidth over the bits it carries for one broadcast"),
                    ("deliveredCalm", "share", result.Mean("delivered"), "share of the live members that get a broadcast of a calm run")],
            Note = result?.Mean("short") > 0 ? "a run long enough to show a growing backlog would be too large: the rate may be overstated" : note,
        };
    }

    private static ComparisonRow Row(BroadcastNetwork network, IReadOnlyList<Coordinate> coordinates, ExperimentResult? result, string metric, string unit) => new()
    {
        Coordinates = coordinates,
        Trials = result?.Trials ?? 0,
        Metric = metric,
        Unit = unit,
        Theory = null,
        Measured = result is null ? null : Measured(result, metric),
        Method = result is null ? Method.NotRun : Method.Simulated,
        Floor = metric == "rate" && result is not null ? Ceiling(network, result) : RowFloor.None(metric == "rate" ? "nothing was measured" : "no theorem speaks of this under load"),
    };

    private static Measured Measured(ExperimentResult result, string metric)
    {
        double mean = result.Mean(metric);
        double? p99 = result.PooledOf(metric)?.P99;
        if (metric == "rate")
        {
            // The bracket of every trial, joined.
            return new Measured(mean, result.Of("low").Min(), result.Of("high").Max(), p99);
        }

        var moments = Moments.Of(result.Of(metric));
        return moments.Count < 2 ? new Measured(mean, null, null, p99) : new Measured(mean, moments.MeanInterval(0.95).Low, moments.MeanInterval(0.95).High, p99);
    }

    /// <summary>What every member must take in. A rate at which backlogs grow no faster than the test tells is no more than that above what lines bear.</summary>
    private static RowFloor Ceiling(BroadcastNetwork network, ExperimentResult result)
    {
        var arguments = new BoundArguments { ["bandwidth"] = network.Setting.Network.BandwidthBps, ["entropy"] = 8.0 * network.Setting.PayloadBytes };
        if (double.IsPositiveInfinity(network.Setting.Network.BandwidthBps))
        {
            return RowFloor.None("without a bandwidth no line limits the rate");
        }

        if (result.Mean("short") > 0)
        {
            return RowFloor.None("runs were too short to show a growing backlog for certain");
        }

        if (result.Mean("delivered") < DeliversShare)
        {
            return RowFloor.None($"it reaches {Print.Significant(100 * result.Mean("delivered"), 4)} % of the live members, and the ceiling speaks of broadcasts that reach all");
        }

        double ceiling = DisseminationBounds.Rate.Evaluate(arguments).Number!.Value;
        bool isAbove = result.Of("low").Min() > ceiling * (1 + BroadcastLoad.GrowthMax) / (1 - BroadcastLoad.GrowthMax);
        return new RowFloor(DisseminationBounds.Rate.Id, ceiling, isAbove ? Verdict.Violated : Verdict.Open, arguments.ToString());
    }

    private IEnumerable<string> Notes()
    {
        int payload = _grid.Networks[0].Setting.PayloadBytes;
        long wire = _grid.Networks[0].Setting.Network.Packets.WireBytes(BroadcastHead.MessageBytes(payload));
        yield return $"Member 0 broadcasts {payload} B ({wire} B on the wire) at equal intervals; lines queue without limit. Saturated means that each broadcast ends later than the one before by more than 5 % of the interval, between the medians of the second and the last quarter of a run.";
        yield return "The ceiling is bandwidth over the payload's bits: every member must take it in once, headers not counted. A protocol whose origin or whose members send f copies of each payload can reach about an f-th of it.";
    }
}
