using System.Text.RegularExpressions;
using Headroom.Tests;

namespace Headroom.Audit.Tests.Repository;

/// <summary>Every key that is cited has a source, and every source is cited.</summary>
public sealed partial class ReferenceTests
{
    [Fact]
    public void EveryCitedKeyResolvesAndEverySourceIsCited()
    {
        string root = SharedData.RepositoryRoot();
        string text = string.Concat(SourceFiles.All("src", "tests", "benchmarks").Select(File.ReadAllText))
            + string.Concat(Directory.GetFiles(Path.Combine(root, "docs"), "*.md", SearchOption.AllDirectories).Where(f => Path.GetFileName(f) != "bounds.md").Select(File.ReadAllText));
        string[] citations = [.. CitationInCode().Matches(text).Select(m => m.Groups[1].Value), .. CitationInText().Matches(text).Select(m => m.Groups[1].Value)];
        citations.Where(key => !References.All.ContainsKey(key)).Distinct().ShouldBeEmpty("cited, but not in references.md");
        References.All.Keys.Where(key => !citations.Contains(key) && !text.Contains($"[{key}", StringComparison.Ordinal)).ShouldBeEmpty("in references.md, but not cited by code or docs");
    }

    [Fact]
    public void EveryLineOfTheListIsReadAndUnique()
    {
        string[] lines = [.. File.ReadAllLines(Path.Combine(SharedData.RepositoryRoot(), "references.md")).Where(l => l.StartsWith("- ", StringComparison.Ordinal))];
        References.All.Count.ShouldBe(lines.Length, "a line that is not of the form - **[key]** text, or a key that stands twice");
    }

    [GeneratedRegex("new(?: Citation)?\\(\"([a-z0-9-]+[0-9]{4}[a-z]?)\"")]
    private static partial Regex CitationInCode();

    [GeneratedRegex("\\[([a-z-]+[0-9]{4}[a-z]?)[\\],]")]
    private static partial Regex CitationInText();
}
