using System.Diagnostics.CodeAnalysis;

namespace Headroom.Kernel.Quantities;

/// <summary>
/// A unit as people write it (<c>ms</c>, <c>Mbit/s</c>, <c>$/TB/month</c>, <c>%</c>, <c>copies</c>): its symbol, its dimension,
/// and its size in base units (bit, second, dollar, joule). Decimal (kB) and binary (KiB) prefixes are distinct.
/// A year is 365.25 days, a month a twelfth of it, and a Wh is 3,600 J.
/// </summary>
public sealed record Unit(string Symbol, double Scale, Dimension Dimension)
{
    public static Unit One { get; } = new("", 1, Dimension.None);
    public static Unit Percent { get; } = new("%", 0.01, Dimension.None);
    public static Unit Bit { get; } = new("bit", 1, Dimension.OfData);
    public static Unit Byte { get; } = new("B", 8, Dimension.OfData);
    public static Unit Second { get; } = new("s", 1, Dimension.OfTime);
    public static Unit Millisecond { get; } = new("ms", 1e-3, Dimension.OfTime);
    public static Unit Year { get; } = new("y", 365.25 * 86400, Dimension.OfTime);
    public static Unit Dollar { get; } = new("$", 1, Dimension.OfMoney);
    public static Unit DollarPerYear { get; } = Parse("$/y");
    public static Unit BytePerDay { get; } = Parse("B/day");
    public static Unit BitPerSecond { get; } = Parse("bit/s");
    public static Unit PerSecond { get; } = Parse("/s");

    /// <summary>A plain number with a label: <c>Unit.Count("copies")</c>.</summary>
    public static Unit Count(string label) => new(label, 1, Dimension.None);

    /// <summary>A ratio of two counts or amounts with a label: <c>B/B</c>, <c>copies/delivery</c>.</summary>
    public static Unit Ratio(string label) => new(label, 1, Dimension.None);

    public static Unit Parse(string text) =>
        TryParse(text, out Unit? unit, out string? problem) ? unit : throw new FormatException(problem);

    /// <summary>Reads a product or quotient of unit atoms; <c>a/b/c</c> is <c>a/(b*c)</c>.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out Unit? unit, [NotNullWhen(false)] out string? problem)
    {
        ArgumentNullException.ThrowIfNull(text);
        unit = null;
        string trimmed = text.Trim();
        if (trimmed.Length > 64)
        {
            problem = "a unit of more than 64 characters";
            return false;
        }

        double scale = 1;
        Dimension dimension = Dimension.None;
        string[] factors = trimmed.Split('/');
        for (int i = 0; i < factors.Length; i++)
        {
            string factor = factors[i].Trim();
            if (factor.Length == 0 && i == 0 && factors.Length > 1)
            {
                continue; // "/s": one per second
            }

            foreach (string atom in factor.Split('*', '·'))
            {
                if (!UnitAtoms.TryFind(atom.Trim(), out double atomScale, out Dimension atomDimension, out problem))
                {
                    return false;
                }

                scale = i == 0 ? scale * atomScale : scale / atomScale;
                dimension = i == 0 ? dimension * atomDimension : dimension / atomDimension;
            }
        }

        unit = new Unit(trimmed, scale, dimension);
        problem = null;
        return true;
    }

    public override string ToString() => Symbol;
}
