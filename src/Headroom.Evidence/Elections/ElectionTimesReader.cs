using System.Globalization;

namespace Headroom.Evidence.Elections;

/// <summary>Measured times to a leader: a head, then lines <c>range,cumulative fraction,milliseconds</c>, the range of election timeouts in milliseconds as in 150-300.</summary>
public static class ElectionTimesReader
{
    public const string Head = "timeout_ms,cumulative_fraction,time_to_leader_ms";

    /// <summary>The times of each range, ascending, the ranges in the order of their first lines.</summary>
    /// <exception cref="MalformedException">With line and column.</exception>
    public static IReadOnlyList<(string Range, double[] TimesMs)> Read(TextReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        string? head = reader.ReadLine();
        if (head?.Trim() != Head)
        {
            throw new MalformedException(1, 1, $"the head '{Head}' is expected");
        }

        var ranges = new List<string>();
        var times = new Dictionary<string, List<double>>(StringComparer.Ordinal);
        int number = 1;
        while (reader.ReadLine() is { } line)
        {
            number++;
            if (line.Length == 0)
            {
                continue;
            }

            string[] fields = line.Split(',');
            if (fields.Length != 3 || fields[0].Length == 0)
            {
                throw new MalformedException(number, 1, $"three fields are expected, as in '150-300,0.5,171.2'; found {fields.Length}");
            }

            if (!double.TryParse(fields[2], NumberStyles.Float, CultureInfo.InvariantCulture, out double ms) || !(ms >= 0 && double.IsFinite(ms)))
            {
                throw new MalformedException(number, fields[0].Length + fields[1].Length + 3, $"a time in milliseconds is expected; found '{fields[2]}'");
            }

            if (!times.TryGetValue(fields[0], out List<double>? list))
            {
                ranges.Add(fields[0]);
                times.Add(fields[0], list = []);
            }

            list.Add(ms);
        }

        return [.. ranges.Select(range => (range, times[range].Order().ToArray()))];
    }
}
