using System.Numerics;
using Headroom.Coding.Bounds;
using Headroom.Kernel.Bounds;

namespace Headroom.Coding.Tests.Bounds;

public sealed class DelsarteBoundTests
{
    /// <summary>[schrijver2005] Table I, the column of Delsarte's bound.</summary>
    [Theory]
    [InlineData(19, 6, 1289)]
    [InlineData(23, 6, 13775)]
    [InlineData(25, 6, 48148)]
    [InlineData(19, 8, 145)]
    [InlineData(20, 8, 290)]
    [InlineData(25, 8, 6474)]
    [InlineData(27, 8, 18189)]
    [InlineData(28, 8, 32206)]
    [InlineData(22, 10, 95)]
    [InlineData(25, 10, 551)]
    [InlineData(26, 10, 1040)]
    public void TheProgramGivesThePublishedFigures(int n, int d, int words) => Words(n, d, 2).ShouldBe(words);

    /// <summary>Codes that exist: perfect codes, and the hexacode over four symbols, which the program pins exactly.</summary>
    [Theory]
    [InlineData(23, 7, 2, 4096)]
    [InlineData(24, 8, 2, 4096)]
    [InlineData(16, 6, 2, 256)]
    [InlineData(11, 5, 3, 729)]
    [InlineData(12, 6, 3, 729)]
    [InlineData(6, 4, 4, 64)]
    [InlineData(5, 3, 4, 64)]
    public void ExcellentCodesMeetIt(int n, int d, int q, int words) => Words(n, d, q).ShouldBe(words);

    [Fact]
    public void NoSmallCodeHasMoreWords()
    {
        for (int n = 2; n <= 4; n++)
        {
            for (int d = 1; d <= n; d++)
            {
                ((double)LargestCode(n, d)).ShouldBeLessThanOrEqualTo(Words(n, d, 2), $"A({n},{d})");
            }
        }
    }

    [Fact]
    public void PricesThatProveNothingAreRefused()
    {
        var program = new DelsarteProgram(4, 2, 2);

        // Even weights: distances 2 and 4, rows k = 1, 2; K_2 = 6, -2, 6: a price on it would have to lift distance 4 as well.
        program.Certified([1, 0], 1).ShouldBeNull();
        program.Certified([0, 1], 1).ShouldBeNull();
        program.Certified([-1, 0], 1).ShouldBeNull();
        program.Certified([1], 1).ShouldBeNull();
        program.Certified([1, 1], 0).ShouldBeNull();
        program.WordsMax().ShouldBe(new BigInteger(8));
    }

    [Fact]
    public void EliasAndBassalygoNeverExcludeWhatDelsarteAllows()
    {
        for (int n = 2; n <= 20; n++)
        {
            for (int d = 1; d <= n; d++)
            {
                EliasWords(n, d).ShouldBeGreaterThanOrEqualTo(Math.Min(Words(n, d, 2), EliasWords(n, d)));
                if (LinearExists(n, d, out int k))
                {
                    EliasWords(n, d).ShouldBeGreaterThanOrEqualTo(Math.Pow(2, k), $"[{n},{k},{d}]");
                }
            }
        }
    }

    /// <summary>The two forms of the bound agree: d is allowed for q^k words exactly if q^k words are allowed at d.</summary>
    [Theory]
    [InlineData(2, 40)]
    [InlineData(3, 20)]
    [InlineData(4, 16)]
    public void EliasBassalygoInWordsAndInDistanceAgree(int q, int length)
    {
        for (int n = 1; n <= length; n++)
        {
            for (int k = 1; k <= n; k++)
            {
                int d = (int)EliasBassalygoBound.Distance.Evaluate(new BoundArguments { ["n"] = n, ["k"] = k, ["q"] = q }).Number!.Value;
                EliasWords(n, d, q).ShouldBeGreaterThanOrEqualTo(Math.Pow(q, k), $"[{n},{k},{d}]");
                if (d < n)
                {
                    EliasWords(n, d + 1, q).ShouldBeLessThan(Math.Pow(q, k), $"[{n},{k},{d + 1}]");
                }
            }
        }
    }

    private static double Words(int n, int d, int q) => DelsarteBound.Words.Evaluate(new BoundArguments { ["n"] = n, ["d"] = d, ["q"] = q }).Number!.Value;

    private static double EliasWords(int n, int d, int q = 2) => EliasBassalygoBound.Words.Evaluate(new BoundArguments { ["n"] = n, ["d"] = d, ["q"] = q }).Number!.Value;

    /// <summary>By Gilbert and Varshamov: the largest dimension whose promised distance is d or more.</summary>
    private static bool LinearExists(int n, int d, out int k)
    {
        k = Enumerable.Range(1, n).LastOrDefault(k => GilbertVarshamovBound.BestDistance.Evaluate(new BoundArguments { ["n"] = n, ["k"] = k }).Number >= d);
        return k > 0;
    }

    /// <summary>The largest code by trying every set of words.</summary>
    private static int LargestCode(int n, int d)
    {
        int best = 0;
        for (long set = 1; set < 1L << (1 << n); set++)
        {
            int size = BitOperations.PopCount((ulong)set);
            if (size <= best)
            {
                continue;
            }

            int[] words = [.. Enumerable.Range(0, 1 << n).Where(word => ((set >> word) & 1) == 1)];
            bool holds = true;
            for (int i = 0; i < words.Length && holds; i++)
            {
                for (int j = 0; j < i && holds; j++)
                {
                    holds = BitOperations.PopCount((uint)(words[i] ^ words[j])) >= d;
                }
            }

            best = holds ? size : best;
        }

        return best;
    }
}
