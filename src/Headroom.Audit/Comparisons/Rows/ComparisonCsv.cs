using System.Globalization;
using System.Text;
using CsvHelper;

namespace Headroom.Audit.Comparisons.Rows;

/// <summary>The rows of a comparison as CSV: a column for each property, nested ones with a point; empty for what is not known, <c>infinite</c> for what never ends.</summary>
public static class ComparisonCsv
{
    private static readonly string[] Columns =
    [
        "trials", "metric", "unit", "theory.bestCase", "theory.average", "theory.worstCase", "measured.mean", "measured.low", "measured.high", "measured.p99",
        "floor", "ratioToTheory", "ratioToFloor", "method", "bound", "seed", "version",
    ];

    public static byte[] Write(ComparisonResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        using var buffer = new MemoryStream();
        using (var text = new StreamWriter(buffer, new UTF8Encoding(false)) { NewLine = "\n" })
        using (var csv = new CsvWriter(text, new CsvHelper.Configuration.CsvConfiguration(CultureInfo.InvariantCulture) { NewLine = "\n" }))
        {
            WriteRecord(csv, [.. result.Axes.Select(a => a.Axis), .. Columns]);
            foreach (ComparisonRow row in result.Rows)
            {
                WriteRecord(csv,
                [
                    .. row.Coordinates.Select(c => c.Text ?? Number(c.Number)),
                    Number(row.Trials), row.Metric, row.Unit, Number(row.Theory?.BestCase), Number(row.Theory?.Average), Number(row.Theory?.WorstCase),
                    Number(row.Measured?.Mean), Number(row.Measured?.Low), Number(row.Measured?.High), Number(row.Measured?.P99),
                    Number(row.Floor.Value), Number(row.RatioToTheory), Number(row.RatioToFloor), ComparisonJson.MethodName(row.Method), row.Floor.Bound ?? "",
                    result.Seed.ToString(), AuditResult.Version,
                ]);
            }
        }

        return buffer.ToArray();
    }

    private static void WriteRecord(CsvWriter csv, IEnumerable<string> fields)
    {
        foreach (string field in fields)
        {
            csv.WriteField(field);
        }

        csv.NextRecord();
    }

    private static string Number(double? value) => value is not { } number ? "" : double.IsFinite(number) ? number.ToString("R", CultureInfo.InvariantCulture) : "infinite";
}
