using Headroom.Audit.Reading;
using Headroom.Audit.Systems;
using Headroom.Kernel.Findings;
using Headroom.Kernel.Randomness;
using Headroom.Tests;

namespace Headroom.Audit.Tests.Studies.Replicate;

public sealed class ReplicateStudyTests
{
    private const string OnePlace = "servers: 3\n    network: { latency: 1 ms }\n    value: 1 kB\n    rate: 50/s";
    private const string Regions = "servers: { us: 2, eu: 2, asia: 1 }\n    clients: { us: 60 %, eu: 30 %, asia: 10 % }\n    network: { latency: 0.5 ms, between: { us-eu: 40 ms, asia-us: 75 ms, eu-asia: 110 ms } }\n    value: 1 kB\n    rate: 50/s";

    [Fact]
    public void InOnePlaceAWriteTakesFourDelaysWhereTwoWouldDoAndADisk()
    {
        ActivityResult result = Run($"{OnePlace}\n    disk: 2 ms\n    goal: {{ survive: 1 failure, durable: yes }}\n    now: raft\n    try: [ abd, \"isr-flush(2)\", isr-leader ]");
        result.Findings.ShouldAllBe(f => f.Verdict != Verdict.Violated);
        Find(result, "rounds").Now.Value.Value.ShouldBe(4);
        Find(result, "rounds").Limit!.Value.Number.ShouldBe(2);
        // Leader and a follower write to disk at once: 4 ms of ways and 2 ms of disk.
        Find(result, "write").Now.Value.Value.ShouldBe(6e-3, 1e-4);
        // Two servers hear it from the client and write it down: 2 ms and 2 ms.
        Find(result, "write").Limit!.Value.Number!.Value.ShouldBe(4e-3, 1e-9);
        Finding bytes = Find(result, "bytes");
        bytes.Headline.ShouldBeTrue();
        bytes.Limit!.Value.Number!.Value.ShouldBe(2000, 1e-6);
        bytes.Candidates.Single(c => c.Strategy == "isr-leader").MissedGoals.Count.ShouldBe(3, "neither linearizable, nor durable, nor held twice");
        // Every server is a site where there are no regions: bytes times rate times price.
        bytes.Now.Money!.DollarsPerYear.ShouldBe(bytes.Now.Value.Value * 50 * 365.25 * 86400 * 0.02e-9, 1e-6 * bytes.Now.Money.DollarsPerYear);
    }

    [Fact]
    public void OverRegionsTheLeadersPlaceDecidesAndPairsArePriced()
    {
        ActivityResult result = Run($"{Regions}\n    goal: {{ survive: 1 failure }}\n    now: raft\n    leader: asia\n    try: [ raft ]", "prices: { egress: { us-eu: 0.02 $/GB, us-asia: 0.08 $/GB, eu-asia: 0.09 $/GB } }");
        result.Findings.ShouldAllBe(f => f.Verdict != Verdict.Violated);
        Finding write = Find(result, "write");
        write.Candidates.Select(c => c.Strategy).ShouldBe(["raft in asia", "raft in us", "raft in eu"]);
        // Most clients are in the us: there the leader, whose majority is its neighbour and one in the eu.
        write.Candidates.Single(c => c.Strategy == "raft in us").Value.Value.ShouldBe(0.001 + 0.080 + 0.001, 2e-3);
        // From asia, us clients wait for their own way to asia, and its for two in the us.
        write.Now.Value.Value.ShouldBe(0.150 + 0.150 + 0.001, 2e-3);
        write.Best!.Strategy.ShouldBe("raft in us");
        // A client in the us with two servers beside it.
        write.Limit!.Value.Number!.Value.ShouldBe(0.001, 1e-9);
        Finding bytes = Find(result, "bytes");
        bytes.Now.MoneyPerYear!.Value.ShouldBeGreaterThan(2 * bytes.Candidates.Single(c => c.Strategy == "raft in us").MoneyPerYear!.Value);
        // Two servers in the client's own region cost nothing; of one asia client's values one copy must come to another region, the cheapest of which is entered for 0.02 $/GB.
        bytes.Limit!.MoneyPerYear!.Value.ShouldBe(0.1 * 0.02e-9 * 1000 * 50 * 365.25 * 86400, 0.2);
    }

    [Fact]
    public void WithACriticalShareTheRestMayComeLater()
    {
        ActivityResult result = Run($"{Regions}\n    critical: 10 %\n    now: raft\n    leader: us\n    try: [ raft ]");
        Finding write = Find(result, "write");
        Candidate both = write.Candidates.Single(c => c.Strategy == "raft+isr-leader in us");
        both.MissedGoals.ShouldBeEmpty();
        both.OutsideRegime.ShouldNotBeNull();
        // Nine of ten are answered by the leader beside most clients.
        both.Value.Value.ShouldBeLessThan(0.1 * write.Now.Value.Value);
        result.Findings.ShouldAllBe(f => f.Verdict != Verdict.Violated);
    }

    [Fact]
    public void ServersThatAreLostInterruptALeaderAndNotAQuorumOfRegisters()
    {
        ActivityResult result = Run($"{OnePlace}\n    goal: {{ survive: 1 failure, available: 99.9 %, in time: 500 ms }}\n    now: raft\n    try: [ abd, \"isr(2)\" ]");
        Finding outage = Find(result, "outage");
        outage.Candidates.Single(c => c.Strategy == "abd").Value.Value.ShouldBeLessThan(0.05);
        outage.Now.Value.Value.ShouldBeInRange(0.1, 2, "an election");
        outage.Candidates.Single(c => c.Strategy == "isr(2)").Value.Value.ShouldBeInRange(5, 15, "a session's end");
        outage.Candidates.Single(c => c.Strategy == "abd").MissedGoals.ShouldBeEmpty();
        outage.Candidates.Single(c => c.Strategy == "isr(2)").MissedGoals.ShouldContain(goal => goal.StartsWith("available", StringComparison.Ordinal));
    }

    [Fact]
    public void ClaimsAreHeldAgainstFloorsLinesAndOtherProtocols()
    {
        ActivityResult result = Run("""
            servers: 3
                network: { latency: 1 ms, bandwidth: 100 Mbit/s }
                value: 1 kB
                rate: 50/s
                now: raft
                try: [ abd ]
                claims:
                  - { metric: rounds, value: 1, by: a }
                  - { metric: throughput, value: 1e6/s, by: a }
                  - { metric: throughput, value: 100/s, by: a }
                  - { metric: fewer, value: 1.01, strategy: abd, by: a }
                  - { metric: fewer, value: 50, strategy: abd, by: a }
                  - { metric: volume, value: 1 MB/day, by: a }
                  - { metric: cost, value: 0.001 $/y, by: a }
                  - { metric: utilisation, value: 94 %, by: a }
            """);
        result.Claims.Select(c => c.Verdict).ShouldBe(
        [
            ClaimVerdict.Refuted, ClaimVerdict.Refuted, ClaimVerdict.Plausible, ClaimVerdict.Plausible, ClaimVerdict.Undecided, ClaimVerdict.Refuted, ClaimVerdict.Refuted, ClaimVerdict.Undecided,
        ]);
    }

    [Fact]
    public void TheFloorOfMoneyTakesTheCheapestLinesIntoEnoughRegions()
    {
        const string Activity = "servers: { us: 1, eu: 2, asia: 1 }\n    clients: { us: 100 % }\n    network: { latency: 0.5 ms, between: 40 ms }\n    value: 1 kB\n    rate: 50/s\n    goal: { survive: 2 failures, order: any }\n    now: isr-leader\n    try: [ isr-leader ]";
        ActivityResult result = Run(Activity, "prices: { egress: { us-eu: 0.02 $/GB, us-asia: 0.08 $/GB, eu-asia: 0.05 $/GB, eu-eu: 0.01 $/GB } }");
        // Three hold it: one beside the client for nothing, one in the eu for 0.02, and the other there for 0.01, which is less than 0.05 into asia.
        Find(result, "bytes").Limit!.MoneyPerYear!.Value.ShouldBe(0.03e-9 * 1000 * 50 * 365.25 * 86400, 1e-6);
    }

    [Fact]
    public void OfWaysThatSendNearlyTheSameTheCheapestIsBest()
    {
        ActivityResult result = Run($"{Regions}\n    goal: {{ survive: 1 failure }}\n    now: raft\n    leader: asia\n    try: [ raft ]", "prices: { egress: { us-eu: 0.02 $/GB, us-asia: 0.08 $/GB, eu-asia: 0.09 $/GB } }");
        Finding bytes = Find(result, "bytes");
        Candidate[] alike = [.. bytes.Candidates.Where(c => c.MeetsGoals && c.Value.Value <= 1.02 * bytes.Candidates.Min(other => other.Value.Value))];
        alike.Length.ShouldBeGreaterThan(1);
        bytes.Best.ShouldBe(alike.MinBy(c => c.MoneyPerYear));
    }

    [Fact]
    public void WithoutAcknowledgementsNothingIsHeldAndNothingTakesTime()
    {
        ActivityResult result = Run($"{OnePlace}\n    goal: {{ order: any }}\n    now: isr-none\n    try: [ isr-none ]");
        Find(result, "rounds").Now.Value.Value.ShouldBe(0);
        Find(result, "rounds").Now.MissedGoals.ShouldContain(goal => goal.Contains("no more than 0 of 3 servers", StringComparison.Ordinal));
        Find(result, "write").Verdict.ShouldNotBe(Verdict.Violated);
        result.Notes.ShouldContain(note => note.Contains("replicas in sync 3", StringComparison.Ordinal));
    }

    [Fact]
    public void OperationsComeFromRegionsInTheSharesStated()
    {
        // 289 clients, whom a thousand operations do not serve evenly.
        ActivityResult result = Run("servers: { us: 1, eu: 1, asia: 1 }\n    clients: { us: 50 %, eu: 30 %, asia: 20 % }\n    network: { latency: 0.5 ms, between: { us-eu: 40 ms, us-asia: 80 ms, eu-asia: 120 ms } }\n    value: 10 kB\n    rate: 100/s\n    now: raft\n    leader: us\n    try: [ raft ]", "prices: { egress: { us-eu: 0.05 $/GB, us-asia: 0.08 $/GB, eu-asia: 0.10 $/GB } }");
        Candidate now = Find(result, "bytes").Now;
        // Three ways of the value, each a third of the bytes: from 30 % and 20 % of the clients to the us, from there to the eu and to asia.
        double perByte = (0.3 * 0.05e-9) + (0.2 * 0.08e-9) + 0.05e-9 + 0.08e-9;
        now.MoneyPerYear!.Value.ShouldBe(now.Value.Value / 3 * perByte * 100 * 365.25 * 86400, 0.01 * now.MoneyPerYear.Value);
    }

    [Fact]
    public void FewReadsAreReadByEveryWayAndRunsWithoutAnyDoNotCount()
    {
        // 20 clients with 50 operations each: a hundredth of these is less than one.
        ActivityResult result = Run($"{Regions}\n    reads: 1 %\n    goal: {{ order: any }}\n    now: raft\n    leader: asia\n    try: [ \"isr(2)\" ]");
        result.Findings.ShouldAllBe(f => f.Verdict != Verdict.Violated);
        Find(result, "read").Candidates.ShouldAllBe(c => c.Value.Value > 0.0005);
    }

    [Fact]
    public void TheSameSeedGivesTheSameFindings()
    {
        string activity = $"{OnePlace}\n    reads: 50 %\n    now: raft\n    try: [ \"isr(2)\" ]";
        Run(activity).Findings.SelectMany(f => f.Candidates.Select(c => c.Value.Value)).ShouldBe(Run(activity).Findings.SelectMany(f => f.Candidates.Select(c => c.Value.Value)));
    }

    [Theory]
    [InlineData("servers: 3\n    network: { latency: 1 ms }", "now: raftt", "did you mean raft")]
    [InlineData("servers: 3\n    network: { latency: 1 ms }", "now: \"isr(4)\"", "4 of 3 replicas cannot be in sync")]
    [InlineData("servers: 3\n    network: { latency: 1 ms }", "now: raft\n    leader: us", "servers are in one place")]
    [InlineData("servers: 3\n    network: { latency: 1 ms }\n    goal: { survive: 3 }", "now: raft", "'survive' lies below the 3 servers")]
    [InlineData("servers: 3\n    network: { latency: 1 ms }\n    clients: { us: 100 % }", "now: raft", "'clients' names regions")]
    [InlineData("servers: { us: 2, eu: 1 }\n    network: { latency: 1 ms }", "now: raft", "'network' needs 'between'")]
    [InlineData("servers: { us: 2, eu: 1 }\n    network: { latency: 1 ms, between: { us-asia: 3 ms } }", "now: raft", "no latency for 'us-eu'")]
    [InlineData("servers: { us: 2, eu: 1 }\n    network: { latency: 1 ms, between: { us-eu: 3 ms, us-mars: 4 ms } }", "now: raft", "the pair 'us-mars'")]
    [InlineData("servers: { us: 2, eu: 1 }\n    network: { latency: 1 ms, between: 40 ms }\n    clients: { us: 50 %, eu: 40 % }", "now: raft", "make 90 % together")]
    [InlineData("servers: { us: 2, eu: 1 }\n    network: { latency: 1 ms, between: 40 ms }", "now: raft\n    leader: mars", "no server is in 'mars'")]
    [InlineData("servers: { us: 2, eu: 1 }\n    network: { latency: 1 ms, between: 40 ms }", "now: abd\n    leader: us", "nobody leads in abd: leave 'leader' out")]
    [InlineData("servers: 3\n    network: { latency: 1 ms, between: 40 ms }", "now: raft", "leave 'between' out")]
    [InlineData("servers: { us: 3 }\n    network: { latency: 1 ms, between: { us-eu: 40 ms } }", "now: raft", "leave 'between' out")]
    [InlineData("servers: 3\n    network: { latency: 1 ms, in order: no }", "now: raft", "tcp hands over in the order of sending")]
    [InlineData("servers: 3\n    network: { latency: 1 ms }\n    goal: { read p99: 1 s }", "now: raft", "'read p99' speaks of reads, and there are none")]
    [InlineData("servers: 3\n    network: { latency: 1 ms }\n    reads: 100 %\n    goal: { p99: 1 s }", "now: raft", "'p99' speaks of writes")]
    [InlineData("servers: 3\n    network: { latency: 1 ms }\n    critical: 10 %", "now: raft\n    try: [ \"isr(2)\" ]", "name a linearizable one in 'try'")]
    [InlineData("servers: 3\n    network: { latency: 1 ms }\n    reads: 99.7 %", "now: raft", "'reads' is a whole number of percent, such as 99 %")]
    [InlineData("servers: { us: 0 }\n    network: { latency: 1 ms }", "now: raft", "1 to 31 members in all")]
    public void WhatCannotBeIsTheInputsFault(string servers, string now, string problem) =>
        Should.Throw<InputException>(() => Run($"{servers}\n    value: 1 kB\n    rate: 50/s\n    {now}")).Problem.ShouldContain(problem);

    private static Finding Find(ActivityResult result, string metric) => result.Findings.Single(f => f.Metric.Name == metric);

    private static ActivityResult Run(string activity, string prices = "prices: { egress: 0.02 $/GB }")
    {
        SystemFile system = SystemFile.Parse($"headroom: 1\nname: test\n{prices}\nactivities:\n  - name: book\n    kind: replicate\n    {activity}\n", "test.yaml", SharedData.RepositoryRoot());
        return Auditor.Run(system, new AuditOptions { Seed = new Seed(7), Command = "test", Threads = 1 }).Activities.Single();
    }
}
