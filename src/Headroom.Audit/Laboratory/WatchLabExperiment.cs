using Headroom.Consensus.Watch;
using Headroom.Kernel.Findings;
using Headroom.Kernel.Statistics;
using Headroom.Lab.Groups;
using Headroom.Lab.Watching;

namespace Headroom.Audit.Laboratory;

/// <summary>A store tells its watchers over sockets what it tells them in the simulator: the same updates at the same moments.</summary>
public static class WatchLabExperiment
{
    private static readonly (string Metric, double Share)[] Percentiles = [("latency, median", 0.5), ("latency, 99 %", 0.99), ("latency, longest", 1)];

    /// <summary>Runs it; <paramref name="way"/> is how the telling is written.</summary>
    public static LabResult Run(WatchLabOptions options, string way, string command, Action<double, string> report, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(report);
        report(0, "in the simulator");
        WatchResult simulated = WatchFanOut.Run(options.Watch, options.Seed, options.Faults, stops: true);
        WatchLabRun run = SocketWatch.Run(options, TimeProvider.System, report, cancellation);
        return new LabResult
        {
            Kind = "watch",
            Protocol = way,
            Transport = options.Transport,
            Setting = $"{options.Watch.Watchers} watchers, {simulated.Relays} relays, {simulated.Updates} updates in {options.Watch.DurationNs / 1e9:0.###} s, {simulated.Deliveries} deliveries{Faults(options)}",
            Seed = options.Seed,
            Command = command,
            Rows = Rows(options, way, run.Result, simulated),
            Trials = 1,
            Run = ("run", "runs"),
            Notes =
            [
                "Messages of changes and their bytes, as they lie in the stream or the datagrams without headers. Repair is all else: bookmarks to who was told nothing for "
                    + $"{options.Watch.BookmarkNs / 1e6:0.###} ms, questions, and pages of lists. The simulator is given "
                    + $"{options.Watch.LinkNs / 1000} us a way; the store takes {options.Watch.CommitNs / 1e6:0.###} ms for an entry here and there, for its log is none of this.",
                $"{run.Result.Meter.Bookmarks} bookmarks, {run.Result.Meter.Questions} questions, {run.Result.Meter.Lists} lists of {run.Result.Meter.PagesRead} pages; in the simulator "
                    + $"{simulated.Meter.Bookmarks}, {simulated.Meter.Questions}, {simulated.Meter.Lists} of {simulated.Meter.PagesRead}.",
                $"On the wire lay {run.Sent.Messages} messages of {run.Sent.Bytes} B, those of repair included.",
            ],
            Check = Judge(options, run.Result),
            WasInterrupted = run.WasInterrupted,
        };
    }

    private static string Faults(WatchLabOptions options) => (options.Kills.Count, options.Watch.Loss) switch
    {
        (0, 0) => "",
        (var kills, 0) => $"; {kills} killed",
        (0, var loss) => $"; {100 * loss:0.##} % lost",
        var (kills, loss) => $"; {kills} killed, {100 * loss:0.##} % lost",
    };

    /// <summary>Who is killed learns by a list what it was not told.</summary>
    private static GroupVerdict Judge(WatchLabOptions options, WatchResult result)
    {
        bool holds = result.HasConverged && (options.Kills.Count > 0 || result.IsWhole);
        string covered = result.LatenciesNs.Count == result.Deliveries ? "every watcher learned each change of its interest once, and holds what the store does"
            : $"every watcher holds what the store does: {result.LatenciesNs.Count} changes were told, of {result.Deliveries} deliveries; who was killed, or stood below a relay that was, learned by lists";
        return new GroupVerdict(holds, holds ? covered
            : result.Violations.Count > 0 ? $"{result.Violations[0].Check} does not hold: {result.Violations[0].What}"
            : $"{result.LatenciesNs.Count} of {result.Deliveries} deliveries; {result.Differing} watchers hold something else than the store");
    }

    private static LabRow[] Rows(WatchLabOptions options, string way, WatchResult run, WatchResult simulated)
    {
        Provenance ofSockets = Provenance.Executed($"{way} over {options.Transport.ToString().ToLowerInvariant()} on this machine");
        var ofSimulator = Provenance.Simulated($"{way} on the simulator", options.Seed.Value, 1);
        List<(string Metric, string Unit, Func<WatchResult, double> Value)> metrics =
        [
            ("messages", "a delivery", result => (double)result.Meter.Messages / Math.Max(1, result.Deliveries)),
            ("messages of the store", "an update", result => (double)result.Meter.StoreMessages / Math.Max(1, result.Updates)),
            ("bytes", "B a delivery", result => (double)result.Meter.SentBytes / Math.Max(1, result.Deliveries)),
            ("messages of repair", "a delivery", result => (double)result.Meter.RepairMessages / Math.Max(1, result.Deliveries)),
            ("bytes of repair", "B a delivery", result => (double)result.Meter.RepairBytes / Math.Max(1, result.Deliveries)),
        ];
        int count = metrics.Count + Percentiles.Length;
        return
        [
            .. Percentiles.Select(p => new LabRow(p.Metric, "s", Quantile(run, p.Share, ofSockets), Quantile(simulated, p.Share, ofSimulator), null, count)),
            .. metrics.Select(m => new LabRow(m.Metric, m.Unit, Estimate.Exact(m.Value(run), ofSockets), Estimate.Exact(m.Value(simulated), ofSimulator), null, count)),
        ];
    }

    private static Estimate Quantile(WatchResult result, double share, Provenance provenance)
    {
        double[] seconds = [.. result.LatenciesNs.Select(ns => ns / 1e9)];
        if (seconds.Length == 0)
        {
            return Estimate.Exact(double.PositiveInfinity, provenance);
        }

        Interval interval = Quantiles.IntervalOfSorted(seconds, share, 0.95);
        return Estimate.Between(Quantiles.OfSorted(seconds, share), new Interval(Math.Max(seconds[0], interval.Low), Math.Min(seconds[^1], interval.High)), seconds.Length, provenance);
    }
}
