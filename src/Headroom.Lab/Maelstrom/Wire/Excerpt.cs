using System.Text;

namespace Headroom.Lab.Maelstrom.Wire;

/// <summary>What a program printed, fit to be quoted: short, on one line, without control characters.</summary>
internal static class Excerpt
{
    public const int LengthMax = 200;

    public static string Of(ReadOnlySpan<byte> bytes) => Of(Encoding.UTF8.GetString(bytes[..Math.Min(bytes.Length, 4 * LengthMax)]), bytes.Length > 4 * LengthMax);

    public static string Of(string text, bool cut = false)
    {
        var quoted = new StringBuilder();
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (quoted.Length >= LengthMax)
            {
                cut = true;
                break;
            }

            quoted.Append(Rune.IsControl(rune) ? "\u00b7" : rune.ToString());
        }

        return cut ? quoted.Append('…').ToString() : quoted.ToString();
    }
}
