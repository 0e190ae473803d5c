using System.Runtime.CompilerServices;

namespace Headroom.Tests;

/// <summary>Where outside data lie: <c>../shared/data</c> beside the checkout. It is not part of the project.</summary>
internal static class SharedData
{
    public static string Root { get; } = Path.GetFullPath(Path.Combine(RepositoryRoot(), "..", "shared", "data"));

    public static string PathOf(string relative) => Path.Combine(Root, relative);

    public static string RepositoryRoot([CallerFilePath] string here = "")
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "Directory.Packages.props")))
            {
                return at.FullName;
            }
        }

        throw new DirectoryNotFoundException($"no repository above {AppContext.BaseDirectory} (compiled from {here})");
    }
}

/// <summary>A fact about outside data; skipped with its reason when the data are absent.</summary>
internal sealed class SharedDataFactAttribute : FactAttribute
{
    public SharedDataFactAttribute(string relative) => Skip = SharedDataReason.Of(relative);
}

/// <summary>A theory about outside data; skipped with its reason when the data are absent.</summary>
internal sealed class SharedDataTheoryAttribute : TheoryAttribute
{
    public SharedDataTheoryAttribute(string relative) => Skip = SharedDataReason.Of(relative);
}

internal static class SharedDataReason
{
    public static string? Of(string relative)
    {
        string path = SharedData.PathOf(relative);
        return File.Exists(path) || Directory.Exists(path) ? null : $"missing data: ../shared/data/{relative}";
    }
}
