using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using Headroom.Kernel.Quantities;

namespace Headroom.Evidence.Latencies;

/// <summary>
/// Reads a matrix of latencies between regions out of CSV: a header <c>from,eu,us</c>, then a row for each region in any order, <c>eu,1 ms,40 ms</c>. Every
/// latency has a unit; one left empty is that of the way back. Lines that begin with <c>#</c> are comments.
/// </summary>
public static class LatencyMatrixReader
{
    /// <summary>Regions at most.</summary>
    public const int RegionsMax = 1000;

    /// <summary>No latency is longer: an hour.</summary>
    public const long LatencyNsMax = 3_600_000_000_000;

    private const long Empty = -1;

    /// <exception cref="MalformedException">With the line.</exception>
    public static LatencyMatrix Read(TextReader text)
    {
        ArgumentNullException.ThrowIfNull(text);
        using var csv = new CsvParser(text, new CsvConfiguration(CultureInfo.InvariantCulture) { BadDataFound = null, IgnoreBlankLines = true, AllowComments = true, Comment = '#' });
        string[] regions = Next(csv) ? Header(csv) : throw new MalformedException(0, 0, "the file is empty; a header such as 'from,eu,us' is expected");
        var latencies = new long[regions.Length, regions.Length];
        var lines = new int[regions.Length];
        while (Next(csv))
        {
            ReadRow(csv, regions, latencies, lines);
        }

        int missing = Array.IndexOf(lines, 0);
        if (missing >= 0)
        {
            throw new MalformedException(0, 0, $"no row begins with the region '{regions[missing]}' of the header");
        }

        for (int from = 0; from < regions.Length; from++)
        {
            for (int to = 0; to < regions.Length; to++)
            {
                if (latencies[from, to] == Empty)
                {
                    latencies[from, to] = latencies[to, from] != Empty ? latencies[to, from] : throw new MalformedException(lines[from], 1, from == to
                        ? $"the latency within '{regions[from]}' is missing"
                        : $"no latency between '{regions[from]}' and '{regions[to]}', one way or the other");
                }
            }
        }

        return new LatencyMatrix(regions, latencies);
    }

    private static string[] Header(CsvParser csv)
    {
        string[] regions = [.. csv.Record!.Skip(1).Select(name => name.Trim())];
        int again = Array.FindIndex(regions, name => regions.Count(other => other == name) > 1);
        return regions.Length is < 1 or > RegionsMax ? throw new MalformedException(csv.RawRow, 1, $"a header of 1 to {RegionsMax} regions is expected, such as 'from,eu,us'; found {regions.Length}")
            : regions.Contains("") ? throw new MalformedException(csv.RawRow, 1, "a region without a name stands in the header")
            : again >= 0 ? throw new MalformedException(csv.RawRow, 1, $"the region '{regions[again]}' stands twice in the header")
            : regions;
    }

    private static void ReadRow(CsvParser csv, string[] regions, long[,] latencies, int[] lines)
    {
        string[] row = csv.Record!;
        string name = row[0].Trim();
        int from = Array.IndexOf(regions, name);
        if (from < 0)
        {
            string? near = NearestName.Of(name, regions);
            throw new MalformedException(csv.RawRow, 1, $"no region '{Shown(name)}' stands in the header" + (near is null ? $"; there are {string.Join(", ", regions.Take(20))}" : $" (did you mean {near}?)"));
        }

        if (lines[from] > 0)
        {
            throw new MalformedException(csv.RawRow, 1, $"a second row for the region '{name}'; the first is line {lines[from]}");
        }

        if (row.Length != regions.Length + 1)
        {
            throw new MalformedException(csv.RawRow, 1, $"{row.Length - 1} latencies for {regions.Length} regions; leave a cell empty where the way back says it");
        }

        lines[from] = csv.RawRow;
        for (int to = 0; to < regions.Length; to++)
        {
            latencies[from, to] = Latency(row[to + 1].Trim(), csv.RawRow, name, regions[to]);
        }
    }

    private static long Latency(string text, int line, string from, string to)
    {
        if (text.Length == 0)
        {
            return Empty;
        }

        if (text.Length > 100 || !Quantity.TryParse(text, out Quantity quantity, out _) || quantity.Dimension != Dimension.OfTime)
        {
            throw new MalformedException(line, 1, $"a latency such as '40 ms' is expected from {from} to {to}; found '{Shown(text)}'");
        }

        double ns = Math.Round(quantity.In("ns"));
        return ns is >= 0 and <= LatencyNsMax ? (long)ns : throw new MalformedException(line, 1, $"a latency lies between 0 and an hour; found '{Shown(text)}' from {from} to {to}");
    }

    private static string Shown(string text) => text.Length <= 40 ? text : text[..40] + "…";

    private static bool Next(CsvParser csv)
    {
        try
        {
            return csv.Read();
        }
        catch (CsvHelperException e)
        {
            throw new MalformedException(csv.RawRow, 1, $"not CSV: {e.Message.Split('\n')[0].Trim()}");
        }
    }
}
