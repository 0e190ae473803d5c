using Headroom.Audit.Reading;
using Headroom.Audit.Studies.Commit;
using Headroom.Audit.Systems;
using Headroom.Kernel.Findings;
using Headroom.Kernel.Randomness;
using Headroom.Lab.Clocks;
using Headroom.Tests;

namespace Headroom.Audit.Tests.Studies.Commit;

public sealed class CommitStudyTests
{
    /// <summary>Zones 1 ms apart: commits are shorter than clocks differ.</summary>
    private const string Near = "network: { latency: 250 us, between: 1 ms }\n    groups: { a: 1, b: 1, c: 1 }\n    keys: 300\n    uncertainty: 10 ms";

    [Fact]
    public void NearTogetherTheWaitIsPaidAndLocalClocksLoseTheOrder()
    {
        ActivityResult result = Run($"{Near}\n    rate: 200/s\n    reads: 20 %\n    now: truetime\n    try: [ local-clock, oracle, truetime(0.5) ]");
        result.Findings.ShouldAllBe(f => f.Verdict != Verdict.Violated);
        Finding p99 = Find(result, "p99");
        p99.Headline.ShouldBeTrue();
        // A majority of three in three zones is a round trip of 2 ms away, and a write takes half of one.
        p99.Limit!.Value.Number!.Value.ShouldBe(2.5, 1e-9);
        Finding wait = Find(result, "wait");
        wait.Limit!.Id.ShouldBe("consensus.commit-wait");
        wait.Now.Value.Value.ShouldBeInRange(wait.Limit.Value.Number!.Value, wait.Limit.Value.Number!.Value + 2);
        wait.Now.Value.Value.ShouldBe(14.5, 2, "twice 10 ms, less votes and replication");
        wait.Candidates.Single(c => c.Strategy == "oracle").OutsideRegime.ShouldNotBeNull();
        wait.Candidates.Single(c => c.Strategy == "truetime(0.5)").Value.Value.ShouldBeLessThan(wait.Now.Value.Value - 7);
        Candidate local = Find(result, "reversed").Candidates.Single(c => c.Strategy == "local-clock");
        local.Value.Value.ShouldBeGreaterThan(0);
        local.MissedGoals.Single().ShouldContain("external consistency");
        Find(result, "reversed").Now.Value.Value.ShouldBe(0);
        Find(result, "rounds").Candidates.Select(c => c.Value.Value).ShouldBe([9, 9, 11, 9]);
        Find(result, "snapshot").Now.Value.Value.ShouldBeInRange(0.5, 2.1);
        result.Notes.ShouldContain(note => note.StartsWith("local-clock", StringComparison.Ordinal) && note.Contains("was answered at", StringComparison.Ordinal));
        result.Exhibits.Count.ShouldBe(3);
    }

    [Fact]
    public void WoundWaitWaitsWhereOthersAbort()
    {
        ActivityResult result = Run($"{Near}\n    rate: 300/s\n    skew: 0.9\n    goal: {{ aborts: 3 % }}\n    now: truetime\n    try: [ wound-wait+truetime ]");
        Finding aborts = Find(result, "aborts");
        aborts.Now.Value.Value.ShouldBeGreaterThan(10);
        aborts.Now.MissedGoals.Single().ShouldStartWith("aborts");
        aborts.Best!.Strategy.ShouldBe("wound-wait+truetime");
        aborts.Best.Value.Value.ShouldBeLessThan(2);
    }

    [Fact]
    public void BytesArePaidByPairOfRegions()
    {
        const string Far = "network: { latency: file:samples/cases/three-regions.csv }\n    groups: { us: 1, eu: 1, asia: 1 }\n    uncertainty: 1 ms\n    rate: 5/s\n    value: 1 kB\n    try: []";
        Money all = Find(Run($"{Far}\n    now: truetime", "{ default: 0.02 $/GB, eu-asia: 0.09 $/GB }"), "bytes").Now.Money!;
        all.Parts.Select(part => part.Price).ShouldBe(["egress", "egress eu-asia"]);
        Money led = Find(Run($"{Far}\n    now: led-from(1)+truetime", "{ default: 0.02 $/GB, eu-asia: 0.09 $/GB }"), "bytes").Now.Money!;
        // Led from the first region followers still stand in all three, but nothing goes between the others but what their clients read.
        led.DollarsPerYear.ShouldBeLessThan(all.DollarsPerYear);
        Find(Run($"{Far}\n    now: truetime", "{ us-us: 0.01 $/GB, default: 0.02 $/GB }"), "bytes").Now.Money!.Parts.Select(part => part.Price).ShouldBe(["egress", "egress us-us"]);
    }

    [Fact]
    public void WithoutConflictsACommitOfTwoGroupsIsTwentyOneMessages()
    {
        // Two questions and answers, two requests, three records of two copies and answers each, a vote, two outcomes; what only reads is not counted.
        ActivityResult result = Run($"{Near.Replace("keys: 300", "keys: 100k", StringComparison.Ordinal)}\n    rate: 5/s\n    reads: 40 %\n    now: truetime\n    try: [ wound-wait+truetime, oracle ]");
        // Exactly, whatever heartbeats and sweeps a commit meets.
        Find(result, "messages").Candidates.Select(c => c.Value.Value).ShouldBe([21, 21, 23], 1e-12);
    }

    [Fact]
    public void ClaimsOfTheStoryAreJudged()
    {
        ActivityResult result = Run($$"""
            {{Near}}
                rate: 100/s
                now: local-clock
                try: [ truetime ]
                claims:
                  - { metric: growth, value: 1, by: b }
                  - { metric: growth, value: 0, by: b, strategy: truetime }
                  - { metric: faster, value: 67 %, by: b, strategy: truetime }
                  - { metric: saved, value: 40 %, by: b, strategy: truetime }
                  - { metric: throughput, value: 8, by: b, strategy: truetime }
                  - { metric: throughput, value: 8, by: another, strategy: truetime }
            """);
        result.Claims.Select(c => c.Verdict).ShouldBe(
            [ClaimVerdict.Refuted, ClaimVerdict.Reproduced, ClaimVerdict.Refuted, ClaimVerdict.Refuted, ClaimVerdict.Refuted, ClaimVerdict.Undecided]);
        result.Claims[4].Why.ShouldContain("3.03 times");
    }

    [Fact]
    public void AMeasuredUncertaintyIsThisMachinesOrAnError()
    {
        string activity = "network: { latency: 250 us }\n    groups: 1\n    participants: 1\n    rate: 1/s\n    uncertainty: measured\n    now: truetime\n    try: []";
        if (KernelClock.Read().UncertaintyNs is null)
        {
            Should.Throw<InputException>(() => Run(activity)).Problem.ShouldContain("needs a clock that a time service keeps");
        }
        else
        {
            Find(Run(activity), "p99").Now.Value.Provenance.Kind.ShouldBe(ProvenanceKind.Executed);
        }
    }

    [Fact]
    public void TheSameSeedGivesTheSameFindings()
    {
        string activity = $"{Near}\n    rate: 50/s\n    now: wound-wait+truetime\n    try: []";
        Run(activity).Findings.Select(f => f.Now.Value.Value).ShouldBe(Run(activity).Findings.Select(f => f.Now.Value.Value));
    }

    [Fact]
    public void AMachinesClockThatIsKeptStatesItsUncertaintyAndOneThatIsNotSaysWhatToDo()
    {
        (long ns, Provenance from) = CommitStudy.ReadUncertainty(Measured, () => Kept(2_500_000));
        (ns, from.Kind).ShouldBe((2_500_000, ProvenanceKind.Executed));
        CommitStudy.ReadUncertainty(new ScalarNode(new Mark("a.yaml", 9, 18), "7 ms"), () => throw new InvalidOperationException("nobody asks the clock")).Ns.ShouldBe(7_000_000);
        InputException off = Should.Throw<InputException>(() => CommitStudy.ReadUncertainty(Measured, () => new KernelClockReading { Reason = "the kernel holds its clock for unsynchronised" }));
        off.Message.ShouldStartWith("a.yaml:9:18: 'uncertainty: measured' needs a clock that a time service keeps (chrony, ntpd, systemd-timesyncd): the kernel holds its clock for unsynchronised; start one, or state the uncertainty, such as 7 ms");
        Should.Throw<InputException>(() => CommitStudy.ReadUncertainty(Measured, () => Kept(12e9))).Problem.ShouldContain("may be off by 12 s, and 10 s are run at most");
    }

    [Theory]
    [InlineData("rate: 1/s\n    participants: 4", "truetime", "'participants' are among 3 groups")]
    [InlineData("rate: 1e6/s", "truetime", "state a part of the load")]
    [InlineData("rate: 1/s", "truetme", "did you mean truetime?")]
    [InlineData("rate: 1/s", "wound-weit+truetime", "did you mean wound-wait?")]
    [InlineData("rate: 1/s", "led-from(4)+truetime", "numbered from 1 to 3 (a, b, c)")]
    [InlineData("rate: 1/s", "led-from(1)+led-from(2)+truetime", "'led-from' stands once")]
    [InlineData("rate: 1/s", "wound-wait+wound-wait+truetime", "'wound-wait' stands once")]
    [InlineData("rate: 1/s\n    uncertainty: 7", "truetime", "has no unit")]
    [InlineData("rate: 1/s\n    skw: 1", "truetime", "did you mean skew?")]
    [InlineData("rate: 1/s\n    reads: 0.4 %", "truetime", "'reads' is a whole number of percent, such as 1 %")]
    [InlineData("rate: 1/s\n    reads: 100 %", "truetime", "'reads' is a share between 0 % and 95 %")]
    public void WhatCannotRunIsTheInputsFault(string keys, string now, string problem)
    {
        string near = keys.Contains("uncertainty", StringComparison.Ordinal) ? Near.Replace("\n    uncertainty: 10 ms", "", StringComparison.Ordinal) : Near;
        Should.Throw<InputException>(() => Run($"{near}\n    {keys}\n    now: {now}")).Problem.ShouldContain(problem);
    }

    private static ScalarNode Measured { get; } = new(new Mark("a.yaml", 9, 18), "measured");

    private static KernelClockReading Kept(double ns) => new() { UncertaintyNs = Estimate.Exact(ns, Provenance.Executed("test")) };

    private static Finding Find(ActivityResult result, string metric) => result.Findings.Single(f => f.Metric.Name == metric);

    private static ActivityResult Run(string activity, string egress = "0.02 $/GB")
    {
        SystemFile system = SystemFile.Parse($"headroom: 1\nname: test\nprices: {{ egress: {egress} }}\nactivities:\n  - name: pay\n    kind: commit\n    {activity}\n", "test.yaml", SharedData.RepositoryRoot());
        return Auditor.Run(system, new AuditOptions { Seed = new Seed(7), Command = "test", Threads = 1 }).Activities.Single();
    }
}
