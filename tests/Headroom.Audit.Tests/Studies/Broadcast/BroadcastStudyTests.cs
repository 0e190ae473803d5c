using Headroom.Audit.Reading;
using Headroom.Audit.Report;
using Headroom.Audit.Systems;
using Headroom.Kernel.Findings;
using Headroom.Kernel.Randomness;
using Headroom.Tests;

namespace Headroom.Audit.Tests.Studies.Broadcast;

public sealed class BroadcastStudyTests
{
    private const string Quiet = "network: { latency: 40 ms, bandwidth: 100 Mbit/s }";

    [Fact]
    public void FloodingOfACompleteGraphSendsTwiceTheEdgesLessTheTree()
    {
        ActivityResult result = Run($"members: 60\n    payload: 2 kB\n    {Quiet}\n    now: flooding");
        Finding messages = Find(result, "messages");
        messages.Now.Value.Value.ShouldBe((60 * 59) - 59);
        messages.Now.Value.Low.ShouldBe(messages.Now.Value.High);
        Find(result, "bytes").Now.Value.Value.ShouldBe(((60 * 59) - 59) * (1 + 9 + 2000 + 92));
        Finding payloads = Find(result, "payloads");
        payloads.Headline.ShouldBeTrue();
        payloads.Now.Value.Value.ShouldBe(59);
        payloads.Limit!.Value.Number.ShouldBe(1);
        // Without loss or failures a tree needs one copy for each delivery, and nobody beats the floor.
        payloads.Best!.Value.Value.ShouldBe(1);
        payloads.Verdict.ShouldBe(Verdict.Attained);
        result.Findings.ShouldAllBe(f => f.Verdict != Verdict.Violated);
    }

    [Theory]
    [InlineData("tree(4)", "members: 60\n    payload: 2 kB\n    network: { latency: 40 ms }")]
    [InlineData("earliest-tree", "topology: samples/atlas/backbone.graph\n    payload: 2 kB")]
    [InlineData("plumtree(5)", "topology: samples/atlas/backbone.graph\n    payload: 2 kB")]
    public void ATreeAttainsTheFloorOfCopies(string tree, string links)
    {
        ActivityResult result = Run($"{links}\n    goal: {{ delivered: 100 % }}\n    now: {tree}\n    try: [ flooding ]");
        double receivers = tree == "tree(4)" ? 59 : 10;
        Finding messages = Find(result, "messages");
        messages.Limit!.Value.Number.ShouldBe(receivers);
        // Plumtree announces besides: its copies alone attain the floor.
        messages.Now.Value.Value.ShouldBe(tree == "plumtree(5)" ? 18 : receivers);
        messages.Verdict.ShouldBe(tree == "plumtree(5)" ? Verdict.Open : Verdict.Attained);
        Find(result, "payloads").Now.Value.Value.ShouldBe(1);
        Find(result, "payloads").Verdict.ShouldBe(Verdict.Attained);
        result.Findings.ShouldAllBe(f => f.Verdict != Verdict.Violated);
    }

    [Fact]
    public void AQuietTreeAttainsThePostalFloorOfTime()
    {
        Finding time = Find(Run($"members: 200\n    payload: 2 kB\n    {Quiet}\n    now: push(5)\n    try: [ earliest-tree ]"), "time");
        time.Limit!.Id.ShouldBe("dissemination.postal");
        time.Candidates.Single(c => c.Strategy == "earliest-tree").Value.Value.ShouldBe(time.Limit.Value.Number!.Value, 1e-9);
        time.Verdict.ShouldBe(Verdict.Attained);
    }

    [Fact]
    public void CandidatesThatMissAGoalSayWhich()
    {
        ActivityResult result = Run("""
            members: 300
                payload: 2 kB
                network: { latency: 40 ms, jitter: 5 ms, loss: 2 %, bandwidth: 100 Mbit/s }
                failures: 20 %
                goal: { delivered: 99.99 %, within: 4 s }
                now: tree(4)
                try: [ push(5), "epidemic-broadcast-tree(5, 0.2)" ]
            """);
        Finding payloads = Find(result, "payloads");
        payloads.Now.MeetsGoals.ShouldBeFalse();
        payloads.Now.MissedGoals[0].ShouldContain("delivered (goal 99.99 %)");
        payloads.Best!.Strategy.ShouldStartWith("epidemic-broadcast-tree");
        payloads.Candidates.Single(c => c.Strategy == "push(5)").MeetsGoals.ShouldBeFalse();
        payloads.Limit!.Value.Number!.Value.ShouldBe(1 / 0.98, 1e-12);
        result.Findings.ShouldAllBe(f => f.Verdict != Verdict.Violated);
    }

    [Fact]
    public void ADeadlineInRoundsIsHeldAgainstWhatFanoutCanReach()
    {
        ActivityResult result = Run("members: 2000\n    payload: 1 kB\n    network: { latency: 20 ms }\n    goal: { delivered: 99.99 %, within: 3 rounds }\n    now: push(5)\n    try: [ tree(5) ]");
        Finding delivered = Find(result, "delivered");
        delivered.Limit!.Value.Number!.Value.ShouldBe(100 * 216 / 2000.0, 1e-9);
        delivered.Candidates.ShouldAllBe(c => c.Value.Value <= 10.8 && !c.MeetsGoals);
        delivered.Best.ShouldBeNull();
    }

    [Fact]
    public void MoneyIsEgressByRateAndMissingWithoutEither()
    {
        const string Activity = "members: 50\n    payload: 1 MB\n    rate: 20/min\n    network: { latency: 40 ms }\n    now: flooding\n    try: [ tree(4) ]";
        Finding payloads = Find(Run(Activity, "prices: { egress: 0.02 $/GB }"), "payloads");
        double bytes = Find(Run(Activity), "bytes").Now.Value.Value;
        payloads.Now.MoneyPerYear!.Value.ShouldBe(bytes * 20 / 60 * 365.25 * 86400 * 0.02e-9, 1e-3);
        payloads.MoneyToBest!.Value.ShouldBeLessThan(payloads.MoneyToLimit!.Value);
        Find(Run(Activity), "payloads").Now.Money.ShouldBeNull();
    }

    [Fact]
    public void TheSameSeedGivesTheSameFindings()
    {
        const string Activity = "members: 80\n    payload: 2 kB\n    network: { latency: 40 ms, jitter: 5 ms, loss: 1 % }\n    failures: 10 %\n    now: epidemic-broadcast-tree\n    try: [ push(3) ]";
        Figures(Run(Activity)).ShouldBe(Figures(Run(Activity)));
        Figures(Run(Activity)).ShouldNotBe(Figures(Run(Activity, seed: 8)));
    }

    [Fact]
    public void AGoalThatIsAMeanSetsAFloorThatIsAMean()
    {
        // 99.5 % of 99 receivers is 98.505 deliveries a run on average: a strategy that reaches 98 and 99 in turn is legal.
        const string Activity = "members: 100\n    payload: 2 kB\n    network: { latency: 40 ms, loss: 0.3 % }\n    goal: { delivered: 99.5 % }\n    now: tree(4)\n    try: [ push(3) ]";
        Finding messages = Find(Run(Activity), "messages");
        messages.Limit!.Value.Number!.Value.ShouldBe(98.505, 1e-9);
        messages.Verdict.ShouldNotBe(Verdict.Violated);
    }

    [Fact]
    public void FloodingTooManyLinksIsCountedAndSaysSo()
    {
        ActivityResult result = Run("members: 2000\n    payload: 2 kB\n    network: { latency: 40 ms }\n    failures: 10 %\n    now: flooding\n    try: [ tree(4) ]");
        Finding messages = Find(result, "messages");
        messages.Now.Value.Value.ShouldBe(1999 + (1799.0 * 1998));
        messages.Now.Value.Provenance.Kind.ShouldBe(ProvenanceKind.Model);
        result.Notes.ShouldContain(n => n.Contains("too many to run"));
        result.Findings.Select(f => f.Metric.Name).ShouldNotContain("time");
    }

    [Fact]
    public void OnATopologyTheFloorsFollowItsPaths()
    {
        ActivityResult result = Run("topology: samples/atlas/backbone.graph\n    origin: Seattle\n    payload: 2 kB\n    network: { jitter: 2 ms, bandwidth: 1 Gbit/s }\n    now: flooding");
        Finding messages = Find(result, "messages");
        messages.Now.Value.Value.ShouldBe(28 - 10); // 14 links among 11 nodes: 2E - (V - 1)
        messages.Best!.Value.Value.ShouldBe(10);
        Finding hops = Find(result, "hops");
        hops.Limit!.Id.ShouldBe("dissemination.hops");
        hops.Now.Value.Value.ShouldBeGreaterThanOrEqualTo(hops.Limit.Value.Number!.Value);
        Find(result, "time").Limit!.Id.ShouldBe("dissemination.latency");
        result.Findings.ShouldAllBe(f => f.Verdict != Verdict.Violated);
    }

    [Fact]
    public void AQuietShortestPathTreeAttainsTheLatencyFloorOfATopology()
    {
        // Without a bandwidth lines take no time, so siblings do not wait for each other.
        Finding time = Find(Run("topology: samples/atlas/backbone.graph\n    payload: 2 kB\n    now: flooding\n    try: [ earliest-tree ]"), "time");
        time.Best!.Value.Value.ShouldBe(time.Limit!.Value.Number!.Value, 1e-9);
        time.Verdict.ShouldBe(Verdict.Attained);
    }

    [Fact]
    public void ExhibitsShowDeliveryOverTimeAndTheFrontier()
    {
        ActivityResult result = Run($"members: 60\n    payload: 2 kB\n    {Quiet}\n    now: flooding");
        LineExhibit delivery = result.Exhibits.OfType<LineExhibit>().Single();
        delivery.Series.ShouldContain(s => s.Role == Role.Now && s.Name == "flooding");
        delivery.Series.ShouldAllBe(s => s.Points.Zip(s.Points.Skip(1)).All(p => p.First.X <= p.Second.X && p.First.Y <= p.Second.Y));
        result.Exhibits.OfType<ScatterExhibit>().Single().Points.Count.ShouldBe(delivery.Series.Count);
    }

    [Theory]
    [InlineData("payload: 2 kB\n    now: flooding", "'members' or 'topology'")]
    [InlineData("members: 10\n    payload: 2 kB\n    now: flooding", "'latency'")]
    [InlineData("members: 1\n    payload: 2 kB\n    network: { latency: 1 ms }\n    now: flooding", "'members'")]
    [InlineData("members: 10\n    payload: 2 kB\n    network: { latency: -1 ms }\n    now: flooding", "'latency'")]
    [InlineData("members: 10\n    payload: 2 kB\n    network: { latency: 1 ms, loss: 120 % }\n    now: flooding", "'loss'")]
    [InlineData("members: 10\n    payload: 2 kB\n    network: { latency: 1 ms }\n    now: push(0)", "fan-out")]
    [InlineData("members: 10\n    payload: 2 kB\n    network: { latency: 1 ms }\n    now: push(10)", "fan-out of 10")]
    [InlineData("members: 10\n    payload: 2 kB\n    network: { latency: 1 ms }\n    now: epidemic-broadcast-tree(3, 1.5)", "gossip-probability")]
    [InlineData("members: 10\n    payload: 2 kB\n    network: { latency: 1 ms }\n    now: floding", "did you mean flooding")]
    [InlineData("members: 10\n    payload: 0 B\n    network: { latency: 1 ms }\n    now: flooding", "'payload'")]
    [InlineData("members: 10\n    payload: 2 kB\n    network: { latency: 1 ms }\n    goal: { within: 3 apples }\n    now: flooding", "'within'")]
    [InlineData("members: 10\n    payload: 2 kB\n    network: { latency: 1 ms }\n    goal: { within: 0 rounds }\n    now: flooding", "'within'")]
    [InlineData("members: 1 M\n    payload: 1 GB\n    network: { latency: 1 ms, bandwidth: 1 bit/s }\n    now: tree(4)", "bandwidth")]
    [InlineData("members: 10\n    topology: samples/atlas/backbone.graph\n    payload: 2 kB\n    now: flooding", "not both")]
    [InlineData("topology: samples/atlas/backbone.graph\n    payload: 2 kB\n    now: tree(4)", "earliest-tree")]
    [InlineData("topology: samples/atlas/backbone.graph\n    origin: Seatle\n    payload: 2 kB\n    now: flooding", "did you mean Seattle")]
    [InlineData("topology: samples/atlas/backbone.graph\n    payload: 2 kB\n    network: { latency: 4 ms }\n    now: flooding", "leave 'latency' out")]
    [InlineData("members: 10\n    origin: London\n    payload: 2 kB\n    network: { latency: 1 ms }\n    now: flooding", "'origin'")]
    public void WhatCannotBeIsToldWithItsPlace(string activity, string told)
    {
        InputException error = Should.Throw<InputException>(() => Run(activity));
        error.Message.ShouldContain(told);
        error.Mark.Line.ShouldBeGreaterThan(0);
    }

    private static string Figures(ActivityResult result) =>
        string.Join('\n', result.Findings.SelectMany(f => f.Candidates.Select(c => $"{f.Id} {c.Strategy} {c.Value.Value:R} {c.Value.Low:R} {c.Value.High:R}")));

    internal static Finding Find(ActivityResult result, string metric) => result.Findings.Single(f => f.Metric.Name == metric);

    internal static ActivityResult Run(string activity, string prices = "prices: {}", ulong seed = 7)
    {
        string text = $"headroom: 1\nname: test\n{(prices == "prices: {}" ? "" : prices + "\n")}activities:\n  - name: push\n    kind: broadcast\n    {activity}\n";
        SystemFile system = SystemFile.Parse(text, "test.yaml", SharedData.RepositoryRoot());
        return Auditor.Run(system, new AuditOptions { Seed = new Seed(seed), Command = "test", Threads = 1 }).Activities.Single();
    }
}
