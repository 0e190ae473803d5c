using Headroom.Audit.Reading;
using Headroom.Audit.Systems;
using Headroom.Kernel.Findings;
using Headroom.Kernel.Randomness;
using Headroom.Tests;

namespace Headroom.Audit.Tests.Studies.Membership;

public sealed class MembershipStudyTests
{
    private const string Network = "network: { latency: 20 ms, jitter: 5 ms, bandwidth: 100 Mbit/s }";

    [Fact]
    public void HeartbeatsAreSoonAndLoudAndSwimIsQuiet()
    {
        ActivityResult result = Run($"members: 60\n    period: 1 s\n    {Network}\n    now: heartbeat(3)");
        result.Findings.ShouldAllBe(f => f.Verdict != Verdict.Violated);
        Finding noticed = Find(result, "noticed");
        noticed.Headline.ShouldBeTrue();
        // Three whole periods less half of one, on average, and the way: theory of the strategy.
        noticed.Now.Value.Value.ShouldBe(2.525, 0.2);
        noticed.Limit!.Id.ShouldBe("dissemination.detection-delay");
        noticed.Limit.Value.Number!.Value.ShouldBe((0.5 / 59) + 0.02, 0.002);
        noticed.Candidates.Single(c => c.Strategy == "swim(3,0)").Value.Value.ShouldBe(2, 0.3);
        Finding messages = Find(result, "messages");
        messages.Now.Value.Value.ShouldBe(59, 2);
        messages.Candidates.Single(c => c.Strategy == "swim(3,3)").Value.Value.ShouldBeInRange(1.9, 2.3);
        messages.Candidates.Single(c => c.Strategy == "gossip-heartbeat").Value.Value.ShouldBe(1, 0.05);
        messages.Limit.ShouldBeNull("no goals, no floor of messages");
        Find(result, "mistakes").Candidates.ShouldAllBe(c => c.Value.Value == 0);
        result.Exhibits.Count.ShouldBe(3);
    }

    [Fact]
    public void AGoalOfSpeedAndSurenessHasAFloorOfMessages()
    {
        ActivityResult result = Run("""
            members: 40
                period: 1 s
                network: { latency: 20 ms, loss: 1 % }
                goal: { within: 5 s, mistakes: 2e-7/s, messages: 1000 }
                now: heartbeat(3)
                try: [ "swim(3,3)" ]
            """);
        Finding messages = Find(result, "messages");
        messages.Limit!.Id.ShouldBe("dissemination.detection-load");
        // A mistake of 1e-6 in five seconds at 1 % loss: three messages in five periods.
        messages.Limit.Value.Number!.Value.ShouldBe(0.6, 1e-9);
        messages.Candidates.Single(c => c.Strategy == "swim(3,3)").MissedGoals[0].ShouldContain("noticed within 5 s");
        messages.Candidates.Single(c => c.Strategy == "swim(3,3)").OutsideRegime.ShouldNotBeNull();
        messages.Now.OutsideRegime.ShouldBeNull();
        result.Findings.ShouldAllBe(f => f.Verdict != Verdict.Violated);
    }

    [Fact]
    public void HastyDetectorsMissAGoalOfMistakes()
    {
        ActivityResult result = Run("members: 30\n    period: 1 s\n    network: { latency: 20 ms, loss: 20 % }\n    goal: { mistakes: 1/day }\n    now: \"swim(1,0)\"\n    try: [ \"swim(3,3)\" ]");
        Finding mistakes = Find(result, "mistakes");
        mistakes.Now.MissedGoals[0].ShouldContain("mistakes");
        mistakes.Now.Value.Value.ShouldBeGreaterThan(1000);
        Find(result, "noticed").Now.OutsideRegime.ShouldNotBeNull();
    }

    [Fact]
    public void TheSameSeedGivesTheSameFindings()
    {
        string activity = $"members: 20\n    period: 1 s\n    {Network}\n    now: swim";
        Run(activity).Findings.Select(f => f.Now.Value.Value).ShouldBe(Run(activity).Findings.Select(f => f.Now.Value.Value));
    }

    [Theory]
    [InlineData("period: 50 ms", "now: swim", "three round trips")]
    [InlineData("period: 0.1 us", "now: swim", "'period' lies between")]
    [InlineData("period: 1 s", "now: swimm", "did you mean swim")]
    [InlineData("period: 1 s", "now: swim(30)", "between 0 and 20")]
    public void WhatCannotRunIsTheInputsFault(string period, string now, string problem) =>
        Should.Throw<InputException>(() => Run($"members: 20\n    {period}\n    {Network}\n    {now}")).Problem.ShouldContain(problem);

    private static Finding Find(ActivityResult result, string metric) => result.Findings.Single(f => f.Metric.Name == metric);

    private static ActivityResult Run(string activity)
    {
        SystemFile system = SystemFile.Parse($"headroom: 1\nname: test\nprices: {{ egress: 0.02 $/GB }}\nactivities:\n  - name: watch\n    kind: membership\n    {activity}\n", "test.yaml", SharedData.RepositoryRoot());
        return Auditor.Run(system, new AuditOptions { Seed = new Seed(7), Command = "test", Threads = 1 }).Activities.Single();
    }
}
