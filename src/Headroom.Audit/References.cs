using System.Text.RegularExpressions;

namespace Headroom.Audit;

/// <summary>The sources of references.md by key, as they are embedded in this assembly.</summary>
public static partial class References
{
    private static readonly Lazy<IReadOnlyDictionary<string, string>> Read = new(() =>
    {
        using Stream stream = typeof(References).Assembly.GetManifestResourceStream("references.md")!;
        using var reader = new StreamReader(stream);
        return Parse(reader.ReadToEnd());
    });

    public static IReadOnlyDictionary<string, string> All => Read.Value;

    /// <summary>The source in full, or the key where it has no line.</summary>
    public static string Text(string key) => All.GetValueOrDefault(key, key);

    /// <summary>Lines of the form <c>- **[key]** Authors. Title. Venue year.</c></summary>
    public static IReadOnlyDictionary<string, string> Parse(string markdown)
    {
        ArgumentNullException.ThrowIfNull(markdown);
        var sources = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (Match match in Line().Matches(markdown))
        {
            sources[match.Groups[1].Value] = match.Groups[2].Value.Trim();
        }

        return sources;
    }

    [GeneratedRegex(@"^- \*\*\[([^\]]+)\]\*\* (.+)$", RegexOptions.Multiline)]
    private static partial Regex Line();
}
