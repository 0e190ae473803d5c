using Headroom.Cli.Commands;
using Headroom.Consensus.Torture;
using Headroom.Kernel.Quantities;
using Spectre.Console;

namespace Headroom.Cli.Rendering;

/// <summary>What a torture found, for people.</summary>
internal static class TortureTable
{
    public static void Show(IReadOnlyList<TortureResult> results, double seconds, int threads)
    {
        IAnsiConsole console = PlainConsole.Open();
        Table table = new Table().Border(TableBorder.Rounded).BorderColor(Color.Grey);
        table.AddColumn("check");
        table.AddColumn("what must hold");
        table.AddColumn(new TableColumn("seeds in which it did not").RightAligned());
        foreach (TortureCheck check in TortureChecks.Fresh(new HistoryJudge()))
        {
            TortureResult[] failed = [.. results.Where(result => result.Violations.Any(violation => violation.Check == check.Name))];
            table.AddRow(check.Name, check.Statement, failed.Length == 0 ? "none" : $"[red]{failed.Length}: {string.Join(", ", failed.Take(5).Select(result => result.Seed))}{(failed.Length > 5 ? ", …" : "")}[/]");
        }

        console.Write(table);
        console.MarkupLine($"{results.Count} seeds: {Sum(result => result.Operations)} operations, {Sum(result => result.Answered)} of them answered; {Sum(result => result.Faults.Faults.Count)} faults, "
            + $"{Sum(result => result.Elections)} elections, {Sum(result => result.Starts)} starts, {Sum(result => result.Snapshots)} snapshots, {Sum(result => result.SnapshotsSent)} of them sent, "
            + $"{Sum(result => result.MemberChanges)} changes of members applied, {Sum(result => result.Committed)} entries committed");
        console.MarkupLine($"[grey]on this machine: {seconds:0.0} s with {threads} threads; {Print.Prefixed(Math.Round(60 * results.Count / seconds / threads))} seeds a minute and thread, {Print.Prefixed(Math.Round(results.Sum(result => result.Events) / seconds / threads))} events a second and thread[/]");

        string Sum(Func<TortureResult, long> of) => Print.Prefixed(results.Sum(of));
    }

    /// <summary>Sums over all runs, and which checks did not hold.</summary>
    public static void Show<TResult>(IReadOnlyList<TResult> results, IReadOnlyList<TortureColumn<TResult>> columns)
        where TResult : TortureOutcome
    {
        IAnsiConsole console = PlainConsole.Open();
        TortureColumn<TResult>[] shown = [.. columns.Where(column => column.Title is not null)];
        Table table = new Table().Border(TableBorder.Rounded).BorderColor(Color.Grey);
        foreach (string title in (string[])["seeds", .. shown.Select(column => column.Title!), "runs in which a check failed"])
        {
            table.AddColumn(new TableColumn(title).RightAligned());
        }

        int failed = results.Count(result => !result.Holds);
        table.AddRow([Count(results.Count), .. shown.Select(column => Count(column.InRuns ? results.Count(result => column.Of(result) > 0) : results.Sum(column.Of))), failed == 0 ? "none" : $"[red]{failed}[/]"]);
        console.Write(table);
        foreach (IGrouping<string, Violation> check in results.SelectMany(result => result.Violations.DistinctBy(violation => violation.Check)).GroupBy(violation => violation.Check))
        {
            console.MarkupLine($"[red]{Markup.Escape(check.Key)}[/] did not hold in {check.Count()} runs");
        }

        static string Count(long value) => value.ToString("N0", System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>As a table of Markdown, which docs hold; true when every mutant is caught.</summary>
    public static bool Show(IReadOnlyList<MutantFinding> findings)
    {
        Console.WriteLine("| mutant | what it does | caught after seeds | by |");
        Console.WriteLine("|---|---|---|---|");
        foreach (MutantFinding finding in findings)
        {
            Console.WriteLine($"| {finding.Mutant} | {finding.Words} | {(finding.IsCaught ? finding.Seeds : $"not in {finding.Seeds}")} | {string.Join(", ", finding.Violations.Select(violation => violation.Check).Distinct())} |");
        }

        return findings.All(finding => finding.IsCaught);
    }
}
