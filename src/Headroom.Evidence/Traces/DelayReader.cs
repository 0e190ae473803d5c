using System.Globalization;
using Headroom.Kernel.Quantities;

namespace Headroom.Evidence.Traces;

/// <summary>
/// Reads delays, one a line, for an empirical jitter: whole nanoseconds (<c>12500</c>) or with a unit (<c>12.5 us</c>), rounded to a nanosecond. Empty
/// lines and those that begin with <c>#</c> are passed over.
/// </summary>
public static class DelayReader
{
    /// <summary>Delays at most; a longer file is refused, not cut.</summary>
    public const int DelaysMax = 5_000_000;

    /// <summary>No delay is longer: an hour.</summary>
    public const long DelayNsMax = 3_600_000_000_000;

    /// <exception cref="MalformedException">With the line and column.</exception>
    public static IReadOnlyList<long> Read(TextReader text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var delays = new List<long>();
        int line = 0;
        while (text.ReadLine() is { } row)
        {
            line++;
            ReadOnlySpan<char> trimmed = row.AsSpan().Trim();
            if (trimmed.Length == 0 || trimmed[0] == '#')
            {
                continue;
            }

            if (delays.Count >= DelaysMax)
            {
                throw new MalformedException(line, 1, $"more than {DelaysMax:N0} delays");
            }

            delays.Add(Delay(trimmed, line, 1 + row.AsSpan().IndexOfAnyExcept(' ', '\t')));
        }

        return delays.Count == 0 ? throw new MalformedException(0, 0, "no delay in the file: a line such as '12500' (nanoseconds) or '12.5 us' is expected") : delays;
    }

    private static long Delay(ReadOnlySpan<char> text, int line, int column)
    {
        string shown = text.Length <= 40 ? text.ToString() : string.Concat(text[..40], "…");
        if (!long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long ns))
        {
            if (text.Length > 100 || !Quantity.TryParse(text.ToString(), out Quantity quantity, out string? problem))
            {
                throw new MalformedException(line, column, $"whole nanoseconds or a time such as '12.5 us' is expected; found '{shown}'");
            }

            if (quantity.Dimension != Dimension.OfTime)
            {
                throw new MalformedException(line, column, quantity.Dimension == Dimension.None
                    ? $"a number without a unit is whole nanoseconds; found '{shown}'"
                    : $"a time is expected; '{shown}' is {quantity.Dimension}");
            }

            double rounded = Math.Round(quantity.In("ns"));
            ns = Math.Abs(rounded) <= DelayNsMax ? (long)rounded : rounded < 0 ? -1 : long.MaxValue;
        }

        return ns < 0 ? throw new MalformedException(line, column, $"a delay is not negative; found '{shown}'")
            : ns > DelayNsMax ? throw new MalformedException(line, column, $"a delay is at most an hour; found '{shown}'")
            : ns;
    }
}
