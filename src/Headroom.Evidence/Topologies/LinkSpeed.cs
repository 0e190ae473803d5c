using System.Globalization;

namespace Headroom.Evidence.Topologies;

/// <summary>Link speeds as maps of networks write them: <c>10 Gbps</c>, <c>155 Mbps</c>, <c>2.5 Gb/s</c>, <c>622 Mbit/s</c>.</summary>
internal static class LinkSpeed
{
    private static readonly string[] Endings = ["bps", "b/s", "bit/s"];

    /// <summary>Bits per second, or null when the text is anything else.</summary>
    public static double? Parse(string text)
    {
        string trimmed = text.Trim();
        foreach (string ending in Endings)
        {
            if (!trimmed.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            string rest = trimmed[..^ending.Length].TrimEnd();
            double scale = rest.Length == 0 ? 0 : rest[^1] switch { 'k' or 'K' => 1e3, 'm' or 'M' => 1e6, 'g' or 'G' => 1e9, 't' or 'T' => 1e12, _ => 1 };
            string number = scale > 1 ? rest[..^1].TrimEnd() : rest;
            if (double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double value) && value > 0 && value * scale < 1e18)
            {
                return value * scale;
            }
        }

        return null;
    }
}
