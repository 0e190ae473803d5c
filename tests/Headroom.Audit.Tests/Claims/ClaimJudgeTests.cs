using Headroom.Audit.Claims;
using Headroom.Kernel.Bounds;
using Headroom.Kernel.Findings;
using Headroom.Kernel.Quantities;
using Headroom.Kernel.Statistics;

namespace Headroom.Audit.Tests.Claims;

public sealed class ClaimJudgeTests
{
    private static readonly Metric Rounds = new("rounds", Unit.Count("rounds"), Side.Floor, "periods");

    [Theory]
    [InlineData(3, null, ClaimVerdict.Refuted, "below the floor of 7")]
    [InlineData(20, null, ClaimVerdict.Reproduced, "flooding gives 20")]
    [InlineData(20.3, null, ClaimVerdict.Reproduced, "flooding gives 20")]
    [InlineData(30, null, ClaimVerdict.Plausible, "better than claimed")]
    [InlineData(12, null, ClaimVerdict.Plausible, "tree reaches 10")]
    [InlineData(12, "flooding", ClaimVerdict.Undecided, "not 12")]
    [InlineData(8, null, ClaimVerdict.Undecided, "no strategy tried reaches 8")]
    [InlineData(12, "gossip", ClaimVerdict.Undecided, "no run of 'gossip'")]
    public void AClaimIsHeldAgainstTheBoundThenTheRuns(double value, string? strategy, ClaimVerdict expected, string why)
    {
        JudgedClaim judged = ClaimJudge.Judge(new Claim("a", "rounds", new Quantity(value, Unit.One), "a talk") { Strategy = strategy }, [Finding()]);
        judged.Verdict.ShouldBe(expected, judged.Why);
        judged.Why.ShouldContain(why);
    }

    [Fact]
    public void AMetricThatNobodyMeasuredIsUndecided() =>
        ClaimJudge.Judge(new Claim("a", "hops", new Quantity(1, Unit.One), "a talk"), [Finding()]).Verdict.ShouldBe(ClaimVerdict.Undecided);

    private static Finding Finding()
    {
        var now = new Candidate("flooding", Estimate.Between(20, new Interval(19.9, 20.1), 30, Provenance.Computed("a run")));
        var tree = new Candidate("tree", Estimate.Exact(10, Provenance.Computed("a run")));
        return new Finding
        {
            Id = "a/rounds",
            Activity = "a",
            Kind = "broadcast",
            Metric = Rounds,
            Headline = true,
            Now = now,
            Best = tree,
            Limit = new Limit { Id = "x.y", Title = "a floor", Value = BoundValue.Of(7), Side = Side.Floor, Regime = "r", Provenance = Provenance.Theorem("t"), IsBound = true },
            Candidates = [now, tree],
            Advice = new Advice("r", "t", "c"),
        };
    }
}
