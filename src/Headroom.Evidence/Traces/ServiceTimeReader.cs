using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using Headroom.Kernel.Quantities;

namespace Headroom.Evidence.Traces;

/// <summary>
/// Reads service times: one number a line, or one column of a CSV file with a header. Lines that begin with <c>#</c> are comments; one of the form
/// <c># unit: us</c> before the first time gives the unit.
/// </summary>
public static class ServiceTimeReader
{
    /// <summary>Times at most; a longer trace is refused, not cut.</summary>
    public const int TimesMax = 5_000_000;

    private const string UnitMark = "unit:";

    /// <param name="text">The file.</param>
    /// <param name="unit">A unit of time; null takes the file's own.</param>
    /// <param name="column">The column's name in the header; null for one number a line.</param>
    /// <exception cref="MalformedException">With the line.</exception>
    public static ServiceTimeTrace Read(TextReader text, Unit? unit = null, string? column = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (unit is not null && unit.Dimension != Dimension.OfTime)
        {
            throw new ArgumentException($"{unit} is {unit.Dimension}, not time", nameof(unit));
        }

        var times = new List<double>();
        if (column is null)
        {
            ReadLines(text, unit, times);
        }
        else
        {
            ReadColumn(text, unit, column, times);
        }

        return times.Count == 0 ? throw new MalformedException(0, 0, "no service time in the file") : new ServiceTimeTrace(times);
    }

    private static void ReadLines(TextReader text, Unit? unit, List<double> times)
    {
        Unit? own = null;
        int line = 0;
        while (text.ReadLine() is { } row)
        {
            line++;
            ReadOnlySpan<char> trimmed = row.AsSpan().Trim();
            if (trimmed.Length == 0)
            {
                continue;
            }

            if (trimmed[0] == '#')
            {
                own = UnitOf(trimmed, line) ?? own;
                continue;
            }

            times.Add(Time(trimmed, line, unit, own, times.Count));
        }
    }

    private static void ReadColumn(TextReader text, Unit? unit, string column, List<double> times)
    {
        Unit? own = null;
        using var csv = new CsvParser(text, new CsvConfiguration(CultureInfo.InvariantCulture) { BadDataFound = null, IgnoreBlankLines = true, AllowComments = false });
        int index = -1;
        while (Next(csv))
        {
            string[] row = csv.Record!;
            if (row[0].StartsWith('#'))
            {
                own = UnitOf(row[0], csv.RawRow) ?? own;
            }
            else if (index < 0)
            {
                index = Array.FindIndex(row, name => name.Trim() == column);
                if (index < 0)
                {
                    string? near = NearestName.Of(column, row);
                    throw new MalformedException(csv.RawRow, 1, $"no column '{column}'" + (near is null ? $"; there are {string.Join(", ", row.Take(20))}" : $" (did you mean {near}?)"));
                }
            }
            else
            {
                times.Add(index < row.Length
                    ? Time(row[index].AsSpan().Trim(), csv.RawRow, unit, own, times.Count)
                    : throw new MalformedException(csv.RawRow, 1, $"{row.Length} columns; '{column}' is the column {index + 1}"));
            }
        }
    }

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

    private static Unit? UnitOf(ReadOnlySpan<char> comment, int line)
    {
        ReadOnlySpan<char> words = comment.TrimStart('#').Trim();
        if (!words.StartsWith(UnitMark, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        string name = words[UnitMark.Length..].Trim().ToString();
        return !Unit.TryParse(name, out Unit? unit, out string? problem) ? throw new MalformedException(line, 1, problem)
            : unit.Dimension != Dimension.OfTime ? throw new MalformedException(line, 1, $"the unit {name} is {unit.Dimension}; a time is expected")
            : unit;
    }

    private static double Time(ReadOnlySpan<char> text, int line, Unit? unit, Unit? own, int before)
    {
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) || !double.IsFinite(value))
        {
            throw new MalformedException(line, 1, $"a number is expected; found '{(text.Length <= 40 ? text : text[..40])}'");
        }

        if (!(value > 0))
        {
            throw new MalformedException(line, 1, $"a service time is above zero; found {text}");
        }

        if (before >= TimesMax)
        {
            throw new MalformedException(line, 1, $"more than {TimesMax:N0} service times");
        }

        Unit known = unit ?? own ?? throw new MalformedException(line, 1, "the unit of the times is not known: give 'unit', or begin the file with a line such as '# unit: us'");
        double timeS = value * known.Scale;
        return timeS is >= 1e-12 and <= 1e12 ? timeS : throw new MalformedException(line, 1, $"a service time of {text} {known} is no time that a server takes");
    }
}
