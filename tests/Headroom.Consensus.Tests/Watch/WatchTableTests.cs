using System.Globalization;
using System.Text;
using Headroom.Consensus.Watch;
using Headroom.Tests;

namespace Headroom.Consensus.Tests.Watch;

/// <summary>The tables of docs/watch.md, run anew.</summary>
public sealed class WatchTableTests
{
    [Fact]
    public void TheTableOfMicroservicesIsWhatRunsGive() => ShouldBeInTheDocument(Table(WatchProfiles.Microservices, 20));

    [Fact]
    public void TheTableOfBatchIsWhatRunsGive() => ShouldBeInTheDocument(Table(WatchProfiles.Batch, 1));

    [Fact]
    public void TheTableOfTrainingIsWhatRunsGive() => ShouldBeInTheDocument(Table(WatchProfiles.Training, 10));

    private static string Table(WatchOptions profile, int seconds)
    {
        WatchOptions options = profile with { DurationNs = seconds * 1_000_000_000L, DrainNs = 5_000_000_000, StoreMembers = 7 };
        WatchOptions delta = options with { IsGrouped = true, IsDelta = true };
        var table = new StringBuilder("| way | messages | store's | encoded | entries | consensus messages | MB sent | ratio | store's MB | efficiency | commit ms | mean ms | p99 ms |\n|---|---|---|---|---|---|---|---|---|---|---|---|---|\n");
        foreach ((string way, WatchOptions told) in new[]
        {
            ("every watcher", options),
            ("by interest", options with { IsGrouped = true }),
            ("and as deltas", delta),
            ("and batches of 50 ms", delta with { BatchNs = 50_000_000 }),
            ("and batches of 1 s", delta with { BatchNs = 1_000_000_000 }),
            ("50 ms and relays of 32", delta with { BatchNs = 50_000_000, RelayFanOut = 32 }),
        })
        {
            WatchResult result = WatchFanOut.Run(told, WatchFanOutTests.Seed.At(100));
            result.IsWhole.ShouldBeTrue(way);
            WatchMeter meter = result.Meter;
            double efficiency = WatchFanOutTests.FloorBytes(result) / meter.WatcherBytes;
            efficiency.ShouldBeLessThan(1);
            _ = table.Append(CultureInfo.InvariantCulture, $"| {way} | {meter.Messages} | {meter.StoreMessages} | {meter.Encodings} | {meter.StoreEntries} | {result.ConsensusMessages} | ")
                .Append(CultureInfo.InvariantCulture, $"{meter.SentBytes / 1e6:F3} | {100 * result.Ratio:F1} % | {meter.StoreBytes / 1e6:F3} | {100 * efficiency:F3} % | {meter.Commit.Mean / 1e6:F1} | ")
                .Append(CultureInfo.InvariantCulture, $"{result.MeanLatencyMs:F2} | {result.LatencyMs(0.99):F2} |\n");
            if (way == "every watcher")
            {
                _ = table.Insert(0, $"{result.Updates} updates, {result.Deliveries} deliveries to {result.WatchersNotified} watchers.\n\n");
            }
        }

        return table.ToString();
    }

    private static void ShouldBeInTheDocument(string table)
    {
        string file = Path.Combine(SharedData.RepositoryRoot(), "docs", "watch.md");
        File.ReadAllText(file).Contains(table, StringComparison.Ordinal).ShouldBeTrue($"docs/watch.md should have this table:\n{table}");
    }
}
