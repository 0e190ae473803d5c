using Headroom.Audit.Systems;
using Headroom.Kernel.Findings;
using Headroom.Kernel.Randomness;
using Headroom.Tests;

namespace Headroom.Audit.Tests.Studies.Store;

/// <summary>The figures that docs/cases/network-coding.md states.</summary>
public sealed class NetworkCodingCaseTests
{
    private static readonly AuditResult Result = Auditor.Run(
        SystemFile.Load(Path.Combine(SharedData.RepositoryRoot(), "samples", "cases", "network-coding.yaml")),
        new AuditOptions { Seed = new Seed(1), Command = "test" });

    [Theory]
    [InlineData("as told", "1.25x instead of 3x", ClaimVerdict.Reproduced)]
    [InlineData("as told", "tolerates 2 failures", ClaimVerdict.Reproduced)]
    [InlineData("as told", "with the same reliability", ClaimVerdict.Plausible)]
    [InlineData("as told", "repair traffic 0.8 of a block", ClaimVerdict.Refuted)]
    [InlineData("as told", "830,000 $ per PB and year", ClaimVerdict.Refuted)]
    [InlineData("on equal hardware", "repair in 2.5 hours", ClaimVerdict.Reproduced)]
    [InlineData("on equal hardware", "repair in 15 minutes", ClaimVerdict.Refuted)]
    [InlineData("on equal hardware", "with the same reliability", ClaimVerdict.Refuted)]
    [InlineData("spread over all nodes", "with the same reliability", ClaimVerdict.Refuted)]
    public void EveryClaimOfTheStoryIsJudged(string activity, string text, ClaimVerdict verdict)
    {
        JudgedClaim judged = Activity(activity).Claims.Single(c => c.Claim.Text == text);
        judged.Verdict.ShouldBe(verdict, judged.Why);
    }

    [Fact]
    public void NoClaimIsLeftOutAndNothingIsViolated()
    {
        Result.Claims.Count().ShouldBe(9);
        Result.Violations.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("as told", 1.0e-10, 3.7e-11)]
    [InlineData("on equal hardware", 1.0e-10, 4.1e-8)]
    [InlineData("spread over all nodes", 4.8e-9, 7.2e-8)]
    public void YearlyLossesAreThoseOfThePage(string activity, double copies, double coded)
    {
        Loss(activity, "replication(3)").ShouldBe(copies, copies * 0.02);
        Loss(activity, "rs(8,2)").ShouldBe(coded, coded * 0.02);
    }

    /// <summary>To first order three failures within two repair times: groups x C(n,3) 3 rate^3 repair^2, in the story's figures.</summary>
    [Fact]
    public void TheRatioOnEqualHardwareIsFatalTriplesTimesTheLongerWindowSquared()
    {
        const double Groups = 1000.0 / 3333;
        double window = (125e9 * 8) / 300e9;
        double expected = 120 * Groups * window * window;
        (Loss("on equal hardware", "rs(8,2)") / Loss("on equal hardware", "replication(3)")).ShouldBe(expected, expected * 0.01);
        (Loss("spread over all nodes", "rs(8,2)") / Loss("spread over all nodes", "replication(3)")).ShouldBe(15, 0.2);
    }

    [Fact]
    public void TheSavingIsThatOfSeventeenHundredAndFiftyTerabytes() =>
        (Activity("as told").Headline.MoneyToBest!.Value).ShouldBe(1.75 * 1000 * 21 * 12, 1e-6);

    private static ActivityResult Activity(string name) => Result.Activities.Single(a => a.Name == name);

    private static double Loss(string activity, string strategy) =>
        Activity(activity).Findings.Single(f => f.Metric.Name == "yearly loss").Candidates.Single(c => c.Strategy == strategy).Value.Value;
}
