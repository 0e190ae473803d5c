using Headroom.Kernel.Findings;

namespace Headroom.Audit.Tests.Studies.Broadcast;

/// <summary>A strategy whose members cannot keep up with the stated rate is told so and not recommended.</summary>
public sealed class BroadcastRateTests
{
    private const string Members = "members: 60\n    payload: 1 kB\n    network: { latency: 5 ms, bandwidth: 10 Mbit/s }\n    ";

    /// <summary>Copies a second that a line of 10 Mbit/s sends: 1 056 B each on the wire.</summary>
    private const double Line = 10e6 / (8 * 1056);

    [Theory]
    [InlineData(0.9, true)]
    [InlineData(1.15, false)]
    public void ATreesRootSaturatesWhereItsLineSendsKOfEach(double share, bool sustains)
    {
        Finding payloads = Find(Run($"{Members}rate: {Line / 8 * share:F3}/s\n    now: tree(8)\n    try: [ tree(2) ]"), "payloads");
        Candidate wide = payloads.Candidates.Single(c => c.Strategy == "tree(8)");
        wide.MeetsGoals.ShouldBe(sustains, string.Join("; ", wide.MissedGoals));
        payloads.Candidates.Single(c => c.Strategy == "tree(2)").MeetsGoals.ShouldBeTrue();
        if (!sustains)
        {
            payloads.Best!.Strategy.ShouldBe("tree(2)");
            string missed = wide.MissedGoals.Single();
            missed.ShouldContain("below the stated");
            double saturates = double.Parse(missed["saturates at about ".Length..missed.IndexOf("/s", StringComparison.Ordinal)], System.Globalization.CultureInfo.InvariantCulture);
            saturates.ShouldBe(Line / 8, 0.09 * Line / 8);
        }
    }

    [Fact]
    public void WithoutARateNothingIsSaidAndALowOneBothersNobody()
    {
        ActivityResult none = Run($"{Members}now: flooding\n    try: [ tree(2) ]");
        none.Notes.ShouldAllBe(n => !n.StartsWith("At the stated", StringComparison.Ordinal));
        ActivityResult low = Run($"{Members}rate: 1/min\n    now: flooding\n    try: [ tree(2) ]");
        low.Notes.ShouldContain(n => n.EndsWith("members keep up with every strategy.", StringComparison.Ordinal));
        Find(low, "payloads").Candidates.ShouldAllBe(c => c.MeetsGoals);
    }

    [Fact]
    public void RandomLoadIsJudgedByRunsAtTheRateAndNotByOneBusyLine()
    {
        // Each member sends five of each and takes in about five: it saturates near a fifth of the line, whatever the busiest of eight broadcasts had.
        Finding below = Find(Run($"{Members}rate: {Line / 5 * 0.85:F3}/s\n    goal: {{ delivered: 90 % }}\n    now: push(5)\n    try: [ tree(2) ]"), "payloads");
        below.Now.MeetsGoals.ShouldBeTrue(string.Join("; ", below.Now.MissedGoals));
        Finding above = Find(Run($"{Members}rate: {Line / 5 * 1.3:F3}/s\n    goal: {{ delivered: 90 % }}\n    now: push(5)\n    try: [ tree(2) ]"), "payloads");
        above.Now.MissedGoals.ShouldHaveSingleItem().ShouldContain("saturates at about");
        above.Best!.Strategy.ShouldBe("tree(2)");
    }

    [Fact]
    public void FloodingThatIsCountedSaturatesWhereEveryLineCarriesACopyForEachOther()
    {
        Finding payloads = Find(Run("members: 2000\n    payload: 1 kB\n    rate: 1/s\n    network: { latency: 5 ms, bandwidth: 10 Mbit/s }\n    now: flooding\n    try: [ tree(2) ]"), "payloads");
        payloads.Now.MissedGoals.ShouldHaveSingleItem().ShouldStartWith($"saturates at about {Kernel.Quantities.Print.Significant(Line / 1999, 4)}/s");
        payloads.Best!.Strategy.ShouldBe("tree(2)");
    }

    [Fact]
    public void ASlowMemberBearsWhatItFindsTimeFor()
    {
        // Each broadcast reaches member 7 once, and takes it 50 ms.
        const string Slow = "members: 60\n    payload: 1 kB\n    network: { latency: 5 ms, bandwidth: 10 Mbit/s }\n    faults: at 0 s slow 59 by 50 ms\n    now: tree(2)\n    try: [ tree(8) ]\n    rate: ";
        Find(Run(Slow + "25/s"), "payloads").Now.MissedGoals.ShouldHaveSingleItem().ShouldContain("member 59 is slow");
        Find(Run(Slow + "15/s"), "payloads").Now.MeetsGoals.ShouldBeTrue();
    }

    [Fact]
    public void UsualStrategiesFarBehindRunAFewTimesAndNamedOnesInFull()
    {
        const string Activity = "members: 200\n    payload: 1 kB\n    network: { latency: 5 ms, loss: 2 % }\n    now: tree(4)";
        ActivityResult usual = Run(Activity);
        usual.Notes.ShouldContain(n => n.StartsWith("rumour-blind-coin(3): 2 runs in time, 2 in synchronous rounds, few, for its first run misses", StringComparison.Ordinal));
        usual.Notes.ShouldContain(n => n.StartsWith("tree(4): 30 runs in time, 30 in synchronous rounds;", StringComparison.Ordinal));
        ActivityResult named = Run(Activity + "\n    try: [ rumour-blind-coin(3) ]");
        named.Notes.ShouldContain(n => n.StartsWith("rumour-blind-coin(3): 30 runs in time, 30 in synchronous rounds;", StringComparison.Ordinal));
        // The first runs are the same ones: whoever is best among all is best among the named.
        Find(usual, "payloads").Best!.Strategy.ShouldBe(Find(Run(Activity + $"\n    try: [ \"{Find(usual, "payloads").Best!.Strategy}\" ]"), "payloads").Best!.Strategy);
    }

    [Fact]
    public void RoundsOfManyCopiesAreCounted()
    {
        ActivityResult result = Run("members: 600\n    payload: 1 kB\n    network: { latency: 5 ms, loss: 0.1 % }\n    now: flooding\n    try: [ tree(2) ]");
        Finding rounds = Find(result, "rounds");
        rounds.Now.Value.Provenance.Kind.ShouldBe(ProvenanceKind.Model);
        rounds.Now.Value.Value.ShouldBe(2 - 0.5492, 1e-3); // 0.999^599
        Find(result, "time").Now.Value.Provenance.Kind.ShouldBe(ProvenanceKind.Simulated);
        result.Notes.ShouldContain(n => n.StartsWith("flooding: 5 runs in time, rounds counted;", StringComparison.Ordinal));
    }

    private static Finding Find(ActivityResult result, string metric) => BroadcastStudyTests.Find(result, metric);

    private static ActivityResult Run(string activity) => BroadcastStudyTests.Run(activity);
}
