using Headroom.Audit.Reading;
using Headroom.Audit.Systems;
using Headroom.Kernel.Findings;
using Headroom.Kernel.Randomness;
using Headroom.Tests;

namespace Headroom.Audit.Tests.Studies.Coordinate;

public sealed class CoordinateStudyTests
{
    private const string Elections = "failures: 12/y\n    time-out: 1 s";
    private const string Room = "members: 5\n    network: { latency: 1 ms }\n    " + Elections;
    private const string Locking = "locking: { rate: 100/s, hold: 5 ms, lease: 4 s, locks: 100, disk: 2 ms";

    [Fact]
    public void WhereAllReachAllEveryElectionRunsAndIsCounted()
    {
        ActivityResult result = Run($"{Room}\n    goal: {{ within: 3 s }}\n    now: bully");
        result.Findings.ShouldAllBe(f => f.Verdict != Verdict.Violated);
        Finding messages = Find(result, "messages");
        messages.Headline.ShouldBeTrue();
        messages.Candidates.Select(c => c.Strategy).ShouldBe(["bully", "chang-roberts", "hirschberg-sinclair", "echo-extinction", "flood-max", "raft(1000,2000)"]);
        // All four notice before anybody leads: 4 + 3 + 2 + 1 questions, the dead one asked by all, 3 + 2 + 1 answers, 3 told.
        messages.Now.Value.Value.ShouldBe(19);
        Value(messages, "flood-max").ShouldBe(12);
        messages.Limit!.Value.Number.ShouldBe(3, "three are told");
        Finding rounds = Find(result, "rounds");
        Value(rounds, "flood-max").ShouldBe(1);
        // The greatest that lives asks the dead for a round trip, and tells.
        Value(rounds, "bully").ShouldBe(3, 0.001);
        Value(rounds, "raft(1000,2000)").ShouldBe(3, 0.001);
        // Half a second on average since the last sign of life; a second from there.
        Finding time = Find(result, "time");
        Value(time, "flood-max").ShouldBe(0.752, 0.05);
        Find(result, "leaderless").Now.Value.Value.ShouldBe(12 * time.Now.Value.Value, 1e-6);
        Find(result, "agreed").Candidates.ShouldAllBe(c => c.Value.Value == 100);
        // Four of 15 B and headers twice a second.
        messages.Now.Money!.DollarsPerYear.ShouldBe(4 * 2 * 78 * 365.25 * 86400 * 0.02e-9, 0.01);
    }

    [Fact]
    public void OnARingOfSeventeenTheFloorHoldsTheWorstRun()
    {
        ActivityResult result = Run($"members: 17\n    topology: ring\n    network: {{ latency: 1 ms }}\n    {Elections}\n    now: chang-roberts");
        result.Findings.ShouldAllBe(f => f.Verdict != Verdict.Violated);
        Find(result, "messages").Candidates.Select(c => c.Strategy).ShouldBe(["chang-roberts", "hirschberg-sinclair", "echo-extinction", "flood-max"]);
        Finding worst = Find(result, "messages worst");
        // 16 * 17 / 2 and 16 to announce.
        Value(worst, "chang-roberts").ShouldBe(152);
        worst.Limit!.Value.Number.ShouldBe(16.5);
        worst.Candidates.Single(c => c.Strategy == "flood-max").OutsideRegime.ShouldNotBeNull();
        // Eight links across, 32 directed ones.
        Value(worst, "flood-max").ShouldBe(8 * 32);
        Finding rounds = Find(result, "rounds");
        Value(rounds, "flood-max").ShouldBe(8);
        rounds.Limit!.Value.Number.ShouldBe(8);
    }

    [Fact]
    public void OverATopologyFileLeadersThatCutItAreSparedAndOnlyGraphElectionsRun()
    {
        string path = Path.Combine(Path.GetTempPath(), $"coordinate-{Guid.NewGuid():N}.graph");
        try
        {
            // A square with a tail: node 3 cuts node 4 off.
            File.WriteAllText(path, "NODES 5\nlabel x y\na 0 0\nb 1 0\nc 1 1\nd 0 1\ne 0 2\n\nEDGES 10\nlabel src dest weight bw delay\n"
                + string.Concat(((int A, int B)[])[(0, 1), (1, 2), (2, 3), (3, 0), (3, 4)] is var links ? links.Select((link, i) => $"e{2 * i} {link.A} {link.B} 1 1000 2000\ne{(2 * i) + 1} {link.B} {link.A} 1 1000 2000\n") : []));
            ActivityResult result = Run($"topology: {path}\n    network: {{ jitter: 1 ms }}\n    {Elections}\n    now: echo-extinction");
            Find(result, "agreed").Candidates.Select(c => (c.Strategy, c.Value.Value)).ShouldBe([("echo-extinction", 100), ("flood-max", 100)]);
            result.Notes.ShouldContain(note => note.Contains("any of the 4 members", StringComparison.Ordinal));
            Should.Throw<InputException>(() => Run($"topology: {path}\n    network: {{ latency: 1 ms }}\n    {Elections}\n    now: echo-extinction")).Problem.ShouldContain("delays of its own");
            Should.Throw<InputException>(() => Run($"topology: {path}\n    network: {{ jitter: 1 ms }}\n    {Elections}\n    now: bully")).Problem.ShouldContain("needs links from all to all");
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void ALockTakesTwoRoundTripsAndADiskAndIsHandedOverWhenItsLeaseIsOver()
    {
        ActivityResult result = Run($"{Room}\n    now: bully\n    try: [ bully ]\n    {Locking} }}");
        result.Findings.ShouldAllBe(f => f.Verdict != Verdict.Violated);
        Finding acquire = Find(result, "acquire");
        acquire.Candidates.Select(c => c.Strategy).Take(2).ShouldBe(["raft", "raft-lease"]);
        acquire.Candidates.ShouldAllBe(c => !c.Strategy.StartsWith("isr", StringComparison.Ordinal) && !c.Strategy.StartsWith("abd", StringComparison.Ordinal));
        // Four ways and the disk, and now and then a lock that another has.
        acquire.Now.Value.Value.ShouldBeInRange(0.006, 0.012);
        acquire.Limit!.Value.Number!.Value.ShouldBe(0.002, 1e-9);
        Find(result, "lock rounds").Now.Value.Value.ShouldBe(4);
        Find(result, "lock rounds").Limit!.Value.Number.ShouldBe(2);
        Find(result, "handover").Now.Value.Value.ShouldBeInRange(2, 4.2);
        Find(result, "double holders").Candidates.ShouldAllBe(c => c.Value.Value == 0);
        Find(result, "lock messages").Now.Money!.DollarsPerYear.ShouldBe(Find(result, "lock bytes").Now.Value.Value * 100 * 365.25 * 86400 * 0.02e-9, 1e-3);
        result.Notes.ShouldContain(note => note.Contains("consensus number 1", StringComparison.Ordinal));
    }

    [Fact]
    public void GoalsAreMissedByTimeAndClaimsAreJudged()
    {
        ActivityResult result = Run($$"""
            {{Room}}
                goal: { within: 500 ms, handover: 1 s }
                now: bully
                try: [ bully, flood-max ]
                {{Locking}}, try: [ raft ] }
                claims:
                  - { metric: needed, value: 13, by: a }
                  - { metric: needed, value: 12, by: a }
                  - { metric: round trips, value: 0.5, by: a }
                  - { metric: round trips, value: 1, strategy: raft, by: a }
                  - { metric: round trips, value: 2, strategy: raft, by: a }
                  - { metric: messages, value: 2, strategy: flood-max, by: a }
            """);
        Find(result, "messages").Candidates.ShouldAllBe(c => c.MissedGoals.Single().StartsWith("within", StringComparison.Ordinal));
        Find(result, "acquire").Now.MissedGoals.Single().ShouldStartWith("handover");
        result.Claims.Select(c => c.Verdict).ShouldBe([ClaimVerdict.Refuted, ClaimVerdict.Undecided, ClaimVerdict.Refuted, ClaimVerdict.Undecided, ClaimVerdict.Reproduced, ClaimVerdict.Refuted]);
    }

    [Fact]
    public void WhatIsLostWithoutRepairLeavesMembersThatDiffer()
    {
        ActivityResult result = Run($"members: 9\n    network: {{ latency: 1 ms, loss: 20 %, transport: udp }}\n    {Elections}\n    now: chang-roberts\n    try: [ \"raft(500,1000)\" ]");
        Find(result, "agreed").Now.Value.Value.ShouldBeLessThan(50);
        Find(result, "messages").Now.MissedGoals.Single().ShouldStartWith("one leader");
        // Raft asks again.
        Value(Find(result, "agreed"), "raft(500,1000)").ShouldBe(100);
        ActivityResult repaired = Run($"members: 9\n    network: {{ latency: 1 ms, loss: 20 % }}\n    {Elections}\n    now: chang-roberts\n    try: [ chang-roberts ]");
        Find(repaired, "agreed").Now.Value.Value.ShouldBe(100);
    }

    [Theory]
    [InlineData("members: 5", "now: bulli", "did you mean bully")]
    [InlineData("topology: all", "now: bully", "'members' is missing")]
    [InlineData("members: 2", "now: bully", "needs 3 members")]
    [InlineData("members: 5\n    topology: rings", "now: bully", "rings")]
    [InlineData("members: 5\n    topology: ring", "now: bully", "needs links from all to all")]
    [InlineData("members: 5\n    topology: ring", "now: \"raft(150,300)\"", "needs links from all to all")]
    [InlineData("members: 5", "now: \"raft(300,150)\"", "the least timeout comes first")]
    [InlineData("members: 5\n    heartbeat: 1 s", "now: bully", "'heartbeat' lies below the time-out")]
    [InlineData("members: 5\n    heartbeat: 10 ms", "now: raft\n    try: [ \"raft(100,200)\" ]", "leave 'heartbeat' out")]
    [InlineData("members: 5\n    goal: { handover: 1 s }", "now: bully", "'handover' speaks of locks, and none are taken")]
    [InlineData("members: { us: 3, eu: 2 }", "now: bully", "'network' needs 'between'")]
    [InlineData("members: 5\n    topology: ring", "now: chang-roberts\n    " + Locking + " }", "locks are kept by members that all reach each other")]
    [InlineData("members: 5", "now: bully\n    " + Locking + ", now: abd }", "consensus number 1")]
    [InlineData("members: 5", "now: bully\n    " + Locking + ", try: [ isr ] }", "no compare-and-set")]
    [InlineData("members: 5", "now: bully\n    " + Locking + ", clients: { us: 100 % } }", "'clients' names 'us'")]
    [InlineData("members: 5", "now: bully\n    locking: { rate: 1000/s, hold: 1 s, lease: 4 s }", "locks are held at once")]
    [InlineData("members: 5", "now: bully\n    locking: { rate: 1/s, hold: 1 s, lease: 100 ms }", "can be renewed in time")]
    public void WhatCannotBeIsTheInputsFault(string members, string now, string problem)
    {
        InputException wrong = Should.Throw<InputException>(() => Run($"{members}\n    network: {{ latency: 1 ms }}\n    {Elections}\n    {now}"));
        wrong.Problem.ShouldContain(problem);
        wrong.Mark.Line.ShouldBeGreaterThanOrEqualTo(5);
    }

    [Fact]
    public void TheSameSeedGivesTheSameFindings()
    {
        string activity = $"{Room}\n    now: bully";
        Run(activity).Findings.SelectMany(f => f.Candidates.Select(c => c.Value.Value)).ShouldBe(Run(activity).Findings.SelectMany(f => f.Candidates.Select(c => c.Value.Value)));
    }

    private static double Value(Finding finding, string strategy) => finding.Candidates.Single(c => c.Strategy == strategy).Value.Value;

    private static Finding Find(ActivityResult result, string metric) => result.Findings.Single(f => f.Metric.Name == metric);

    private static ActivityResult Run(string activity)
    {
        SystemFile system = SystemFile.Parse($"headroom: 1\nname: test\nprices: {{ egress: 0.02 $/GB }}\nactivities:\n  - name: leader\n    kind: coordinate\n    {activity}\n", "test.yaml", SharedData.RepositoryRoot());
        return Auditor.Run(system, new AuditOptions { Seed = new Seed(7), Command = "test", Threads = 1 }).Activities.Single();
    }
}
