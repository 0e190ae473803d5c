using System.Globalization;
using Headroom.Audit.Links;
using Headroom.Audit.Reading;
using Headroom.Kernel.Quantities;

namespace Headroom.Audit.Comparisons.Grids;

/// <summary>
/// Reads an axis of a grid as it is typed: values separated by commas, <c>100,1k,10k</c> or <c>1ms,50ms</c>. What is wrong is an
/// <see cref="InputException"/> that names the option.
/// </summary>
public static class AxisReader
{
    private const int ValuesMax = 1000;

    /// <summary>The parts between commas; a comma within parentheses separates nothing.</summary>
    public static IReadOnlyList<string> Split(string option, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var parts = new List<string>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i <= text.Length; i++)
        {
            char c = i < text.Length ? text[i] : ',';
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (c == ',' && (depth <= 0 || i == text.Length))
            {
                string part = text[start..i].Trim();
                parts.Add(part.Length > 0 ? part : throw Wrong(option, text.Trim().Length == 0 ? "the value is missing" : $"an empty value in '{Shorten(text)}'"));
                start = i + 1;
            }
        }

        return parts.Count <= ValuesMax ? parts : throw Wrong(option, $"{parts.Count} values; at most {ValuesMax} are taken");
    }

    /// <summary>Whole numbers, with k, M or G for thousands, millions and thousand millions.</summary>
    public static IReadOnlyList<long> Counts(string option, string text, long min, long max) => Values(option, text, part =>
    {
        (double number, double scale, string rest) = Prefixed(part);
        double value = number * scale;
        return rest.Length > 0 || value != Math.Floor(value) ? throw Wrong(option, $"'{Shorten(part)}' is not a whole number such as 100 or 10k")
            : value < min || value > max ? throw Wrong(option, $"'{Shorten(part)}' lies outside {min} to {max}")
            : (long)value;
    });

    /// <summary>What each part says, by a reader that knows the option's place; equal ones once.</summary>
    public static IReadOnlyList<T> Each<T>(string option, string text, Func<string, Place, T> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        return Values(option, text, part => read(part, Place.OfOption(option)));
    }

    /// <summary>Times in nanoseconds, not negative.</summary>
    public static IReadOnlyList<long> Times(string option, string text, string most) => Values(option, text, part =>
    {
        Quantity value = ReadQuantity(option, part, Dimension.OfTime, "a time such as 50ms");
        double seconds = value.Base;
        return seconds < 0 ? throw Wrong(option, $"'{Shorten(part)}' is negative; a time of 0 or more is expected")
            : seconds > Kernel.Quantities.Quantity.Parse(most).Base ? throw Wrong(option, $"'{Shorten(part)}' is more than {most}")
            : (long)Math.Round(seconds * 1e9);
    });

    /// <summary>Shares of at least 0 and below 1: <c>0.1%</c> or <c>0.001</c>.</summary>
    public static IReadOnlyList<double> Shares(string option, string text, string what) => Values(option, text, part =>
    {
        double value = ReadQuantity(option, part, Dimension.None, "a share such as 1%").Base;
        return value >= 0 && value < 1 ? value : throw Wrong(option, $"{what} is at least 0 and below 100%; found '{Shorten(part)}'");
    });

    /// <summary>Bits a second: <c>100M</c>, <c>1G</c>, <c>20 MB/s</c>, or <c>inf</c>.</summary>
    public static IReadOnlyList<double> Bandwidths(string option, string text) => Values(option, text, part =>
    {
        if (part is "inf" or "infinite")
        {
            return double.PositiveInfinity;
        }

        (double number, double scale, string rest) = Prefixed(part);
        double value = rest.Length == 0 && !double.IsNaN(number)
            ? number * scale
            : ReadQuantity(option, part, Dimension.OfData / Dimension.OfTime, "a bandwidth such as 100M (bit/s) or 20MB/s").Base;
        return value > 0 ? value : throw Wrong(option, $"a bandwidth is above 0; found '{Shorten(part)}'");
    });

    /// <summary>One amount of data in bytes; a plain number counts bytes.</summary>
    public static int Bytes(string option, string text, int max)
    {
        ArgumentNullException.ThrowIfNull(text);
        (double number, double scale, string rest) = Prefixed(text.Trim());
        double value = rest.Length == 0 && !double.IsNaN(number) ? number * scale : ReadQuantity(option, text, Dimension.OfData, "an amount such as 1kB").In(Unit.Byte);
        return value >= 1 && value <= max ? (int)Math.Ceiling(value) : throw Wrong(option, $"'{Shorten(text)}' lies outside 1 B to {max} B");
    }

    /// <summary>One length of time, above 0.</summary>
    public static TimeSpan Duration(string option, string text)
    {
        double seconds = ReadQuantity(option, text, Dimension.OfTime, "a time such as 5min").Base;
        return seconds > 0 && seconds <= 1e8 ? TimeSpan.FromSeconds(seconds) : throw Wrong(option, $"a time above 0 is expected; found '{Shorten(text)}'");
    }

    /// <summary>One rate, above 0: <c>100/s</c>, <c>20/min</c>, or a plain number a second.</summary>
    public static double PerSecond(string option, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        (double number, double scale, string rest) = Prefixed(text.Trim());
        double value = rest.Length == 0 && !double.IsNaN(number) ? number * scale : ReadQuantity(option, text, Unit.PerSecond.Dimension, "a rate such as 100/s").Base;
        return value is > 0 and <= 1e9 ? value : throw Wrong(option, $"a rate above 0 and at most a thousand million a second is expected; found '{Shorten(text)}'");
    }

    /// <summary>The option's fault.</summary>
    public static InputException Wrong(string option, string problem) => new(new Mark(option, 0, 0), problem);

    private static List<T> Values<T>(string option, string text, Func<string, T> read)
    {
        var values = new List<T>();
        foreach (string part in Split(option, text))
        {
            T value = read(part);
            if (!values.Contains(value))
            {
                values.Add(value);
            }
        }

        return values;
    }

    private static Quantity ReadQuantity(string option, string text, Dimension dimension, string expected)
    {
        // People write 5m for five minutes, and the unit of that name is min.
        string written = text.EndsWith('m') && dimension == Dimension.OfTime ? text + "in" : text;
        if (!Kernel.Quantities.Quantity.TryParse(written, out Quantity quantity, out string? problem))
        {
            throw Wrong(option, $"{problem}; {expected} is expected");
        }

        bool isZero = quantity.Value == 0 && quantity.Dimension == Dimension.None;
        return quantity.Dimension == dimension || isZero ? quantity.Dimension == dimension ? quantity : new Quantity(0, Unit.One)
            : throw Wrong(option, $"'{Shorten(text)}' {(quantity.Dimension == Dimension.None ? "has no unit" : $"is {quantity.Dimension}")}; {expected} is expected");
    }

    /// <summary>A number with a decimal prefix and what follows; not a number where it begins with none.</summary>
    private static (double Number, double Scale, string After) Prefixed(string text)
    {
        int end = text.Length;
        while (end > 0 && !char.IsAsciiDigit(text[end - 1]) && text[end - 1] != '.')
        {
            end--;
        }

        if (!double.TryParse(text.AsSpan(0, end), NumberStyles.Float, CultureInfo.InvariantCulture, out double number) || !double.IsFinite(number))
        {
            return (double.NaN, 1, text);
        }

        string rest = text[end..].Trim();
        return rest switch { "k" or "K" => (number, 1e3, ""), "M" => (number, 1e6, ""), "G" => (number, 1e9, ""), "T" => (number, 1e12, ""), _ => (number, 1, rest) };
    }

    private static string Shorten(string text) => text.Length <= 40 ? text : text[..40] + "…";
}
