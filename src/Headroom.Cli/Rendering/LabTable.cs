using Headroom.Audit;
using Headroom.Audit.Laboratory;
using Headroom.Kernel.Findings;
using Headroom.Kernel.Quantities;
using Spectre.Console;

namespace Headroom.Cli.Rendering;

/// <summary>Sockets, simulator and floor side by side, for people.</summary>
internal static class LabTable
{
    public static void Show(LabResult result)
    {
        IAnsiConsole console = PlainConsole.Open();
        string trials = $"{result.Trials} {(result.Trials == 1 ? result.Run.One : result.Run.Many)}";
        console.MarkupLine($"[bold]{Markup.Escape(result.Protocol)}[/] over {result.Transport.ToString().ToUpperInvariant()}, {Markup.Escape(result.Setting)}: {trials}"
            + (result.WasInterrupted ? " [yellow](interrupted)[/]" : ""));
        Table table = new Table().Border(TableBorder.Rounded).BorderColor(Color.Grey);
        table.AddColumn("metric");
        foreach (string column in new[] { "over sockets", "simulated", "floor", "sockets / floor" })
        {
            table.AddColumn(new TableColumn(column).RightAligned());
        }

        table.AddColumn("sockets and simulator");
        foreach (LabRow row in result.Rows)
        {
            table.AddRow(
                Markup.Escape(row.Metric),
                Text(row.Executed, row.Unit),
                row.Simulated is { } simulated ? Text(simulated, row.Unit) : "",
                row.Floor is null ? "" : $"{Value(row.Floor.Value.Number ?? double.NaN, row.Unit)} [grey]{Markup.Escape(row.Floor.Id)}[/]",
                row.RatioToFloor is { } ratio ? Print.Significant(ratio, 3) : "",
                row.Verdict == Verdict.Violated ? "[red]below the floor[/]" : row.Agrees switch { true => "[green]agree[/]", false => "[yellow]differ[/]", null => "" });
        }

        console.Write(table);
        if (result.Check is { } check)
        {
            console.MarkupLine($"[{(check.Holds ? "green" : "red")}]{Markup.Escape(check.Text)}[/]");
        }

        foreach (string note in result.Notes)
        {
            console.MarkupLine($"[grey]{Markup.Escape(note)}[/]");
        }

        console.MarkupLine($"[grey]headroom {AuditResult.Version}; again with: {Markup.Escape(result.Command)}[/]");
    }

    private static string Text(Estimate estimate, string unit) => estimate.Low == estimate.High
        ? Value(estimate.Value, unit)
        : $"{Value(estimate.Value, unit)} [grey]({Value(estimate.Low, unit)} to {Value(estimate.High, unit)})[/]";

    private static string Value(double value, string unit) => !double.IsFinite(value) ? "never"
        : unit switch
        {
            "s" => new Quantity(value, Unit.Second).ToHumanString(),
            "B" => new Quantity(value, Unit.Byte).ToHumanString(),
            "share" => $"{Print.Significant(100 * value, 4)} %",
            _ => Print.Significant(value, 5),
        };
}
