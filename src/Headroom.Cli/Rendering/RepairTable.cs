using Headroom.Audit.Comparisons.Rows;
using Headroom.Kernel.Quantities;
using Spectre.Console;

namespace Headroom.Cli.Rendering;

/// <summary>Repairs for people: a line a code, a column a speed of the nodes' lines, in each the time, its multiple of the floor and what was busy longest.</summary>
internal static class RepairTable
{
    private static readonly (string Further, string Name)[] Resources = [("lineBusy", "line"), ("diskBusy", "disk"), ("processorBusy", "CPU")];

    public static Table Of(ComparisonResult result)
    {
        Table table = new Table().Border(TableBorder.Simple).BorderColor(Color.Grey).AddColumn(result.Noun).AddColumn(new TableColumn("stored").RightAligned()).AddColumn(new TableColumn("received").RightAligned());
        foreach (ComparisonGroup group in result.Groups)
        {
            _ = table.AddColumn(new TableColumn(Speed(group.Cells[0].Coordinates[1].Number!.Value)).RightAligned());
        }

        _ = table.AddColumn(new TableColumn("line decides up to").RightAligned());
        foreach (string code in result.Cells.Select(cell => cell.Strategy).Distinct())
        {
            ComparisonCell[] cells = [.. result.Groups.Select(group => group.Cells.FirstOrDefault(cell => cell.Strategy == code)).OfType<ComparisonCell>()];
            _ = table.AddRow(
            [
                Markup.Escape(code), N(cells[0].FurtherOf("stored")!.Value), N(cells[0].Row("received")!.Measured!.Value.Mean),
                .. result.Groups.Select(group => group.Cells.FirstOrDefault(cell => cell.Strategy == code) is { } cell ? Shown(cell) : "-"),
                cells[0].FurtherOf("crossing") is { } crossing ? Speed(crossing) : "always",
            ]);
        }

        return table;
    }

    private static string Shown(ComparisonCell cell)
    {
        ComparisonRow row = cell.Row("repair time")!;
        string time = new Quantity(row.Measured!.Value.Mean, Unit.Second).ToHumanString();
        string floor = row.IsViolated ? $" [red]{N(row.RatioToFloor!.Value)} VIOLATED[/]" : row.RatioToFloor is { } ratio ? $" {N(ratio)}x" : "";
        return $"{time}[grey]{floor} {Resources.MaxBy(resource => cell.FurtherOf(resource.Further)).Name}[/]";
    }

    private static string Speed(double bps) => double.IsPositiveInfinity(bps) ? "infinite" : new Quantity(bps, Unit.Parse("bit/s")).ToHumanString();

    private static string N(double value) => Print.Significant(value, 3);
}
