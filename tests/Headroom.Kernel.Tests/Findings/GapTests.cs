using Headroom.Kernel.Bounds;
using Headroom.Kernel.Findings;
using Headroom.Kernel.Statistics;

namespace Headroom.Kernel.Tests.Findings;

public sealed class GapTests
{
    private static readonly Provenance Ours = Provenance.Computed("a test");

    [Fact]
    public void HeadroomIsOneMinusLimitOverNowForAFloorAndTheInverseForACeiling()
    {
        Gap.Headroom(4, BoundValue.Of(1), Side.Floor).ShouldBe(0.75);
        Gap.Headroom(1, BoundValue.Of(4), Side.Ceiling).ShouldBe(0.75);
        Gap.Headroom(0, BoundValue.Of(4), Side.Floor).ShouldBeNull();
        Gap.Headroom(1, BoundValue.Unlimited, Side.Floor).ShouldBeNull();
        Gap.Headroom(1, BoundValue.Outside("why"), Side.Floor).ShouldBeNull();
        Gap.Headroom(double.PositiveInfinity, BoundValue.Of(4), Side.Floor).ShouldBeNull();
    }

    [Theory]
    [InlineData(1.0, Verdict.Attained)]
    [InlineData(1.0 - 1e-10, Verdict.Attained)]
    [InlineData(1.0 - 1e-8, Verdict.Violated)]
    [InlineData(1.001, Verdict.Open)]
    public void ADeterministicValueIsJudgedToOnePartInABillion(double value, Verdict expected) =>
        Gap.Judge(Estimate.Exact(value, Ours), BoundValue.Of(1), Side.Floor).ShouldBe(expected);

    [Fact]
    public void AStatisticalValueViolatesOnlyBeyondOneInAMillion()
    {
        // Standard error 0.01 with many values: the one-sided 1 - 10^-6 normal quantile is 4.75.
        Gap.Judge(WithError(1 - 0.046), BoundValue.Of(1), Side.Floor).ShouldBe(Verdict.Open);
        Gap.Judge(WithError(1 - 0.049), BoundValue.Of(1), Side.Floor).ShouldBe(Verdict.Violated);
        Gap.Judge(WithError(1 + 0.049), BoundValue.Of(1), Side.Ceiling).ShouldBe(Verdict.Violated);
        Gap.Judge(WithError(1 - 0.049), BoundValue.Of(1), Side.Floor, findings: 1000).ShouldBe(Verdict.Open);
    }

    [Theory] // a run that meets the bound once in e is met by two equal ones with probability 0.14, by ten with 0.00005
    [InlineData(2, Verdict.Open)]
    [InlineData(9, Verdict.Open)]
    [InlineData(10, Verdict.Attained)]
    public void AFewEqualRunsAttainNothing(int runs, Verdict expected)
    {
        var moments = new Moments();
        for (int run = 0; run < runs; run++)
        {
            moments.Add(1);
        }

        Gap.Judge(Estimate.Mean(moments, Ours), BoundValue.Of(1), Side.Floor).ShouldBe(expected);
    }

    [Fact]
    public void AnUnboundedFloorIsMetOnlyByWhatNeverEnds()
    {
        Gap.Judge(Estimate.Exact(double.PositiveInfinity, Ours), BoundValue.Unlimited, Side.Floor).ShouldBe(Verdict.Attained);
        Gap.Judge(Estimate.Exact(3, Ours), BoundValue.Outside("why"), Side.Floor).ShouldBe(Verdict.OutsideRegime);
    }

    [Fact]
    public void ADerivedValueTakesTheWeakestOfItsOrigins()
    {
        Provenance derived = Provenance.Derived("bytes per day", Provenance.Computed("gzip"), Provenance.Stated("volume"), Provenance.Theorem("x"));
        derived.Kind.ShouldBe(ProvenanceKind.Stated);
        derived.Detail.ShouldContain("gzip and volume");
    }

    /// <summary>Two clusters of values around a mean whose standard error is 0.01.</summary>
    private static Estimate WithError(double mean)
    {
        const int Count = 1_000_000;
        double spread = 0.01 * Math.Sqrt(Count - 1);
        var moments = new Moments();
        for (int i = 0; i < Count; i++)
        {
            moments.Add(mean + (i % 2 == 0 ? spread : -spread));
        }

        return Estimate.Mean(moments, Ours);
    }
}
