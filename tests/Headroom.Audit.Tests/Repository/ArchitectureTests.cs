using System.Text.RegularExpressions;
using System.Xml.Linq;
using Headroom.Tests;

namespace Headroom.Audit.Tests.Repository;

/// <summary>Arrows between projects run down only, and namespaces follow folders.</summary>
public sealed partial class ArchitectureTests
{
    private static readonly Dictionary<string, int> Tiers = new()
    {
        ["Kernel"] = 0,
        ["Graphs"] = 1,
        ["Numerics"] = 1,
        ["Simulation"] = 1,
        ["Information"] = 2,
        ["Complexity"] = 2,
        ["Queueing"] = 2,
        ["Flow"] = 2,
        ["Coding"] = 3,
        ["Dissemination"] = 3,
        ["Consensus"] = 3,
        ["Transport"] = 3,
        ["Caching"] = 3,
        ["Balancing"] = 3,
        ["Matching"] = 3,
        ["Quantum"] = 3,
        ["Learning"] = 4,
        ["Evidence"] = 5,
        ["Lab"] = 5,
        ["Audit"] = 6,
        ["Cli"] = 7,
        ["Web"] = 7,
        ["Cluster"] = 7,
    };

    private static readonly (string From, string To)[] SameTier = [("Simulation", "Graphs"), ("Simulation", "Numerics"), ("Graphs", "Numerics")];

    private static string Source => Path.Combine(SharedData.RepositoryRoot(), "src");

    [Fact]
    public void EveryProjectHasATierAndReferencesOnlyEarlierOnes()
    {
        foreach (string project in Directory.GetFiles(Source, "*.csproj", SearchOption.AllDirectories))
        {
            string from = Subject(project);
            Tiers.Keys.ShouldContain(from, $"{project}: the architecture names no such subject");
            foreach (XElement reference in XDocument.Load(project).Descendants("ProjectReference"))
            {
                string to = Subject(reference.Attribute("Include")!.Value);
                (Tiers[to] < Tiers[from] || SameTier.Contains((from, to))).ShouldBeTrue($"{from} (tier {Tiers[from]}) references {to} (tier {Tiers[to]})");
            }
        }
    }

    [Fact]
    public void NamespacesFollowFolders()
    {
        foreach (string file in SourceFiles.All("src"))
        {
            Match match = NamespaceLine().Match(File.ReadAllText(file));
            if (!match.Success)
            {
                Path.GetFileName(file).ShouldBeOneOf("Program.cs", "AssemblyInfo.cs");
                continue;
            }

            string expected = Path.GetRelativePath(Source, Path.GetDirectoryName(file)!).Replace(Path.DirectorySeparatorChar, '.');
            match.Groups[1].Value.ShouldBe(expected, file);
        }
    }

    [Fact]
    public void BoundsNeverSeeImplementations()
    {
        foreach (string file in SourceFiles.All("src").Where(f => f.Contains("/Bounds/", StringComparison.Ordinal) && !f.Contains("Headroom.Kernel", StringComparison.Ordinal)))
        {
            string subject = Subject(Path.GetDirectoryName(Path.GetDirectoryName(file))!);
            foreach (Match use in UsingLine().Matches(File.ReadAllText(file)))
            {
                string name = use.Groups[1].Value;
                // Graphs and service distributions are what these theorems speak of, numerics what they are evaluated with.
                bool allowed = name.StartsWith("Headroom.Kernel.", StringComparison.Ordinal) || name.StartsWith("Headroom.Graphs", StringComparison.Ordinal)
                    || name.StartsWith("Headroom.Numerics", StringComparison.Ordinal) || name == "Headroom.Queueing.Service" || name.EndsWith(".Bounds", StringComparison.Ordinal)
                    || name.EndsWith(".Models", StringComparison.Ordinal) || !name.StartsWith("Headroom.", StringComparison.Ordinal);
                allowed.ShouldBeTrue($"{file} ({subject}) uses {name}");
            }
        }
    }

    [Fact]
    public void ImplementationsNeverComputeTheirOwnBound()
    {
        foreach (string file in SourceFiles.All("src").Where(f => !f.Contains("/Bounds/", StringComparison.Ordinal) && !Subject(f).StartsWith("Audit", StringComparison.Ordinal) && Subject(f) != "Cli"))
        {
            UsingLine().Matches(File.ReadAllText(file)).Select(m => m.Groups[1].Value)
                .ShouldNotContain(name => name.EndsWith(".Bounds", StringComparison.Ordinal) && name != "Headroom.Kernel.Bounds", file);
        }
    }

    private static string Subject(string path) => SubjectName().Matches(path.Replace('\\', '/'))[^1].Groups[1].Value;

    [GeneratedRegex(@"Headroom\.([A-Za-z]+)")]
    private static partial Regex SubjectName();

    [GeneratedRegex(@"^namespace ([A-Za-z.0-9]+);", RegexOptions.Multiline)]
    private static partial Regex NamespaceLine();

    [GeneratedRegex(@"^using (?:static )?([A-Za-z.0-9]+);", RegexOptions.Multiline)]
    private static partial Regex UsingLine();
}
