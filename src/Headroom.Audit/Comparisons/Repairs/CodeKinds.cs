using Headroom.Coding.Erasure;

namespace Headroom.Audit.Comparisons.Repairs;

/// <summary>The kinds of codes, by which rates are stated.</summary>
internal static class CodeKinds
{
    public static IReadOnlyList<string> All { get; } = [.. StorageCodes.Forms.Select(Of).Distinct()];

    /// <summary>What stands before the parenthesis: <c>rs</c>.</summary>
    public static string Of(string name) => name[..name.IndexOf('(', StringComparison.Ordinal)];
}
