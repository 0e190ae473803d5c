using System.Globalization;
using System.Text;
using Headroom.Consensus.Bounds;
using Headroom.Consensus.TrueTime;
using Headroom.Kernel.Bounds;
using Headroom.Kernel.Findings;
using Headroom.Kernel.Statistics;
using Headroom.Tests;

namespace Headroom.Consensus.Tests.TrueTime;

/// <summary>The tables of docs/truetime.md, run anew.</summary>
public sealed class TrueTimeTableTests
{
    private const int Runs = 8;

    [Fact]
    public void TheTableOfUncertaintyAndDistanceIsWhatRunsGive() => ShouldBeInTheDocument(UncertaintyTable());

    [Fact]
    public void TheTableOfContentionIsWhatRunsGive() => ShouldBeInTheDocument(ContentionTable());

    [Fact]
    public void TheTableOfWoundWaitIsWhatRunsGive() => ShouldBeInTheDocument(WoundWaitTable());

    [Fact]
    public void TheTableOfFaultsPutInIsWhatTheCheckerFinds()
    {
        var table = new StringBuilder("| fault | seeds of 12 | by |\n|---|---|---|\n");
        foreach (CommitMutant mutant in Enum.GetValues<CommitMutant>().Where(m => m is not (CommitMutant.None or CommitMutant.WoundNobody)))
        {
            ConsistencyViolation[] found = [.. Enumerable.Range(0, 12)
                .Select(seed => TrueTimeCommit.Run(TrueTimeCommitTests.Contended with { Mutant = mutant }, TrueTimeCommitTests.Seeded(seed)).Violation)
                .OfType<ConsistencyViolation>()];
            found.ShouldNotBeEmpty(mutant.ToString());
            string by = string.Join(", ", found.Select(v => v.IsRealTime ? "real time" : "values").Distinct().Order());
            _ = table.Append(CultureInfo.InvariantCulture, $"| {mutant} | {found.Length} | {by} |\n");
        }

        ShouldBeInTheDocument(table.ToString());
    }

    private static string UncertaintyTable()
    {
        var table = new StringBuilder("| one way ms | residue ms | floor 2e ms | wait paid ms | TrueTime ms | local clock ms | reversed | oracle ms |\n|---|---|---|---|---|---|---|---|\n");
        foreach (int farMs in new[] { 2, 20, 60 })
        {
            foreach (int residueMs in new[] { 0, 1, 4, 10, 20 })
            {
                TrueTimeOptions options = Quiet with { FarNs = farMs * 1_000_000, Clocks = TrueTimeCommitTests.Clocks(residueMs) };
                TrueTimeResult[] exact = Results(options);
                TrueTimeResult[] local = Results(options with { Timestamps = TimestampSource.LocalClock });
                TrueTimeResult[] oracle = Results(options with { Timestamps = TimestampSource.Oracle });
                double floor = ConsensusBounds.Wait.Evaluate(new BoundArguments { ["uncertainty"] = exact.Average(r => r.Meter.Uncertainty.Mean) / 1e6 }).Number!.Value;
                exact.ShouldAllBe(r => r.Meter.Wait.Mean >= 2 * r.Meter.Uncertainty.Mean);
                _ = table.Append(CultureInfo.InvariantCulture, $"| {farMs} | {residueMs} | {floor:F1} | {Mean(exact, r => r.Meter.ExtraWait.Mean / 1e6)} | {Mean(exact, r => r.CommitMs(0.5)!.Value)} | ")
                    .Append(CultureInfo.InvariantCulture, $"{Mean(local, r => r.CommitMs(0.5)!.Value)} | {local.Sum(r => r.Reversed)} of {local.Sum(r => r.Transactions.Count)} | {Mean(oracle, r => r.CommitMs(0.5)!.Value)} |\n");
                (exact.Sum(r => r.Reversed) + oracle.Sum(r => r.Reversed)).ShouldBe(0);
            }
        }

        return table.ToString();
    }

    private static string ContentionTable()
    {
        var table = new StringBuilder("| Zipf | residue ms | aborts TrueTime | aborts local clock | aborts oracle | messages a commit | snapshot ms |\n|---|---|---|---|---|---|---|\n");
        foreach (double exponent in new[] { 0, 0.8, 1.2 })
        {
            foreach (int residueMs in new[] { 1, 10, 20 })
            {
                TrueTimeOptions options = Quiet with
                {
                    Clients = 12,
                    Keys = 300,
                    SnapshotPercent = 30,
                    ZipfExponent = exponent,
                    Clocks = TrueTimeCommitTests.Clocks(residueMs),
                };
                TrueTimeResult[] exact = Results(options);
                _ = table.Append(CultureInfo.InvariantCulture, $"| {exponent} | {residueMs} | {Mean(exact, r => 100 * r.AbortRate)} % | {Mean(Results(options with { Timestamps = TimestampSource.LocalClock }), r => 100 * r.AbortRate)} % | ")
                    .Append(CultureInfo.InvariantCulture, $"{Mean(Results(options with { Timestamps = TimestampSource.Oracle }), r => 100 * r.AbortRate)} % | ")
                    .Append(CultureInfo.InvariantCulture, $"{Mean(exact, r => r.Meter.Messages / (double)r.CommitLatenciesNs.Count)} | {Mean(exact, r => r.SnapshotMs(0.5)!.Value)} |\n");
            }
        }

        return table.ToString();
    }

    private static string WoundWaitTable()
    {
        var table = new StringBuilder("| Zipf | aborts optimistic | aborts wound-wait | p50 ms | p50 ms wound-wait | p99 ms | p99 ms wound-wait | a second | a second, wound-wait | attempts at most |\n|---|---|---|---|---|---|---|---|---|---|\n");
        foreach (double exponent in new[] { 0, 0.8, 1.2 })
        {
            TrueTimeOptions options = Quiet with { Clients = 12, Keys = 300, SnapshotPercent = 30, ZipfExponent = exponent, Clocks = TrueTimeCommitTests.Clocks(1) };
            TrueTimeResult[] optimistic = Results(options);
            TrueTimeResult[] wound = Results(options with { Conflicts = ConflictRule.WoundWait });
            wound.Average(r => r.AbortRate).ShouldBeLessThan(optimistic.Average(r => r.AbortRate));
            _ = table.Append(CultureInfo.InvariantCulture, $"| {exponent} | {Mean(optimistic, r => 100 * r.AbortRate)} % | {Mean(wound, r => 100 * r.AbortRate)} % | ")
                .Append(CultureInfo.InvariantCulture, $"{Mean(optimistic, r => r.CommitMs(0.5)!.Value)} | {Mean(wound, r => r.CommitMs(0.5)!.Value)} | {Mean(optimistic, r => r.CommitMs(0.99)!.Value)} | {Mean(wound, r => r.CommitMs(0.99)!.Value)} | ")
                .Append(CultureInfo.InvariantCulture, $"{Mean(optimistic, r => r.PerSecond)} | {Mean(wound, r => r.PerSecond)} | {optimistic.Max(r => r.AttemptsMax)} and {wound.Max(r => r.AttemptsMax)} |\n");
        }

        return table.ToString();
    }

    private static TrueTimeOptions Quiet => new() { Clients = 6, Transactions = 12, Keys = 30_000, Clocks = TrueTimeCommitTests.Clocks(0), FarNs = 2_000_000 };

    private static TrueTimeResult[] Results(TrueTimeOptions options)
    {
        TrueTimeResult[] results = [.. Enumerable.Range(0, Runs).Select(run => TrueTimeCommit.Run(options, TrueTimeCommitTests.Seeded(100 + run)))];
        results.ShouldAllBe(r => r.IsWhole);
        results.ShouldAllBe(r => r.Violation == null || (r.Violation.IsRealTime && options.Timestamps == TimestampSource.LocalClock));
        return results;
    }

    private static string Mean(TrueTimeResult[] results, Func<TrueTimeResult, double> value)
    {
        var moments = new Moments();
        foreach (TrueTimeResult result in results)
        {
            moments.Add(value(result));
        }

        var estimate = Estimate.Mean(moments, Provenance.Simulated("a table of docs/truetime.md", 2026, Runs));
        return string.Create(CultureInfo.InvariantCulture, $"{estimate.Value:F1} ± {estimate.High - estimate.Value:F1}");
    }

    private static void ShouldBeInTheDocument(string table)
    {
        string file = Path.Combine(SharedData.RepositoryRoot(), "docs", "truetime.md");
        File.ReadAllText(file).Contains(table, StringComparison.Ordinal).ShouldBeTrue($"docs/truetime.md should have this table:\n{table}");
    }
}
