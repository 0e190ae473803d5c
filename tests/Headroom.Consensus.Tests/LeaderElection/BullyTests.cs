using Headroom.Consensus.LeaderElection;
using Headroom.Kernel.Randomness;
using Headroom.Simulation.Faults;
using Headroom.Simulation.Networks;

namespace Headroom.Consensus.Tests.LeaderElection;

/// <summary>The bully under crashes of leaders. Identifiers are one more than the member's number.</summary>
public sealed class BullyTests
{
    private const long MsNs = 1_000_000;

    public static TheoryData<int> Sizes => [2, 3, 5, 10];

    [Theory]
    [MemberData(nameof(Sizes))]
    public void TheFirstThatBeginsSendsOnlyItsAnnouncement(int n)
    {
        LeaderElectionOutcome outcome = LeaderElectionRegistry.Bully.Run(Setting(n) with { Suspicions = [(0, n - 1)] });
        outcome.Messages.ShouldBe(n - 1);
        outcome.Announcements.ShouldBe(n - 1);
        outcome.Leader.ShouldBe(n);
        outcome.EveryoneAgrees.ShouldBeTrue();
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void TheSecondThatNoticesAsksTheCrashedAndAnnounces(int n)
    {
        LeaderElectionOutcome outcome = LeaderElectionRegistry.Bully.Run(Setting(n) with { Faults = new FaultPlan([new Fault(0, FaultKind.Crash, n - 1)]), Suspicions = [(MsNs, n - 2)] });
        outcome.Messages.ShouldBe(1 + (n - 2));
        outcome.Leader.ShouldBe(n - 1);
        outcome.EveryoneAgrees.ShouldBeTrue();
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void TheLowestThatNoticesCostsNSquaredLessOne(int n)
    {
        LeaderElectionOutcome outcome = LeaderElectionRegistry.Bully.Run(Setting(n) with { Suspicions = [(0, 0)] });
        outcome.Messages.ShouldBe((n * n) - 1);
        outcome.Leader.ShouldBe(n);
        outcome.EveryoneAgrees.ShouldBeTrue();
    }

    [Fact]
    public void WhenLeadersCrashOneAfterTheOtherTheGreatestThatLivesLeads()
    {
        const int N = 9;
        for (int crashes = 1; crashes < N; crashes++)
        {
            IEnumerable<Fault> faults = Enumerable.Range(0, crashes).Select(i => new Fault(100 * MsNs * (i + 1), FaultKind.Crash, N - 1 - i));
            (long, int)[] suspicions = [(0, 0), .. Enumerable.Range(0, crashes).Select(i => ((100 * MsNs * (i + 1)) + (10 * MsNs), 0))];
            LeaderElectionOutcome outcome = LeaderElectionRegistry.Bully.Run(Setting(N) with { Faults = new FaultPlan([.. faults]), Suspicions = suspicions });
            outcome.Leader.ShouldBe(N - crashes);
            outcome.EveryoneAgrees.ShouldBeTrue();
        }
    }

    [Fact]
    public void OneThatAnswersAndCrashesBeforeItLeadsIsNotWaitedForForEver()
    {
        // Member 3 (of 0 to 4, the last crashed) answers after a latency and crashes while it waits for the last.
        LeaderElectionOutcome outcome = LeaderElectionRegistry.Bully.Run(Setting(5) with
        {
            Faults = new FaultPlan([new Fault(0, FaultKind.Crash, 4), new Fault(4 * MsNs, FaultKind.Crash, 3)]),
            Suspicions = [(MsNs, 0)],
        });
        outcome.Leader.ShouldBe(3);
        // First 4 + 3 + 2 + 1 questions and 3 + 2 + 1 answers; again, without the one that crashed, 4 + 3 + 2 questions, 2 + 1 answers, and 2 told.
        outcome.Messages.ShouldBe(30);
        outcome.EveryoneAgrees.ShouldBeTrue();
    }

    [Fact]
    public void WhoHasHeardOfAnotherLeaderWhenItsTimeIsUpBeginsNothing()
    {
        // The second greatest notices first and tells all before the others' time is up.
        LeaderElectionSetting setting = Setting(5) with { Faults = new FaultPlan([new Fault(0, FaultKind.Crash, 4)]), Suspicions = [(MsNs, 3), (20 * MsNs, 0), (20 * MsNs, 1)] };
        LeaderElectionRegistry.Bully.Run(setting with { Suspected = 5 }).Messages.ShouldBe(1 + 3);
        LeaderElectionRegistry.Bully.Run(setting).Messages.ShouldBeGreaterThan(1 + 3);
    }

    [Fact]
    public void OneThatComesBackWithAGreaterIdentifierTakesOver()
    {
        LeaderElectionOutcome outcome = LeaderElectionRegistry.Bully.Run(Setting(5) with
        {
            Faults = new FaultPlan([new Fault(0, FaultKind.Crash, 4), new Fault(500 * MsNs, FaultKind.Restart, 4)]),
            Suspicions = [(MsNs, 1)],
        });
        outcome.Leader.ShouldBe(5);
        outcome.EveryoneAgrees.ShouldBeTrue();
    }

    [Fact]
    public void UnderCrashesAndJitterWithinTheRoundTripTheGreatestThatLivesLeads()
    {
        Seed seed = new Seed(21).Named("bully");
        for (int i = 0; i < 300; i++)
        {
            RandomStream random = seed.At(i).Stream();
            int n = 2 + random.Below(9);
            int lowest = random.Below(n - 1);
            long[] identifiers = RingElectionTests.Arrangement(n, seed.At(i).Named("identifiers"));
            int[] crashed = [.. Enumerable.Range(0, n).Where(member => member != lowest && random.Bernoulli(0.4))];
            var setting = new LeaderElectionSetting
            {
                Identifiers = identifiers,
                Network = new NetworkOptions { Topology = Topology.Complete(n, MsNs), Jitter = new Jitter(JitterShape.Uniform, MsNs / 2) },
                // Some before, some in the election.
                Faults = FaultPlan.InOrder(crashed.Select(member => new Fault((long)(random.NextDouble() * 20 * MsNs), FaultKind.Crash, member))),
                Suspicions = [(0, lowest), (10 * MsNs, lowest), (200 * MsNs, lowest)],
                Seed = seed.At(i).Named("run"),
            };
            LeaderElectionOutcome outcome = LeaderElectionRegistry.Bully.Run(setting);
            outcome.Leader.ShouldBe(Enumerable.Range(0, n).Except(crashed).Max(member => identifiers[member]), $"trial {i}");
            outcome.EveryoneAgrees.ShouldBeTrue($"trial {i}");
            LeaderElectionRegistry.Bully.Run(setting).ShouldBe(outcome);
        }
    }

    private static LeaderElectionSetting Setting(int n) => new() { Identifiers = [.. Enumerable.Range(1, n).Select(i => (long)i)], LatencyNs = MsNs, RoundTripNs = 4 * MsNs };
}
