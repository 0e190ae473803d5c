using Headroom.Audit.Comparisons.Rows;
using Headroom.Audit.Report;

namespace Headroom.Audit.Comparisons.Codes;

/// <summary>The plots of a comparison of codes: what is stored against what it buys.</summary>
internal static class CodePlots
{
    /// <param name="setting">The system, in words.</param>
    /// <param name="cells">A cell for each code.</param>
    /// <param name="now">Today's code.</param>
    /// <param name="best">The recommended one; null where there is none.</param>
    public static IReadOnlyList<Exhibit> Of(string setting, IReadOnlyList<ComparisonCell> cells, string now, string? best)
    {
        return
        [
            Against(CodeMetrics.Loss, "", "Probability of losing anything in a year, by the Markov chain", row => row.Theory?.Average, isLog: true),
            Against("repair traffic", "B/B", "Bytes sent over the network per byte rebuilt", row => row.Measured?.Mean),
            Against("degraded read", "s", "Mean time of a read whose node is away", row => row.Measured?.Mean),
        ];

        ScatterExhibit Against(string metric, string unit, string what, Func<ComparisonRow, double?> value, bool isLog = false)
        {
            var points = new List<ScatterPoint>();
            foreach (ComparisonCell cell in cells)
            {
                if (cell.Row("stored")?.Measured?.Mean is { } stored && cell.Row(metric) is { } row && value(row) is { } y)
                {
                    points.Add(new ScatterPoint(cell.Strategy, stored, y, cell.Strategy == best ? Role.Best : cell.Strategy == now ? Role.Now : Role.Candidate));
                }
            }

            return new ScatterExhibit($"{char.ToUpperInvariant(metric[0])}{metric[1..]} against bytes stored", $"{what}, against bytes stored per byte of data. {setting}.", new Axis("stored", "B/B"), new Axis(metric, unit, isLog), points, []);
        }
    }
}
