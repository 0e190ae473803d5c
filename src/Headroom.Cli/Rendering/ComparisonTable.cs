using Headroom.Audit;
using Headroom.Audit.Comparisons.Repairs;
using Headroom.Audit.Comparisons.Rows;
using Headroom.Kernel.Quantities;
using Spectre.Console;

namespace Headroom.Cli.Rendering;

/// <summary>A comparison for people: each setting a table, full where there are few settings, a line a protocol where there are many.</summary>
internal static class ComparisonTable
{
    private const int RedirectedWidth = 180;
    private const int FullSettingsMax = 3;
    private const int BriefSettingsMax = 40;

    public static void Print(ComparisonResult result)
    {
        IAnsiConsole console = PlainConsole.Open(RedirectedWidth);

        bool isFull = result.Groups.Count <= FullSettingsMax || result.Rows.All(row => row.Metric != "messages");
        if (result.Groups.Count > BriefSettingsMax)
        {
            console.Write(Advice(result));
        }

        bool isRepairs = result.Subject == RepairComparison.Subject && result.Groups.Count > 0;
        if (isRepairs)
        {
            console.MarkupLine($"[bold]{Markup.Escape(result.Groups[0].Setting[(result.Groups[0].Setting.IndexOf(", ", StringComparison.Ordinal) + 2)..])}[/]; seconds to repair, times the floor, and what was busy longest");
            console.Write(RepairTable.Of(result));
        }

        foreach (ComparisonGroup group in isRepairs || result.Groups.Count > BriefSettingsMax ? [] : result.Groups)
        {
            console.MarkupLine($"[bold]{Markup.Escape(group.Setting)}[/]");
            console.Write(isFull ? Full(group, result.Noun) : Brief(group, result.Noun));
            foreach (ComparisonCell cell in isFull ? group.Cells : [])
            {
                console.MarkupLine($"  [bold]{Markup.Escape(cell.Strategy)}[/]: {Markup.Escape(Further(cell))}");
            }

            if (group.Recommendation is { } advice)
            {
                console.MarkupLine($"[green]take {Markup.Escape(advice.Strategy)}[/]: {Markup.Escape(advice.Reason)}");
                console.MarkupLine($"  [grey]by: {Markup.Escape(advice.Criterion)}; gives up {Markup.Escape(advice.GivesUp)}[/]");
            }

            console.WriteLine();
        }

        foreach (string note in result.Notes)
        {
            console.MarkupLine($"[grey]{Markup.Escape(note)}[/]");
        }

        foreach (ComparisonRow row in result.Violations)
        {
            string where = string.Join(", ", row.Coordinates.Select(c => $"{c.Axis} {c.Text ?? Number(c.Number ?? 0)}"));
            console.MarkupLine($"[red bold]VIOLATED[/] [red]{Markup.Escape(row.Metric)} of {Markup.Escape(where)}: {Number(row.Measured!.Value.Mean)} lies below the floor {Number(row.Floor.Value!.Value)} ({Markup.Escape(row.Floor.Bound!)}). A measurement of ours that beats a theorem is a bug: please report it.[/]");
        }

        console.MarkupLine($"[grey]headroom {AuditResult.Version}, seed {result.Seed}; again with: {Markup.Escape(result.Command)}[/]");
    }

    private static Table Full(ComparisonGroup group, string noun)
    {
        Table table = New(noun, "metric");
        string floor = group.Cells.Any(c => c.Row("rate") is not null) ? "ceiling" : "floor";
        foreach (string column in new[] { "theory: best", "average", "worst", "measured", "95 %", "p99", "x theory", floor, "x " + floor })
        {
            _ = table.AddColumn(new TableColumn(column).RightAligned());
        }

        foreach (ComparisonCell cell in group.Cells)
        {
            bool isFirst = true;
            foreach (ComparisonRow row in cell.Rows)
            {
                string name = isFirst ? $"[bold]{Markup.Escape(cell.Strategy)}[/]" : "";
                isFirst = false;
                _ = table.AddRow(name, row.Metric + (row.Method == Method.ClosedForm ? " [grey](closed-form)[/]" : ""), Shown(row.Theory?.BestCase, row), Shown(row.Theory?.Average, row), Shown(row.Theory?.WorstCase, row),
                    row.Measured is null ? "[grey]not run[/]" : Shown(row.Measured?.Mean, row), Interval(row), Shown(row.Measured?.P99, row), Number(row.RatioToTheory), Shown(row.Floor.Value, row), Floor(row));
            }

            _ = table.AddEmptyRow();
        }

        return table;
    }

    private static Table Brief(ComparisonGroup group, string noun)
    {
        (string Name, Func<ComparisonCell, string> Show)[] columns = Columns(group.Cells[0].Row("payloads") is not null);
        Table table = New(noun);
        foreach ((string name, _) in columns)
        {
            _ = table.AddColumn(new TableColumn(name).RightAligned());
        }

        foreach (ComparisonCell cell in group.Cells)
        {
            _ = table.AddRow([Markup.Escape(cell.Strategy), .. columns.Select(column => column.Show(cell))]);
        }

        return table;
    }

    /// <summary>What a line holds, of broadcasts or of groups that agree.</summary>
    private static (string Name, Func<ComparisonCell, string> Show)[] Columns(bool isBroadcast)
    {
        static Func<ComparisonCell, string> Mean(string metric) => cell => cell.Row(metric) is { } row ? Shown(row.Measured?.Mean, row) : "-";
        static Func<ComparisonCell, string> Over(string metric) => cell => cell.Row(metric) is { } row ? Floor(row) : "-";
        (string, Func<ComparisonCell, string>) overhead = ("overhead", cell => Number(cell.FurtherOf("overheadFactor")));
        (string, Func<ComparisonCell, string>) p99 = ("p99", cell => Shown(cell.Row("latency")!.Measured?.P99, cell.Row("latency")!));
        (string, Func<ComparisonCell, string>) trials = ("trials", cell => cell.Rows[0].Method == Method.ClosedForm ? "closed-form" : $"{cell.Rows[0].Trials}");
        return isBroadcast
            ?
            [
                ("payloads", Mean("payloads")), ("x floor", Over("payloads")), ("messages", Mean("messages")), ("bytes", Mean("bytes")), overhead, ("rounds", Mean("rounds")), ("hops", Mean("hops")),
                ("latency", Mean("latency")), p99, ("x floor", Over("latency")), ("delivered", Mean("delivered")), ("B/member", cell => Number(cell.FurtherOf("memoryPerMember"))), trials,
            ]
            :
            [
                ("messages", Mean("messages")), ("x floor", Over("messages")), ("bytes", Mean("bytes")), ("x floor", Over("bytes")), overhead, ("rounds", Mean("rounds")), ("x floor", Over("rounds")),
                ("latency", Mean("latency")), p99, ("x floor", Over("latency")), ("answered", Mean("answered")), ("silence", cell => Seconds(cell.FurtherOf("silence"))), trials,
            ];
    }

    /// <summary>What to take where; the numbers are in the outputs.</summary>
    private static Table Advice(ComparisonResult result)
    {
        Table table = New("setting", "take");
        foreach (string column in new[] { "messages x floor", "bytes", "p99", "reached", "gives up" })
        {
            _ = table.AddColumn(column);
        }

        foreach (ComparisonGroup group in result.Groups.Where(g => g.Recommendation is not null))
        {
            ComparisonCell best = group.Cells.First(c => c.Strategy == group.Recommendation!.Strategy);
            string Value(string metric, Func<ComparisonRow, double?> value) => best.Row(metric) is { } row ? Shown(value(row), row) : "-";
            _ = table.AddRow(Markup.Escape(group.Setting), $"[green]{Markup.Escape(best.Strategy)}[/]", Number(best.Row("messages")?.RatioToFloor), Value("bytes", r => r.Measured?.Mean), Value("latency", r => r.Measured?.P99),
                Value(best.Row("delivered") is null ? "answered" : "delivered", r => r.Measured?.Mean), Markup.Escape(group.Recommendation!.GivesUp));
        }

        return table;
    }

    private static Table New(params string[] columns)
    {
        Table table = new Table().Border(TableBorder.Simple).BorderColor(Color.Grey);
        foreach (string column in columns)
        {
            _ = table.AddColumn(column);
        }

        return table;
    }

    private static string Further(ComparisonCell cell)
    {
        string trials = cell.Rows.FirstOrDefault(row => row.Method == Method.Simulated) is { } run ? $"{run.Trials} trials" : "not run";
        string success = cell.FurtherOf("successRate") is { } rate
            ? $", everybody reached in {Number(100 * rate)} % of them (95 %: {Number(100 * cell.FurtherOf("successRateLow"))} to {Number(100 * cell.FurtherOf("successRateHigh"))} %)" : "";
        string line = cell.FurtherOf("busiestLineRate") is { } rateMax ? $"; its busiest line would bear {Number(rateMax)}/s" : "";
        string costs = cell.FurtherOf("memoryPerMember") is { } memory ? $"; {Number(cell.FurtherOf("overheadFactor"))} bytes on the wire for each payload byte delivered; {Number(memory)} B of state a member" : "";
        string group = cell.FurtherOf("silence") is { } silence
            ? $"; {Number(cell.FurtherOf("overheadFactor"))} bytes on the wire for each byte of value, {Number(cell.FurtherOf("busiestServerBytes"))} B of them sent by the busiest server; at most {Seconds(silence)} without an answer; "
                + $"{Number(cell.FurtherOf("holders"))} hold a write when it is answered; goes on with {Number(cell.FurtherOf("crashesSurvived"))} crashed" : "";
        string code = cell.FurtherOf("failuresSurvived") is { } survived
            ? $"; survives {Number(survived)}; a lone failure is whole again after {Seconds(cell.FurtherOf("repairSeconds"))}; shards of {Number(cell.FurtherOf("subshards"))} part{(cell.FurtherOf("subshards") == 1 ? "" : "s")}" : "";
        return trials + code + success + line + costs + group + (cell.Note.Length > 0 ? $"; {cell.Note}" : "");
    }

    /// <summary>A unit that both ends share is written once.</summary>
    private static string Interval(ComparisonRow row)
    {
        if (row.Measured is not { Low: { } low, High: { } high })
        {
            return "-";
        }

        (string from, string to) = (Shown(low, row), Shown(high, row));
        int space = to.IndexOf(' ', StringComparison.Ordinal);
        string unit = space < 0 ? "" : to[space..];
        return low == high ? "exact" : $"{(unit.Length > 0 && from.EndsWith(unit, StringComparison.Ordinal) ? from[..^unit.Length] : from)} to {to}";
    }

    private static string Floor(ComparisonRow row) => row.IsViolated ? $"[red]{Number(row.RatioToFloor)} VIOLATED[/]" : Number(row.RatioToFloor);

    private static string Shown(double? value, ComparisonRow row) => value is not { } number ? "-"
        : double.IsPositiveInfinity(number) ? row.Metric == "latency" ? "never" : "unbounded"
        : row.Unit == "share" ? $"{Kernel.Quantities.Print.Significant(100 * number, 5)} %"
        : row.Unit is "s" or "B" ? new Quantity(number, Unit.Parse(row.Unit)).ToHumanString()
        : Number(number);

    private static string Seconds(double? value) => value is { } seconds ? new Quantity(seconds, Unit.Second).ToHumanString() : "-";

    private static string Number(double? value) => value is not { } number ? "-" : number >= 1e5 ? Kernel.Quantities.Print.Prefixed(number) : Kernel.Quantities.Print.Significant(number, 4);
}
