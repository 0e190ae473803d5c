using Headroom.Coding.Bounds;
using Headroom.Kernel.Bounds;

namespace Headroom.Coding.Tests.Bounds;

public sealed class CodingBoundsTests
{
    /// <summary>Best-known binary linear codes, lower and upper end: GUAVA's tables of May 2006.</summary>
    public static TheoryData<int, int, int, int> BestKnown => new()
    {
        { 24, 12, 8, 8 },
        { 31, 16, 8, 8 },
        { 48, 24, 12, 12 },
        { 63, 32, 12, 15 },
        { 72, 36, 15, 17 },
        { 128, 64, 22, 28 },
        { 255, 127, 38, 58 },
    };

    [Theory]
    [MemberData(nameof(BestKnown))]
    public void CeilingsLieAboveTheBestKnownCodesAndExistenceBelow(int n, int k, int low, int high)
    {
        foreach (Bound ceiling in (Bound[])[SingletonBound.Distance, HammingBound.Distance, PlotkinBound.Distance, GriesmerBound.Distance])
        {
            Value(ceiling, n, k).ShouldBeGreaterThanOrEqualTo(low, ceiling.Id);
        }

        Value(GilbertVarshamovBound.BestDistance, n, k).ShouldBeLessThanOrEqualTo(high);
    }

    /// <summary>Codes with proofs: no ceiling may exclude them.</summary>
    [Theory]
    [InlineData(7, 4, 3)]
    [InlineData(8, 4, 4)]
    [InlineData(23, 12, 7)]
    [InlineData(24, 12, 8)]
    [InlineData(15, 5, 7)]
    [InlineData(16, 5, 8)]
    [InlineData(31, 5, 16)]
    [InlineData(32, 6, 16)]
    [InlineData(15, 14, 2)]
    [InlineData(9, 1, 9)]
    public void NoCeilingExcludesACodeThatExists(int n, int k, int d)
    {
        foreach (Bound ceiling in (Bound[])[SingletonBound.Distance, HammingBound.Distance, PlotkinBound.Distance, GriesmerBound.Distance])
        {
            Value(ceiling, n, k).ShouldBeGreaterThanOrEqualTo(d, ceiling.Id);
        }

        Value(GilbertVarshamovBound.BestDistance, n, k).ShouldBeLessThanOrEqualTo(Value(GriesmerBound.Distance, n, k));
    }

    /// <summary>Every linear binary code of length up to 7 and dimension up to 3, by its generator: the best distance lies between existence and each ceiling.</summary>
    [Fact]
    public void ExhaustedSmallCodesLieBetweenExistenceAndTheCeilings()
    {
        for (int n = 1; n <= 7; n++)
        {
            for (int k = 1; k <= Math.Min(3, n); k++)
            {
                int best = BestDistance(n, k);
                Value(GilbertVarshamovBound.BestDistance, n, k).ShouldBeLessThanOrEqualTo(best, $"[{n},{k}]");
                foreach (Bound ceiling in (Bound[])[SingletonBound.Distance, HammingBound.Distance, PlotkinBound.Distance, GriesmerBound.Distance])
                {
                    Value(ceiling, n, k).ShouldBeGreaterThanOrEqualTo(best, $"{ceiling.Id} [{n},{k}]");
                }
            }
        }
    }

    [Fact]
    public void TheGoalOfALossIsMetByTheStorageThatTheConverseNamesAndByNoLess()
    {
        for (int nodes = 6; nodes <= 30; nodes += 4)
        {
            BoundValue floor = MdsConverse.Overhead.Evaluate(new BoundArguments { ["nodes"] = nodes, ["p"] = 0.05, ["loss"] = 1e-4 });
            int survived = (int)Math.Round(nodes - (nodes / floor.Number!.Value));
            Loss(nodes, nodes - survived, 0.05).ShouldBeLessThanOrEqualTo(1e-4);
            Loss(nodes, nodes - survived + 1, 0.05).ShouldBeGreaterThan(1e-4);
        }

        MdsConverse.Overhead.Evaluate(new BoundArguments { ["nodes"] = 2, ["p"] = 0.5, ["loss"] = 0.1 }).ShouldBe(BoundValue.Unlimited);
        MdsConverse.Overhead.Evaluate(new BoundArguments { ["nodes"] = 400, ["p"] = 0, ["loss"] = 0 }).ShouldBe(BoundValue.Of(1));
    }

    [Theory]
    [InlineData(8, 9, 4.5)]
    [InlineData(8, 11, 2.75)]
    [InlineData(10, 13, 3.25)]
    [InlineData(16, 19, 4.75)]
    public void CutSetRepairIsWhatClayReads(int k, int d, double reads) =>
        CutSetRepairBound.Reads.Evaluate(new BoundArguments { ["k"] = k, ["d"] = d }).ShouldBe(BoundValue.Of(reads));

    [Fact]
    public void WhatNothingSurvivesIsUnboundedAndWhatIsNoCodeIsOutside()
    {
        SingletonBound.Overhead.Evaluate(new BoundArguments { ["n"] = 4, ["t"] = 4 }).ShouldBe(BoundValue.Unlimited);
        SingletonBound.Distance.Evaluate(new BoundArguments { ["n"] = 4, ["k"] = 5 }).ShouldBeOfType<BoundValue.OutsideRegime>();
        GriesmerBound.Distance.Evaluate(new BoundArguments { ["n"] = 9, ["k"] = 5, ["q"] = 6 }).ShouldBeOfType<BoundValue.OutsideRegime>();
        CutSetRepairBound.Reads.Evaluate(new BoundArguments { ["k"] = 8, ["d"] = 7 }).ShouldBeOfType<BoundValue.OutsideRegime>();
    }

    [Fact]
    public void EveryExampleAndEveryAttainmentHolds()
    {
        foreach (Bound bound in CodingBounds.All)
        {
            foreach (WorkedExample example in bound.Examples)
            {
                double expected = example.Expected.Number!.Value;
                bound.Evaluate(example.Arguments).Number!.Value.ShouldBe(expected, Math.Abs(expected) * example.RelativeTolerance, $"{bound.Id} {example.Arguments}");
            }

            Attainment attained = bound.Attained!;
            double reached = attained.Reached();
            bound.Evaluate(attained.Arguments).Number!.Value.ShouldBe(reached, Math.Abs(reached) * attained.RelativeTolerance, bound.Id);
        }
    }

    [Fact]
    public void TheMostNodesThatAreLegalHaveALoss() =>
        MdsConverse.Loss.Evaluate(new BoundArguments { ["n"] = 9e15, ["k"] = 1, ["p"] = 0.1 }).ShouldBe(BoundValue.Of(0));

    /// <summary>The ends of every domain and numbers between them: a value, never an exception.</summary>
    [Fact]
    public void EveryLegalNumberGivesAValue()
    {
        foreach (Bound bound in CodingBounds.All)
        {
            for (int i = 0; i < 81; i++)
            {
                var arguments = new BoundArguments();
                int corner = i;
                foreach (BoundParameter parameter in bound.Parameters)
                {
                    double max = Math.Min(parameter.Max, 1e300);
                    arguments[parameter.Name] = (corner % 3) switch { 0 => parameter.Min, 1 => max, _ => parameter.Shape == ParameterShape.Integer ? Math.Min(max, 7) : Math.Clamp(0.3, parameter.Min, max) };
                    corner /= 3;
                }

                Should.NotThrow(() => bound.Evaluate(arguments), $"{bound.Id} {arguments}");
            }
        }
    }

    private static double Value(Bound bound, int n, int k) => bound.Evaluate(new BoundArguments { ["n"] = n, ["k"] = k }).Number!.Value;

    private static double Loss(int n, int k, double p) => MdsConverse.Loss.Evaluate(new BoundArguments { ["n"] = n, ["k"] = k, ["p"] = p }).Number!.Value;

    private static int BestDistance(int n, int k)
    {
        int best = 0;
        for (int rows = 0; rows < 1 << (n * k); rows++)
        {
            int least = n + 1;
            for (int mix = 1; mix < 1 << k && least > best; mix++)
            {
                int word = 0;
                for (int i = 0; i < k; i++)
                {
                    word ^= ((mix >> i) & 1) == 1 ? (rows >> (i * n)) & ((1 << n) - 1) : 0;
                }

                least = Math.Min(least, System.Numerics.BitOperations.PopCount((uint)word));
            }

            best = Math.Max(best, least);
        }

        return best;
    }
}
