using System.Globalization;
using System.Text;
using Headroom.Consensus.Bounds;
using Headroom.Consensus.TrueTime;
using Headroom.Kernel.Bounds;
using Headroom.Kernel.Findings;
using Headroom.Kernel.Randomness;
using Headroom.Kernel.Statistics;

namespace Headroom.Audit.Comparisons.Commits;

/// <summary>Ways of committing transactions over groups side by side, as tables of Markdown: those of docs/truetime.md.</summary>
public sealed class CommitTables(int runs, Seed seed, Action<double, string> report, CancellationToken cancellation)
{
    private static readonly double[] Exponents = [0, 0.8, 1.2];

    /// <summary>Each table: its name, what it shows, its text.</summary>
    public static IReadOnlyList<(string Name, string Statement, Func<CommitTables, string> Write)> All { get; } =
    [
        ("uncertainty", "the commit wait by clock residue and distance", tables => tables.Uncertainty()),
        ("contention", "aborts and messages by contention and clock residue", tables => tables.Contention()),
        ("conflicts", "optimistic attempts beside locks by wound-wait", tables => tables.Conflicts()),
    ];

    private static TrueTimeOptions Quiet => new() { Clients = 6, Transactions = 12, Keys = 30_000, Clocks = Clocks(0), FarNs = 2_000_000 };

    private static TrueTimeOptions Contended => Quiet with { Clients = 12, Keys = 300, SnapshotPercent = 30 };

    private static ClockSynchronisation Clocks(int residueMs) => new() { ResidueNs = residueMs * 1_000_000L };

    private string Uncertainty()
    {
        var table = new StringBuilder("| one way ms | residue ms | floor 2e ms | wait paid ms | TrueTime ms | local clock ms | reversed | oracle ms |\n|---|---|---|---|---|---|---|---|\n");
        int[] distances = [2, 20, 60];
        int[] residues = [0, 1, 4, 10, 20];
        for (int i = 0; i < distances.Length * residues.Length; i++)
        {
            (int farMs, int residueMs) = (distances[i / residues.Length], residues[i % residues.Length]);
            report((double)i / (distances.Length * residues.Length), "uncertainty");
            TrueTimeOptions options = Quiet with { FarNs = farMs * 1_000_000, Clocks = Clocks(residueMs) };
            TrueTimeResult[] exact = Results(options);
            TrueTimeResult[] local = Results(options with { Timestamps = TimestampSource.LocalClock });
            TrueTimeResult[] oracle = Results(options with { Timestamps = TimestampSource.Oracle });
            double floor = ConsensusBounds.Wait.Evaluate(new BoundArguments { ["uncertainty"] = exact.Average(r => r.Meter.Uncertainty.Mean) / 1e6 }).Number!.Value;
            _ = table.Append(CultureInfo.InvariantCulture, $"| {farMs} | {residueMs} | {floor:F1} | {Mean(exact, r => r.Meter.ExtraWait.Mean / 1e6)} | {Median(exact)} | ")
                .Append(CultureInfo.InvariantCulture, $"{Median(local)} | {local.Sum(r => r.Reversed)} of {local.Sum(r => r.Transactions.Count)} | {Median(oracle)} |\n");
        }

        return table.ToString();
    }

    private string Contention()
    {
        var table = new StringBuilder("| Zipf | residue ms | aborts TrueTime | aborts local clock | aborts oracle | messages a commit | snapshot ms |\n|---|---|---|---|---|---|---|\n");
        int[] residues = [1, 10, 20];
        for (int i = 0; i < Exponents.Length * residues.Length; i++)
        {
            (double exponent, int residueMs) = (Exponents[i / residues.Length], residues[i % residues.Length]);
            report((double)i / (Exponents.Length * residues.Length), "contention");
            TrueTimeOptions options = Contended with { ZipfExponent = exponent, Clocks = Clocks(residueMs) };
            TrueTimeResult[] exact = Results(options);
            _ = table.Append(CultureInfo.InvariantCulture, $"| {exponent} | {residueMs} | {Aborts(exact)} | {Aborts(Results(options with { Timestamps = TimestampSource.LocalClock }))} | ")
                .Append(CultureInfo.InvariantCulture, $"{Aborts(Results(options with { Timestamps = TimestampSource.Oracle }))} | ")
                .Append(CultureInfo.InvariantCulture, $"{Mean(exact, r => r.Meter.Messages / (double)r.CommitLatenciesNs.Count)} | {Mean(exact, r => r.SnapshotMs(0.5)!.Value)} |\n");
        }

        return table.ToString();
    }

    private string Conflicts()
    {
        var table = new StringBuilder("| Zipf | aborts optimistic | aborts wound-wait | p50 ms | p50 ms wound-wait | p99 ms | p99 ms wound-wait | a second | a second, wound-wait | attempts at most |\n|---|---|---|---|---|---|---|---|---|---|\n");
        foreach (double exponent in Exponents)
        {
            report(Array.IndexOf(Exponents, exponent) / (double)Exponents.Length, "conflicts");
            TrueTimeOptions options = Contended with { ZipfExponent = exponent, Clocks = Clocks(1) };
            TrueTimeResult[] optimistic = Results(options);
            TrueTimeResult[] wound = Results(options with { Conflicts = ConflictRule.WoundWait });
            _ = table.Append(CultureInfo.InvariantCulture, $"| {exponent} | {Aborts(optimistic)} | {Aborts(wound)} | {Median(optimistic)} | {Median(wound)} | ")
                .Append(CultureInfo.InvariantCulture, $"{Mean(optimistic, r => r.CommitMs(0.99)!.Value)} | {Mean(wound, r => r.CommitMs(0.99)!.Value)} | ")
                .Append(CultureInfo.InvariantCulture, $"{Mean(optimistic, r => r.PerSecond)} | {Mean(wound, r => r.PerSecond)} | {optimistic.Max(r => r.AttemptsMax)} and {wound.Max(r => r.AttemptsMax)} |\n");
        }

        return table.ToString();
    }

    /// <exception cref="InvalidOperationException">A run did not end, or contradicts what its timestamps promise: our fault.</exception>
    private TrueTimeResult[] Results(TrueTimeOptions options)
    {
        var results = new TrueTimeResult[runs];
        for (int run = 0; run < runs; run++)
        {
            cancellation.ThrowIfCancellationRequested();
            TrueTimeResult result = results[run] = TrueTimeCommit.Run(options, seed.Named("truetime").At(100 + run));
            bool isRight = result.Violation is null || (result.Violation.IsRealTime && options.Timestamps == TimestampSource.LocalClock);
            if (!result.IsWhole || !isRight || (options.Timestamps == TimestampSource.TrueTime && result.Meter.Wait.Mean < 2 * result.Meter.Uncertainty.Mean))
            {
                throw new InvalidOperationException($"run {run} of {options.Timestamps}: {result.Violation?.Reason ?? (result.IsWhole ? "it waited for less than twice the uncertainty" : "it did not end")}");
            }
        }

        return results;
    }

    private string Median(TrueTimeResult[] results) => Mean(results, result => result.CommitMs(0.5)!.Value);

    private string Aborts(TrueTimeResult[] results) => $"{Mean(results, result => 100 * result.AbortRate)} %";

    private string Mean(TrueTimeResult[] results, Func<TrueTimeResult, double> value)
    {
        var estimate = Estimate.Mean(Moments.Of([.. results.Select(value)]), Provenance.Simulated("commits over groups", seed.Value, runs));
        return string.Create(CultureInfo.InvariantCulture, $"{estimate.Value:F1} ± {estimate.High - estimate.Value:F1}");
    }
}
