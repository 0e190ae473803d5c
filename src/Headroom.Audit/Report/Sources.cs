using System.Text.RegularExpressions;
using Headroom.Kernel.Findings;

namespace Headroom.Audit.Report;

/// <summary>The works that findings cite.</summary>
internal static partial class Sources
{
    /// <summary>The works that the limits of these findings cite, by key.</summary>
    public static IEnumerable<KeyValuePair<string, string>> CitedIn(IEnumerable<Finding> findings)
    {
        var cited = new SortedSet<string>(
            findings.Where(f => f.Limit is not null).SelectMany(f => Key().Matches(f.Limit!.Provenance.Detail)).Select(m => m.Groups[1].Value), StringComparer.Ordinal);
        return References.All.Where(source => cited.Contains(source.Key));
    }

    [GeneratedRegex(@"\[([\w-]+)\]")]
    private static partial Regex Key();
}
