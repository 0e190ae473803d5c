using Headroom.Audit.Systems;
using Headroom.Kernel.Findings;
using Headroom.Tests;

namespace Headroom.Audit.Tests.Studies.Broadcast;

public sealed class BroadcastClaimsTests
{
    private const string Story = """
        members: 1000
            payload: 1 kB
            network: { latency: 20 ms, jitter: 5 ms, bandwidth: 1 Gbit/s }
            failures: 20 %
            goal: { delivered: 99.9 % }
            now: epidemic-broadcast-tree(5, 0.2)
            try: [ tree(5) ]
            claims:

        """;

    [Theory]
    [InlineData("metric: rounds, value: 3", ClaimVerdict.Refuted, "216 of the")]
    [InlineData("metric: rounds, value: 200", ClaimVerdict.Plausible, "better than claimed")]
    [InlineData("metric: saved, value: 85 %", ClaimVerdict.Plausible, "more than claimed")]
    [InlineData("metric: saved, value: 99.9999 %", ClaimVerdict.Refuted, "cannot be")]
    [InlineData("metric: survives, value: 20 %", ClaimVerdict.Reproduced, "of the live ones")]
    [InlineData("metric: survives, value: 30 %", ClaimVerdict.Reproduced, "with 30 %")]
    [InlineData("metric: survives, value: 20 %, strategy: tree(5)", ClaimVerdict.Undecided, "no bound excludes it")]
    [InlineData("metric: growth, value: 1", ClaimVerdict.Undecided, "n - 1 payloads")]
    [InlineData("metric: growth, value: 1, strategy: tree(5)", ClaimVerdict.Plausible, "below n log log n")]
    [InlineData("metric: payloads, value: 0.9", ClaimVerdict.Refuted, "below the floor")]
    [InlineData("metric: rounds, value: 3, strategy: push(5)", ClaimVerdict.Refuted, "contacts at most 5")]
    public void EachClaimIsJudgedWithItsReason(string claim, ClaimVerdict verdict, string why)
    {
        JudgedClaim judged = BroadcastStudyTests.Run($"{Story}      - {{ {claim}, by: \"the story\" }}").Claims.Single();
        judged.Verdict.ShouldBe(verdict, judged.Why);
        judged.Why.ShouldContain(why);
    }

    [Fact]
    public void TheCaseOfTheFeedReadsAsTheStoryTellsIt()
    {
        SystemFile system = SystemFile.Load(Path.Combine(SharedData.RepositoryRoot(), "samples", "cases", "facebook-feed.yaml"));
        Activity feed = system.Activities.Single();
        feed.Claims.Select(c => c.Metric).ShouldBe(["rounds", "growth", "saved", "survives"]);
        feed.Claims.Single(c => c.Metric == "saved").Value.Base.ShouldBe(0.85, 1e-12);
    }
}
