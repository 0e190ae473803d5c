using System.Text.RegularExpressions;
using Headroom.Tests;
using Xunit.Abstractions;

namespace Headroom.Audit.Tests.Repository;

/// <summary>The source itself, read as text: what STYLE asks for and the compiler does not.</summary>
public sealed partial class TidyTests(ITestOutputHelper output)
{
    private const int MethodLinesMax = 60;
    private const int FileLinesWanted = 400;
    private static readonly string[] VagueNames = ["Helper", "Manager", "Utils", "Util", "Impl", "Common", "Misc"];

    [Fact]
    public void MethodsFitAScreen()
    {
        var tooLong = new List<string>();
        foreach (string file in SourceFiles.All("src", "tests", "benchmarks"))
        {
            string[] lines = File.ReadAllLines(file);
            if (lines.Length > FileLinesWanted)
            {
                output.WriteLine($"{SourceFiles.Name(file)} has {lines.Length} lines");
            }

            tooLong.AddRange(LongMethods(lines).Select(at => $"{SourceFiles.Name(file)}:{at.Line} has {at.Length} lines"));
        }

        tooLong.ShouldBeEmpty();
    }

    [Fact]
    public void NamesAreTheFieldsOwn() => SourceFiles.All("src")
        .Select(f => Path.GetFileNameWithoutExtension(f))
        .Where(name => VagueNames.Any(v => name.EndsWith(v, StringComparison.Ordinal)))
        .ShouldBeEmpty();

    [Fact]
    public void NothingIsPostponedOrHiddenInRegions()
    {
        string[] words = ["TO" + "DO", "FIX" + "ME", "HA" + "CK", "NotImplemented" + "Exception", "#reg" + "ion"];
        SourceFiles.All("src", "tests", "benchmarks")
            .Where(f => words.Any(w => File.ReadAllText(f).Contains(w, StringComparison.Ordinal)))
            .Select(SourceFiles.Name).ShouldBeEmpty();
    }

    [Fact]
    public void OneFileOneTopLevelPublicTypeOfItsName()
    {
        var wrong = new List<string>();
        foreach (string file in SourceFiles.All("src"))
        {
            string[] types = [.. PublicType().Matches(File.ReadAllText(file)).Select(m => m.Groups[1].Value)];
            string name = Path.GetFileName(file).Split('.')[0];
            // Small records that serve the file's type may stand beside it; the file is named for one of them.
            if (types.Length > 0 && !types.Contains(name))
            {
                wrong.Add($"{SourceFiles.Name(file)} holds {string.Join(", ", types)}");
            }
        }

        wrong.ShouldBeEmpty();
    }

    [Fact]
    public void EverySubjectSaysWhatItHoldsInFifteenLines()
    {
        foreach (string folder in Directory.GetDirectories(Path.Combine(SharedData.RepositoryRoot(), "src")))
        {
            string readme = Path.Combine(folder, "README.md");
            File.Exists(readme).ShouldBeTrue($"{SourceFiles.Name(folder)} has no README.md");
            File.ReadAllLines(readme).Length.ShouldBeInRange(3, 15, readme);
        }
    }

    [Fact]
    public void IntrinsicsStandOnlyInSimdFiles() => SourceFiles.All("src")
        .Where(f => !f.EndsWith(".Simd.cs", StringComparison.Ordinal) && File.ReadAllText(f).Contains("System.Runtime.Intrinsics", StringComparison.Ordinal))
        .Select(SourceFiles.Name).ShouldBeEmpty();

    [Fact]
    public void ResultsNeverRestOnThePlatformsLogarithm()
    {
        // Simulated, computed and modelled values have the same bits everywhere; printing may use what it likes.
        SourceFiles.All("src")
            .Where(f => !f.Contains("Headroom.Cli", StringComparison.Ordinal) && !f.EndsWith("Quantities/Print.cs", StringComparison.Ordinal))
            .Where(f => PlatformMath().IsMatch(File.ReadAllText(f)))
            .Select(SourceFiles.Name).ShouldBeEmpty();
    }

    /// <summary>Methods by their braces: a member's opening brace stands alone at four or eight spaces, as the formatter puts it.</summary>
    private static IEnumerable<(int Line, int Length)> LongMethods(string[] lines)
    {
        for (int i = 1; i < lines.Length; i++)
        {
            bool opens = lines[i] is "    {" or "        {";
            if (!opens || !Member().IsMatch(lines[i - 1].Length > 0 ? Header(lines, i) : ""))
            {
                continue;
            }

            string close = lines[i].Replace('{', '}');
            int end = Array.FindIndex(lines, i, l => l == close || l == close + ";");
            if (end - i - 1 > MethodLinesMax)
            {
                yield return (i, end - i - 1);
            }
        }
    }

    private static string Header(string[] lines, int brace)
    {
        string indent = lines[brace][..^1];
        for (int i = brace - 1; i >= 0 && i > brace - 12; i--)
        {
            if (lines[i].StartsWith(indent, StringComparison.Ordinal) && lines[i].Length > indent.Length && lines[i][indent.Length] != ' ')
            {
                return lines[i];
            }
        }

        return "";
    }

    [GeneratedRegex(@"^\s+(?:public|private|internal|protected|static)\b(?!.*\b(?:class|struct|record|interface|enum)\b)[^=]*\(")]
    private static partial Regex Member();

    [GeneratedRegex(@"^public (?:(?:static|sealed|abstract|readonly|partial|ref) )*(?:class|struct|record struct|record|interface|enum) ([A-Za-z0-9]+)", RegexOptions.Multiline)]
    private static partial Regex PublicType();

    [GeneratedRegex(@"\bMath\.(Log|Log2|Log10|Exp|Pow|Sin|Cos|Tan|Atan|Atan2|Sinh|Cosh|Tanh|Cbrt)\(")]
    private static partial Regex PlatformMath();
}
