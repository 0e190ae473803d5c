using Headroom.Tests;

namespace Headroom.Audit.Tests.Repository;

/// <summary>The project's own source files, without what the build makes.</summary>
internal static class SourceFiles
{
    public static IEnumerable<string> All(params string[] folders) => folders
        .SelectMany(folder => Directory.GetFiles(Path.Combine(SharedData.RepositoryRoot(), folder), "*.cs", SearchOption.AllDirectories))
        .Where(f => !f.Contains("/obj/", StringComparison.Ordinal) && !f.Contains("/bin/", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal);

    public static string Name(string file) => Path.GetRelativePath(SharedData.RepositoryRoot(), file);
}
