using System.Diagnostics;
using Headroom.Coding.Bounds;
using Headroom.Kernel.Bounds;

namespace Headroom.Coding.Tests.Bounds;

/// <summary>Every bound on distances over every length and dimension of GUAVA's tables: no ceiling excludes a code that exists, and none is promised beyond what is excluded.</summary>
public sealed class GuavaTableTests
{
    [GuavaTheory]
    [InlineData(24, 12, 8, 8)]
    [InlineData(31, 16, 8, 8)]
    [InlineData(48, 24, 12, 12)]
    [InlineData(63, 32, 12, 15)]
    [InlineData(72, 36, 15, 17)]
    [InlineData(128, 64, 22, 28)]
    [InlineData(255, 127, 38, 58)]
    public void WellKnownEntriesAreRead(int n, int k, int low, int high)
    {
        GuavaTable table = GuavaTable.Read(2);
        (table.Length, table.Lower(n, k), table.Upper(n, k)).ShouldBe((257, low, high));
    }

    [GuavaTheory]
    [InlineData(2, 257)]
    [InlineData(3, 243)]
    [InlineData(4, 256)]
    public void LowerEntriesLieBelowUpperOnes(int q, int length)
    {
        GuavaTable table = GuavaTable.Read(q);
        table.Length.ShouldBe(length);
        Each(table.Length, (n, k) => table.Lower(n, k) <= table.Upper(n, k)).ShouldBeNull();
    }

    [GuavaTheory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void NoCeilingExcludesAKnownCode(int q)
    {
        GuavaTable table = GuavaTable.Read(q);
        foreach (Bound ceiling in (Bound[])[SingletonBound.Distance, HammingBound.Distance, PlotkinBound.Distance, GriesmerBound.Distance, EliasBassalygoBound.Distance])
        {
            Each(table.Length, (n, k) => Value(ceiling, n, k, q) >= table.Lower(n, k)).ShouldBeNull(ceiling.Id);
        }
    }

    [GuavaTheory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void NoCodeIsPromisedThatIsExcluded(int q)
    {
        GuavaTable table = GuavaTable.Read(q);
        Each(table.Length, (n, k) => Value(GilbertVarshamovBound.BestDistance, n, k, q) <= table.Upper(n, k)).ShouldBeNull();
    }

    /// <summary>A known code has q^k words: the program must allow as many. Over every length of its range; one program a distance.</summary>
    [GuavaTheory]
    [InlineData(2, 48)]
    [InlineData(3, 32)]
    [InlineData(4, 32)]
    public void DelsartesProgramAllowsEveryKnownCode(int q, int length)
    {
        GuavaTable table = GuavaTable.Read(q);
        for (int n = 1; n <= length; n++)
        {
            foreach (IGrouping<int, int> sizes in Enumerable.Range(1, n).GroupBy(k => table.Lower(n, k)))
            {
                double words = DelsarteBound.Words.Evaluate(new BoundArguments { ["n"] = n, ["d"] = sizes.Key, ["q"] = q }).Number!.Value;
                words.ShouldBeGreaterThanOrEqualTo(Math.Pow(q, sizes.Max()), $"[{n},{sizes.Max()},{sizes.Key}] over {q}");
            }
        }
    }

    /// <summary>GUAVA's own program, asked for some of the entries that are derived in the most ways.</summary>
    [GuavaFact]
    public void TheTablesReadAsTheirOwnerReadsThem()
    {
        (int N, int K, int Q)[] asked = [.. Enumerable.Range(0, 24).Select(i => (N: 30 + (i * 37 % 210), K: 2 + (i * i * 11 % 28), Q: 2 + (i % 3)))];
        string script = "LoadPackage(\"guava\");;" + string.Concat(asked.Select(code =>
            $"b:=BoundsMinimumDistance({code.N},{code.K},{code.Q});;Print(b.lowerBound,\" \",b.upperBound,\"\\n\");")) + "QUIT;";
        var start = new ProcessStartInfo("gap", ["-q", "-A"]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        using Process gap = Process.Start(start)!;
        gap.StandardInput.Write(script);
        gap.StandardInput.Close();
        string[] answers = [.. gap.StandardOutput.ReadToEnd().Split('\n').Where(line => line.Length > 0 && char.IsAsciiDigit(line[0]))];
        answers.ShouldBe([.. asked.Select(code => GuavaTable.Read(code.Q) is var table ? $"{table.Lower(code.N, code.K)} {table.Upper(code.N, code.K)}" : "")]);
    }

    [GuavaTheory]
    [InlineData(2, 20)]
    [InlineData(3, 12)]
    [InlineData(4, 10)]
    public void DelsartesDistanceLiesBetweenTheTableAndTheOtherCeilings(int q, int length)
    {
        GuavaTable table = GuavaTable.Read(q);
        Each(length, (n, k) => Value(DelsarteBound.Distance, n, k, q) is var d && d >= table.Lower(n, k)
            && d <= Value(SingletonBound.Distance, n, k, q) && d <= Value(HammingBound.Distance, n, k, q)).ShouldBeNull();
    }

    /// <summary>The first length and dimension at which it does not hold; null where it always does.</summary>
    private static string? Each(int length, Func<int, int, bool> holds)
    {
        for (int n = 1; n <= length; n++)
        {
            for (int k = 1; k <= n; k++)
            {
                if (!holds(n, k))
                {
                    return $"[{n},{k}]";
                }
            }
        }

        return null;
    }

    private static double Value(Bound bound, int n, int k, int q)
    {
        var arguments = new BoundArguments { ["n"] = n, ["k"] = k };
        if (bound.Parameters.Any(parameter => parameter.Name == "q"))
        {
            arguments["q"] = q;
        }

        return bound.Evaluate(arguments).Number!.Value;
    }
}
