using System.Globalization;

namespace Headroom.Kernel.Quantities;

/// <summary>Numbers as people read them; never a culture's own separators.</summary>
public static class Print
{
    private static readonly string[] TimeUnits = ["y", "day", "h", "min", "s", "ms", "us", "ns"];
    private static readonly string[] Prefixes = ["E", "P", "T", "G", "M", "k", ""];

    /// <summary>The value to so many significant digits, without an exponent from 1e-4 to 1e15.</summary>
    public static string Significant(double value, int digits)
    {
        if (value == 0)
        {
            return "0";
        }

        if (!double.IsFinite(value))
        {
            return value > 0 ? "inf" : double.IsNaN(value) ? "undefined" : "-inf";
        }

        double size = Math.Abs(value);
        if (size is < 1e-4 or >= 1e15)
        {
            return value.ToString("0." + new string('#', digits - 1) + "e-0", CultureInfo.InvariantCulture);
        }

        int whole = size >= 1 ? (int)Math.Floor(Math.Log10(size)) + 1 : -(int)Math.Floor(-Math.Log10(size));
        int decimals = Math.Clamp(digits - whole, 0, 15);
        return Math.Round(value, decimals).ToString("0." + new string('#', decimals), CultureInfo.InvariantCulture);
    }

    /// <summary>The quantity in the unit of its family that leaves one to three digits before the point.</summary>
    public static string Human(Quantity quantity)
    {
        Dimension d = quantity.Dimension;
        double size = Math.Abs(quantity.Base);
        if (size == 0 || !double.IsFinite(size))
        {
            return quantity.ToString();
        }

        if (d == Dimension.OfTime)
        {
            string unit = Array.Find(TimeUnits, u => size >= Unit.Parse(u).Scale) ?? "ns";
            return $"{Significant(quantity.In(Unit.Parse(unit)), 4)} {unit}";
        }

        string symbol = quantity.Unit.Symbol;
        int slash = symbol.IndexOf('/', StringComparison.Ordinal);
        string below = slash < 0 ? "" : symbol[slash..];
        string atom = d.Money == 1 ? "$" : d.Data == 1 ? (symbol.Contains("bit", StringComparison.Ordinal) || symbol.Contains("bps", StringComparison.Ordinal) ? "bit" : "B") : "";
        if (d == Dimension.None || atom.Length == 0)
        {
            return d == Dimension.None && symbol != "%" && size >= 1e5
                ? $"{Prefixed(quantity.Value)} {symbol}".TrimEnd()
                : quantity.Unit.Symbol.Length == 0 || symbol[0] == '/' ? Significant(quantity.Value, 4) + symbol : $"{Significant(quantity.Value, 4)} {symbol}";
        }

        if (symbol.Contains("bps", StringComparison.Ordinal))
        {
            below = "/s";
        }

        foreach (string prefix in Prefixes)
        {
            Unit unit = Unit.Parse(prefix + atom + below);
            if (Math.Abs(quantity.In(unit)) >= 1 || prefix.Length == 0)
            {
                return $"{Significant(quantity.In(unit), 4)} {unit.Symbol}";
            }
        }

        return quantity.ToString();
    }

    /// <summary>A plain number with k, M, G, T, P or E: <c>7.8 T</c>.</summary>
    public static string Prefixed(double value)
    {
        double size = Math.Abs(value);
        (string Prefix, double Scale)[] scales = [("E", 1e18), ("P", 1e15), ("T", 1e12), ("G", 1e9), ("M", 1e6), ("k", 1e3)];
        foreach ((string prefix, double scale) in scales)
        {
            if (size >= scale && size < scale * 1e6)
            {
                return $"{Significant(value / scale, 4)} {prefix}";
            }
        }

        return Significant(value, 4);
    }
}
