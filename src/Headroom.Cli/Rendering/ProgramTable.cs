using Headroom.Audit;
using Headroom.Audit.NodePrograms;
using Headroom.Kernel.Bounds;
using Headroom.Kernel.Findings;
using Headroom.Kernel.Quantities;
using Headroom.Lab.Maelstrom;
using Spectre.Console;

namespace Headroom.Cli.Rendering;

/// <summary>A run of a node program for people: verdict, measures beside floors, findings, and what was checked.</summary>
internal static class ProgramTable
{
    public static void Print(MaelstromResult result, IReadOnlyList<ProgramRow> rows, string command)
    {
        IAnsiConsole console = PlainConsole.Open();

        MaelstromOptions options = result.Options;
        string verdict = result.Interrupted ? "[yellow]interrupted; what was measured so far[/]" : result.Passed ? "[green]passed[/]" : "[red]failed[/]";
        console.MarkupLine($"[bold]{WorkloadNames.Of(options.Workload)}[/], {options.Nodes} {(options.Nodes == 1 ? "node" : "nodes")}, {options.Topology}: {verdict}");
        foreach (NodeFault fault in result.Faults)
        {
            console.MarkupLine($"  [red]finding[/] {Markup.Escape(fault.Text)}");
        }

        if (result.FurtherFaults > 0)
        {
            console.MarkupLine($"  [red]finding[/] and {result.FurtherFaults} more of these kinds");
        }

        foreach (string problem in result.Check.Problems)
        {
            console.MarkupLine($"  [red]check[/]   {Markup.Escape(problem)}");
        }

        if (!result.IsAvailable)
        {
            console.MarkupLine($"  [red]check[/]   {Share(result.AvailableShare)} of the operations succeeded; {Share(options.Availability!.Value)} were asked for");
        }

        if (rows.Count > 0)
        {
            console.Write(Table(rows));
        }

        PrintNotes(console, result, rows);
        console.MarkupLine($"[grey]headroom {AuditResult.Version}; again with: {Markup.Escape(command)}[/]");
    }

    private static Table Table(IReadOnlyList<ProgramRow> rows)
    {
        Table table = new Table().Border(TableBorder.Rounded).BorderColor(Color.Grey);
        _ = table.AddColumn("measure");
        foreach (string column in new[] { "measured", "floor", "headroom" })
        {
            _ = table.AddColumn(new TableColumn(column).RightAligned());
        }

        _ = table.AddColumn("verdict");
        foreach (ProgramRow row in rows)
        {
            _ = table.AddRow(
                row.Metric,
                Shown(row.Measured, row.Unit),
                row.Limit?.Number is { } floor ? Shown(floor, row.Unit) : "-",
                row.Headroom is { } headroom ? $"{Kernel.Quantities.Print.Significant(headroom * 100, 3)} %" : "-",
                row.Verdict switch
                {
                    Verdict.None => "",
                    Verdict.Violated => "[red bold]VIOLATED[/]",
                    Verdict.OutsideRegime => "[grey]outside the regime[/]",
                    Verdict.Attained => "attained",
                    _ => "open",
                });
        }

        return table;
    }

    private static void PrintNotes(IAnsiConsole console, MaelstromResult result, IReadOnlyList<ProgramRow> rows)
    {
        foreach (string reason in rows.Select(row => row.Limit).OfType<BoundValue.OutsideRegime>().Select(o => o.Reason).Distinct())
        {
            console.MarkupLine($"outside the regime: {Markup.Escape(reason)}");
        }

        foreach (ProgramRow row in rows.Where(row => row.Verdict == Verdict.Violated))
        {
            console.MarkupLine($"[red bold]VIOLATED[/] [red]{row.Metric} lies below {row.Bound!.Id}. A measurement of ours that beats a theorem is a bug: please report it.[/]");
        }

        console.MarkupLine("operations: " + string.Join("; ", result.Operations.Select(o => $"{o.Invoked} {o.Function} ({o.Succeeded} ok{(o.Failed > 0 ? $", {o.Failed} failed" : "")}{(o.Indefinite > 0 ? $", {o.Indefinite} unknown" : "")})"))
            + $"; messages between servers: {result.ServerMessages.Sent} sent, {result.ServerMessages.Received} received"
            + (result.PartitionsMade > 0 ? $"; {result.PartitionsMade} partitions" : ""));
        if (result.Check.Set is { } set)
        {
            console.MarkupLine($"values: {set.Attempts} sent, {set.Stable} stable, {set.Stale} of them stale, {set.Lost.Count} lost, {set.NeverRead.Count} never read"
                + (result.Spread is { OffTopology: > 0 } spread ? $"; {spread.OffTopology} messages left the offered topology, so floors of time count one hop" : ""));
        }

        if (result.Check.Counter is { FinalReads.Count: > 0 } counter)
        {
            console.MarkupLine($"counter: known sum {counter.KnownSum}, acceptable {counter.Least} to {counter.Most}, final reads {counter.FinalReads[0]} to {counter.FinalReads[^1]}");
        }

        if (result.Lateness.Messages > 0)
        {
            console.MarkupLine($"our router handed messages over {Shown(result.Lateness.MedianMs, Unit.Parse("ms"))} late in the median, {Shown(result.Lateness.P99Ms, Unit.Parse("ms"))} at p99, {Shown(result.Lateness.MaximumMs, Unit.Parse("ms"))} at most");
        }
    }

    private static string Shown(double value, Unit unit) =>
        double.IsPositiveInfinity(value) ? "never" : unit.Symbol == "ms" ? $"{Kernel.Quantities.Print.Significant(value, 4)} ms" : Kernel.Quantities.Print.Significant(value, 5);

    private static string Share(double value) => $"{Kernel.Quantities.Print.Significant(value * 100, 4)} %";
}
