using Headroom.Cli.Commands;
using Headroom.Consensus.Torture;
using Headroom.Kernel.Quantities;
using Spectre.Console;

namespace Headroom.Cli.Rendering;

/// <summary>What a torture found, for people.</summary>
internal static class TortureTable
{
    /// <summary>In which runs each check did not hold, sums over all runs, and how long they took.</summary>
    public static void Show<TResult>(IReadOnlyList<TResult> results, IReadOnlyList<(string Name, string Statement)> checks, IReadOnlyList<TortureColumn<TResult>> columns, double seconds, int threads)
        where TResult : TortureOutcome
    {
        IAnsiConsole console = PlainConsole.Open();
        Table table = new Table().Border(TableBorder.Rounded).BorderColor(Color.Grey);
        table.AddColumn("check");
        table.AddColumn("what must hold");
        table.AddColumn(new TableColumn("seeds in which it did not").RightAligned());
        foreach ((string name, string statement) in checks)
        {
            TResult[] failed = [.. results.Where(result => result.Violations.Any(violation => violation.Check == name))];
            table.AddRow(name, statement, failed.Length == 0 ? "none" : $"[red]{failed.Length}: {string.Join(", ", failed.Take(5).Select(result => result.Seed))}{(failed.Length > 5 ? ", …" : "")}[/]");
        }

        console.Write(table);
        IEnumerable<string> sums = columns.Where(column => column.Title is not null).Select(column =>
            column.InRuns ? $"{column.Title} in {results.Count(result => column.Of(result) > 0)} runs" : $"{column.Title} {Print.Prefixed(results.Sum(column.Of))}");
        console.MarkupLine($"{results.Count} seeds: faults {Print.Prefixed(results.Sum(result => (long)result.Faults.Faults.Count))}, {string.Join(", ", sums)}");
        console.MarkupLine($"[grey]on this machine: {seconds:0.0} s with {threads} threads; {Print.Prefixed(Math.Round(60 * results.Count / seconds / threads))} seeds a minute and thread, {Print.Prefixed(Math.Round(results.Sum(result => result.Events) / seconds / threads))} events a second and thread[/]");
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
