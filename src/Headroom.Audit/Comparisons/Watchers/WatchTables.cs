using System.Globalization;
using System.Text;
using Headroom.Audit.Studies.Watch;
using Headroom.Consensus.Watch;
using Headroom.Kernel.Randomness;
using Headroom.Simulation.Faults;

namespace Headroom.Audit.Comparisons.Watchers;

/// <summary>Ways of telling watchers side by side, and what repair costs, as tables of Markdown: those of docs/watch.md. One run a row.</summary>
public sealed class WatchTables(Seed seed, Action<double, string> report, CancellationToken cancellation)
{
    private const long SecondNs = 1_000_000_000;
    private const long BackNs = 3 * SecondNs;

    /// <summary>Each table: its name, what it shows, its text.</summary>
    public static IReadOnlyList<(string Name, string Statement, Func<WatchTables, string> Write)> All { get; } =
    [
        ("microservices", "ways of telling, 20 s of microservices", tables => tables.Ways("microservices", WatchProfiles.Microservices, 20)),
        ("batch", "ways of telling, 1 s of batch", tables => tables.Ways("batch", WatchProfiles.Batch, 1)),
        ("training", "ways of telling, 10 s of training", tables => tables.Ways("training", WatchProfiles.Training, 10)),
        ("bookmarks", "what bookmarks cost where nothing is lost, 20 s of microservices", tables => tables.Bookmarks()),
        ("lists", "what it costs to come back without memory, 20 s of microservices", tables => tables.Lists()),
    ];

    /// <summary>The same updates for all rows of a profile.</summary>
    private Seed Load => seed.Named("watch").At(100);

    private string Ways(string name, WatchOptions profile, int seconds)
    {
        WatchOptions options = profile with { DurationNs = seconds * SecondNs, DrainNs = 5 * SecondNs, StoreMembers = 7 };
        WatchOptions delta = options with { IsGrouped = true, IsDelta = true };
        (string Way, WatchOptions Told)[] ways =
        [
            ("every watcher", options),
            ("by interest", options with { IsGrouped = true }),
            ("and as deltas", delta),
            ("and batches of 50 ms", delta with { BatchNs = 50_000_000 }),
            ("and batches of 1 s", delta with { BatchNs = SecondNs }),
            ("50 ms and relays of 32", delta with { BatchNs = 50_000_000, RelayFanOut = 32 }),
        ];
        var table = new StringBuilder("| way | messages | store's | encoded | entries | consensus messages | MB sent | ratio | store's MB | efficiency | commit ms | mean ms | p99 ms |\n|---|---|---|---|---|---|---|---|---|---|---|---|---|\n");
        for (int i = 0; i < ways.Length; i++)
        {
            WatchResult result = Whole(ways[i].Told, (double)i / ways.Length, name);
            WatchMeter meter = result.Meter;
            _ = table.Append(CultureInfo.InvariantCulture, $"| {ways[i].Way} | {meter.Messages} | {meter.StoreMessages} | {meter.Encodings} | {meter.StoreEntries} | {result.ConsensusMessages} | ")
                .Append(CultureInfo.InvariantCulture, $"{meter.SentBytes / 1e6:F3} | {100 * result.Ratio:F1} % | {meter.StoreBytes / 1e6:F3} | {Efficiency(result):F3} % | {meter.Commit.Mean / 1e6:F1} | ")
                .Append(CultureInfo.InvariantCulture, $"{result.MeanLatencyMs:F2} | {result.LatencyMs(0.99):F2} |\n");
            if (i == 0)
            {
                _ = table.Insert(0, $"{result.Updates} updates, {result.Deliveries} deliveries to {result.WatchersNotified} watchers.\n\n");
            }
        }

        return table.ToString();
    }

    private string Bookmarks()
    {
        WatchOptions delta = Repaired with { HistoryNs = null, DrainNs = 5 * SecondNs };
        long?[] periods = [null, 1, 10];
        var table = new StringBuilder("| way | a bookmark after | messages of changes | bookmarks | share of the messages | bytes of changes | of bookmarks | efficiency |\n|---|---|---|---|---|---|---|---|\n");
        for (int i = 0; i < 2 * periods.Length; i++)
        {
            (bool isRelayed, long? seconds) = (i >= periods.Length, periods[i % periods.Length]);
            WatchOptions told = delta with { BookmarkNs = seconds * SecondNs, BatchNs = isRelayed ? 50_000_000 : 0, RelayFanOut = isRelayed ? 32 : null };
            WatchResult result = Whole(told, i / (2.0 * periods.Length), "bookmarks");
            WatchMeter meter = result.Meter;
            _ = table.Append(CultureInfo.InvariantCulture, $"| {(isRelayed ? "50 ms and relays of 32" : "deltas by interest")} | {(seconds is null ? "never" : $"{seconds} s")} | {meter.Messages} | {meter.Bookmarks} | ")
                .Append(CultureInfo.InvariantCulture, $"{100.0 * meter.Bookmarks / (meter.Bookmarks + meter.Messages):F1} % | {meter.SentBytes} | {meter.BookmarkBytes} | {Efficiency(result):F2} % |\n");
        }

        return table.ToString();
    }

    private string Lists()
    {
        WatchOptions relayed = Repaired with { RelayFanOut = 32 };
        int[] half = [.. Enumerable.Range(4, 500)];
        (string Who, WatchOptions Options, int[] Members)[] rows =
        [
            ("nobody", Repaired, []),
            ("a node", Repaired, [500]),
            ("a controller", Repaired, [1]),
            ("a relay of 32 nodes", relayed, [2]),
            ("500 nodes, 8 MB a second", Repaired, half),
            ("500 nodes, 80 MB a second", Repaired with { AnswerBytes = 80_000_000 }, half),
            ("500 nodes, unbounded", Repaired with { AnswerBytes = 1_000_000_000_000 }, half),
        ];
        var table = new StringBuilder("| who comes back without memory | lists | pages | MB of pages | questions | not answered | all listed after s | p99 of changes ms |\n|---|---|---|---|---|---|---|---|\n");
        for (int i = 0; i < rows.Length; i++)
        {
            report((double)i / rows.Length, "lists");
            cancellation.ThrowIfCancellationRequested();
            (string who, WatchOptions options, int[] members) = rows[i];
            var faults = FaultPlan.InOrder(members.SelectMany(member => (Fault[])[new(BackNs - SecondNs, FaultKind.Crash, member), new(BackNs, FaultKind.Restart, member)]));
            WatchResult result = WatchFanOut.Run(options, Load, faults, stops: true);
            if (!result.HasConverged)
            {
                throw new InvalidOperationException($"{who}: {result.Differing} watchers hold something else than the store; {result.Violations.Count} checks do not hold");
            }

            WatchMeter meter = result.Meter;
            double listedS = meter.Lists == 0 ? 0 : (meter.ListedAtNs - BackNs) / 1e9;
            _ = table.Append(CultureInfo.InvariantCulture, $"| {who} | {meter.Lists} | {meter.Pages} | {meter.PageBytes / 1e6:F2} | {meter.Questions} | {meter.Unanswered} | {listedS:F2} | {result.LatencyMs(0.99):F2} |\n");
        }

        return table.ToString();
    }

    private static WatchOptions Repaired => WatchProfiles.Microservices with
    {
        DurationNs = 20 * SecondNs,
        DrainNs = 300 * SecondNs,
        StoreMembers = 7,
        IsGrouped = true,
        IsDelta = true,
        BookmarkNs = SecondNs,
        HistoryNs = 60 * SecondNs,
    };

    private WatchResult Whole(WatchOptions options, double share, string what)
    {
        report(share, what);
        cancellation.ThrowIfCancellationRequested();
        WatchResult result = WatchFanOut.Run(options, Load);
        return result.IsWhole ? result : throw new InvalidOperationException($"{what}: {result.LatenciesNs.Count} of {result.Deliveries} deliveries, {result.Differing} watchers hold something else than the store");
    }

    private static double Efficiency(WatchResult result) => 100 * WatchRuns.FloorOf(result) / result.Meter.WatcherBytes;
}
