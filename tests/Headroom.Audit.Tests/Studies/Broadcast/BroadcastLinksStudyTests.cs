using Headroom.Audit.Reading;
using Headroom.Kernel.Findings;

namespace Headroom.Audit.Tests.Studies.Broadcast;

/// <summary>Faults, everything that links can do, and wrapped strategies, as a system file asks for them.</summary>
public sealed class BroadcastLinksStudyTests
{
    private const string Members = "members: 40\n    payload: 2 kB\n    ";

    [Theory]
    [InlineData("faults: at 20 ms crash {3-5}; from 0 s to 30 ms loss 10 %")]
    [InlineData("faults: |\n      # three go\n      at 20 ms crash {3-5}\n      from 0 s to 30 ms loss 10 %")]
    [InlineData("faults:\n      - at 20 ms crash {3-5}\n      - from 0 s to 30 ms loss 10 %")]
    public void APlanIsWrittenInALineInABlockOrInAList(string faults)
    {
        ActivityResult result = Run($"{Members}{faults}\n    network: {{ latency: 10 ms, bandwidth: 10 Mbit/s }}\n    goal: {{ delivered: 90 % }}\n    now: push(4, 2)\n    try: [ tree(3), plumtree(5) ]");
        result.Findings.Select(f => f.Metric.Name).ShouldNotContain("rounds");
        Finding messages = Find(result, "messages");
        messages.Limit!.Value.Number!.Value.ShouldBe(0.9 * 36, 1e-9); // three of forty may be gone at the end
        messages.Candidates.Single(c => c.Strategy == "tree(3)").MeetsGoals.ShouldBeFalse();
        result.Findings.ShouldAllBe(f => f.Verdict != Verdict.Violated);
        result.Notes.ShouldContain(n => n.StartsWith("Faults strike since the request", StringComparison.Ordinal) && n.Contains("at least 37 of 40", StringComparison.Ordinal));
        string first = string.Join('\n', Find(Run($"{Members}faults: at 20 ms crash {{3-5}}; from 0 s to 30 ms loss 10 %\n    network: {{ latency: 10 ms, bandwidth: 10 Mbit/s }}\n    goal: {{ delivered: 90 % }}\n    now: push(4, 2)\n    try: [ tree(3), plumtree(5) ]"), "bytes").Candidates.Select(c => c.Value.Value));
        string.Join('\n', Find(result, "bytes").Candidates.Select(c => c.Value.Value)).ShouldBe(first);
    }

    [Fact]
    public void ASwarmStrikesEachRunInItsOwnWayAndNoFloorIsCrossed()
    {
        ActivityResult result = Run($"{Members}faults: swarm 400 ms\n    network: {{ latency: 10 ms, jitter: lognormal 3 ms 1, loss: 2 % in bursts of 4, duplication: 1 %, bandwidth: 10 Mbit/s, queue: 64 kB }}\n    goal: {{ delivered: 50 % }}\n    now: plumtree(5)");
        result.Findings.ShouldAllBe(f => f.Verdict != Verdict.Violated);
        Finding delivered = Find(result, "delivered");
        delivered.Now.Value.High.ShouldBeGreaterThan(delivered.Now.Value.Low);
        result.Notes.ShouldContain(n => n.Contains("in bursts of 4", StringComparison.Ordinal) && n.Contains("queues of 64 kB", StringComparison.Ordinal) && n.Contains("duplication 1 %", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("network: { latency: 10 ms }\n    faults: at 20 ms crash 40", 9, "there is no member 40: members are 0 to 39")]
    [InlineData("network: { latency: 10 ms }\n    faults: |\n      at 20 ms crash 3\n\n      at 30 ms crash 41", 12, "there is no member 41")]
    [InlineData("network: { latency: 10 ms }\n    faults:\n      - at 20 ms crash 3\n      - at 30 ms crsh 4", 11, "did you mean crash?")]
    [InlineData("network: { latency: 10 ms }\n    faults: plan.txt", 9, "there is no file of that name")]
    [InlineData("network: { latency: 10 ms }\n    faults: swarm\n    goal: { within: 3 rounds }", 10, "a goal in rounds cannot be held")]
    public void AMistakeInAPlanIsToldWithItsLine(string keys, int line, string told)
    {
        InputException error = Should.Throw<InputException>(() => Run($"{Members}{keys}\n    now: flooding"));
        error.Mark.File.ShouldBe("test.yaml");
        error.Mark.Line.ShouldBe(line);
        error.Problem.ShouldContain(told);
    }

    [Fact]
    public void WrappedStrategiesRunBesideWhatTheyWrapAndSayWhatTheyCost()
    {
        ActivityResult result = Run($"{Members}network: {{ latency: 10 ms, jitter: 2 ms, bandwidth: 10 Mbit/s }}\n    goal: {{ delivered: 90 % }}\n    now: fifo+push(6)\n    try: [ causal+push(6), \"batch(5 ms)+push(6)\" ]");
        Finding bytes = Find(result, "bytes");
        double Bytes(string strategy) => bytes.Candidates.Single(c => c.Strategy == strategy).Value.Value;
        Bytes("fifo+push(6)").ShouldBeGreaterThan(Bytes("push(6)"));
        Bytes("causal+push(6)").ShouldBeGreaterThan(Bytes("fifo+push(6)"));
        Find(result, "time").Candidates.Single(c => c.Strategy == "batch(5 ms)+push(6)").Value.Value.ShouldBeGreaterThan(Find(result, "time").Candidates.Single(c => c.Strategy == "push(6)").Value.Value + 0.005);
        Find(result, "rounds").Candidates.Select(c => c.Strategy).ShouldNotContain("batch(5 ms)+push(6)");
        foreach (string wrapped in new[] { "fifo+push(6)", "causal+push(6)", "batch(5 ms)+push(6)" })
        {
            result.Notes.ShouldContain(n => n.StartsWith($"{wrapped} against push(6), each broadcast: ", StringComparison.Ordinal), wrapped);
        }
    }

    [Fact]
    public void AWrappedStrategyMayBeClaimedOf() => Run($"{Members}network: {{ latency: 10 ms }}\n    now: flooding\n    try: [ tree(3) ]\n    claims: [ {{ metric: payloads, value: 0.5, strategy: fifo+tree(3), by: us }} ]").Claims.Single().Verdict.ShouldBe(ClaimVerdict.Refuted);

    [Theory]
    [InlineData("fifa+push(6)", "did you mean fifo?")]
    [InlineData("fifo+psh(6)", "did you mean push?")]
    [InlineData("batch(5)+push(6)", "wait is time in ms")]
    [InlineData("push(6)+fifo", "what may stand before a plus is fifo, causal or batch")]
    [InlineData("fifo+push(40)", "needs more than 40 members")]
    public void AWrongWrapperIsTold(string strategy, string told)
    {
        InputException error = Should.Throw<InputException>(() => Run($"{Members}network: {{ latency: 10 ms }}\n    now: {strategy}"));
        error.Problem.ShouldContain(told);
        error.Mark.Line.ShouldBeGreaterThan(0);
    }

    [Theory]
    [InlineData("0.1 %", 1.8647)] // all 1999 by the origin with probability 0.999^1999 = 0.1353
    [InlineData("50 %", 2)]
    [InlineData("80 %", 2)]
    public void FloodingThatIsCountedTakesTwoRoundsOnlyWhereTwoAreEnough(string loss, double rounds)
    {
        ActivityResult result = Run($"members: 2000\n    payload: 1 kB\n    network: {{ latency: 10 ms, loss: {loss} }}\n    now: flooding\n    try: [ tree(4) ]");
        Find(result, "rounds").Now.Value.Value.ShouldBe(rounds, 0.01);
        Find(result, "rounds").Now.Value.Provenance.Kind.ShouldBe(ProvenanceKind.Model);
    }

    [Fact]
    public void WhereOneRoundMayReachTheGoalTheMeanLiesBetween()
    {
        // Half of the runs reach at least the mean of the binomial law in the first round.
        Finding rounds = Find(Run("members: 2000\n    payload: 1 kB\n    network: { latency: 10 ms, loss: 10 % }\n    goal: { delivered: 90 % }\n    now: flooding\n    try: [ tree(4) ]"), "rounds");
        rounds.Now.Value.Value.ShouldBeInRange(1.4, 1.6);
        Finding sure = Find(Run("members: 2000\n    payload: 1 kB\n    network: { latency: 10 ms, loss: 10 % }\n    goal: { delivered: 80 % }\n    now: flooding\n    try: [ tree(4) ]"), "rounds");
        sure.Now.Value.Value.ShouldBe(1, 1e-9);
        Finding within = Find(Run("members: 2000\n    payload: 1 kB\n    network: { latency: 10 ms, loss: 10 % }\n    goal: { delivered: 99 %, within: 1 rounds }\n    now: flooding\n    try: [ tree(4) ]"), "delivered");
        within.Now.Value.Value.ShouldBe(90, 1e-9);
        within.Now.MeetsGoals.ShouldBeFalse();
    }

    [Theory]
    [InlineData("loss: 95 %", "two rounds may miss somebody")]
    [InlineData("loss: 1 % in bursts of 8", "come in bursts")]
    [InlineData("duplication: 1 %", "a message arrives once")]
    public void FloodingThatCanNeitherRunNorBeCountedIsRefused(string links, string told) =>
        Should.Throw<InputException>(() => Run($"members: 2000\n    payload: 1 kB\n    network: {{ latency: 10 ms, {links} }}\n    now: flooding")).Problem.ShouldContain(told);

    [Fact]
    public void UsualStrategiesThatCannotBeAreNotTriedAndTheReasonIsSaid()
    {
        ActivityResult result = Run("members: 2000\n    payload: 1 kB\n    network: { latency: 10 ms, loss: 99 % }\n    now: tree(4)");
        result.Notes.ShouldContain(n => n.StartsWith("Not tried", StringComparison.Ordinal) && n.Contains("two rounds may miss somebody", StringComparison.Ordinal));
        result.Findings.SelectMany(f => f.Candidates).ShouldAllBe(c => c.Strategy != "flooding");
    }

    private static Finding Find(ActivityResult result, string metric) => BroadcastStudyTests.Find(result, metric);

    private static ActivityResult Run(string activity) => BroadcastStudyTests.Run(activity);
}
