using System.Text;

namespace Headroom.Audit.Systems;

/// <summary>A name as part of an identifier or a file name: lower-case letters, digits and single hyphens.</summary>
public static class Slug
{
    public static string Of(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var text = new StringBuilder(name.Length);
        foreach (char c in name)
        {
            if (char.IsAsciiLetterOrDigit(c))
            {
                _ = text.Append(char.ToLowerInvariant(c));
            }
            else if (text.Length > 0 && text[^1] != '-')
            {
                _ = text.Append('-');
            }
        }

        string slug = text.ToString().Trim('-');
        return slug.Length == 0 ? "unnamed" : slug;
    }
}
