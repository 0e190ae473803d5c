using System.Diagnostics.CodeAnalysis;

namespace Headroom.Kernel.Quantities;

/// <summary>The indivisible units and their prefixes.</summary>
internal static class UnitAtoms
{
    private const double Day = 86400;

    private static readonly Dictionary<string, (double Scale, Dimension Dimension)> Plain = new(StringComparer.Ordinal)
    {
        ["%"] = (0.01, Dimension.None),
        ["ppm"] = (1e-6, Dimension.None),
        ["1"] = (1, Dimension.None),
        ["ns"] = (1e-9, Dimension.OfTime),
        ["us"] = (1e-6, Dimension.OfTime),
        ["µs"] = (1e-6, Dimension.OfTime),
        ["μs"] = (1e-6, Dimension.OfTime),
        ["ms"] = (1e-3, Dimension.OfTime),
        ["s"] = (1, Dimension.OfTime),
        ["min"] = (60, Dimension.OfTime),
        ["h"] = (3600, Dimension.OfTime),
        ["hour"] = (3600, Dimension.OfTime),
        ["d"] = (Day, Dimension.OfTime),
        ["day"] = (Day, Dimension.OfTime),
        ["days"] = (Day, Dimension.OfTime),
        ["week"] = (7 * Day, Dimension.OfTime),
        ["month"] = (365.25 / 12 * Day, Dimension.OfTime),
        ["y"] = (365.25 * Day, Dimension.OfTime),
        ["year"] = (365.25 * Day, Dimension.OfTime),
        ["years"] = (365.25 * Day, Dimension.OfTime),
        ["byte"] = (8, Dimension.OfData),
        ["bytes"] = (8, Dimension.OfData),
        ["bits"] = (1, Dimension.OfData),
    };

    /// <summary>Units that take a prefix, the longest first so that <c>Wh</c> is not read as <c>W</c>.</summary>
    private static readonly (string Symbol, double Scale, Dimension Dimension, bool Binary)[] Prefixed =
    [
        ("bps", 1, Dimension.OfData / Dimension.OfTime, false),
        ("bit", 1, Dimension.OfData, true),
        ("USD", 1, Dimension.OfMoney, false),
        ("Wh", 3600, Dimension.OfEnergy, false),
        ("W", 1, Dimension.OfEnergy / Dimension.OfTime, false),
        ("J", 1, Dimension.OfEnergy, false),
        ("$", 1, Dimension.OfMoney, false),
        ("B", 8, Dimension.OfData, true),
    ];

    private static readonly Dictionary<string, double> Decimal = new(StringComparer.Ordinal)
    {
        [""] = 1,
        ["k"] = 1e3,
        ["M"] = 1e6,
        ["G"] = 1e9,
        ["T"] = 1e12,
        ["P"] = 1e15,
        ["E"] = 1e18,
    };

    private static readonly Dictionary<string, double> Binary = new(StringComparer.Ordinal)
    {
        ["Ki"] = 1024d,
        ["Mi"] = 1048576d,
        ["Gi"] = 1073741824d,
        ["Ti"] = 1099511627776d,
        ["Pi"] = 1125899906842624d,
    };

    public static bool TryFind(string atom, out double scale, out Dimension dimension, [NotNullWhen(false)] out string? problem)
    {
        problem = null;
        if (Plain.TryGetValue(atom, out (double Scale, Dimension Dimension) plain))
        {
            (scale, dimension) = plain;
            return true;
        }

        foreach ((string symbol, double unitScale, Dimension unitDimension, bool takesBinary) in Prefixed)
        {
            if (!atom.EndsWith(symbol, StringComparison.Ordinal))
            {
                continue;
            }

            string prefix = atom[..^symbol.Length];
            if (Decimal.TryGetValue(prefix, out double factor) || (takesBinary && Binary.TryGetValue(prefix, out factor)))
            {
                scale = factor * unitScale;
                dimension = unitDimension;
                return true;
            }
        }

        scale = 0;
        dimension = Dimension.None;
        problem = atom.Length == 0 ? "an empty unit" : $"no unit '{atom}'{Suggest(atom)}";
        return false;
    }

    private static string Suggest(string atom)
    {
        if (atom.EndsWith('b') && Decimal.ContainsKey(atom[..^1]))
        {
            return $" (write {atom[..^1]}bit or {atom[..^1]}B)";
        }

        IEnumerable<string> known = Plain.Keys
            .Concat(Prefixed.SelectMany(p => Decimal.Keys.Select(d => d + p.Symbol)))
            .Concat(Prefixed.Where(p => p.Binary).SelectMany(p => Binary.Keys.Select(b => b + p.Symbol)));
        string? sameLetters = known.FirstOrDefault(k => k.Equals(atom, StringComparison.OrdinalIgnoreCase));
        string? near = sameLetters ?? NearestName.Of(atom, known);
        return near is null ? "" : $" (did you mean {near}?)";
    }
}
