using Headroom.Kernel.Statistics;
using Spectre.Console;

namespace Headroom.Cli.Rendering;

/// <summary>Times to a leader, ours beside the measured.</summary>
internal static class ElectionTable
{
    private static readonly (string Name, Func<double[], double> Of)[] Columns =
    [
        ("median", times => Quantiles.OfSorted(times, 0.5)), ("mean", times => times.Sum() / times.Length), ("p95", times => Quantiles.OfSorted(times, 0.95)), ("max", times => times[^1]),
    ];

    public static void Show(IReadOnlyList<ElectionRow> rows, bool asMarkdown)
    {
        string[] head = ["timeout, ms", "trials", .. Columns.Select(column => $"{column.Name}, ms (measured)")];
        string[][] cells = [.. rows.Select(row => new[] { row.Range, row.OursMs.Length.ToString() }.Concat(Columns.Select(column => Cell(row, column.Of))).ToArray())];
        if (asMarkdown)
        {
            Console.WriteLine($"| {string.Join(" | ", head)} |");
            Console.WriteLine($"|{string.Concat(head.Select(_ => "---|"))}");
            foreach (string[] row in cells)
            {
                Console.WriteLine($"| {string.Join(" | ", row)} |");
            }

            return;
        }

        Table table = new Table().Border(TableBorder.Rounded).BorderColor(Color.Grey);
        foreach (string title in head)
        {
            table.AddColumn(new TableColumn(title).RightAligned());
        }

        foreach (string[] row in cells)
        {
            table.AddRow(row);
        }

        PlainConsole.Open().Write(table);
    }

    /// <summary>Ours, and the measured in brackets.</summary>
    private static string Cell(ElectionRow row, Func<double[], double> of) =>
        row.OursMs.Length == 0 ? "no leader" : $"{of(row.OursMs):0.0}" + (row.MeasuredMs.Length > 0 ? $" ({of(row.MeasuredMs):0.0})" : "");
}
