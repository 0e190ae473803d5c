using Headroom.Consensus.Bounds;
using Headroom.Kernel.Bounds;

namespace Headroom.Consensus.Tests.Bounds;

/// <summary>Legal ways that look as if they went below a floor, and what the regime says of them.</summary>
public sealed class LegalAttackTests
{
    [Fact]
    public void ARelayBeatsTheDirectLinkAndTheQuorumFloorKnows()
    {
        // Member 0 to 2 takes 100 directly and 20 through member 1.
        double[][] latency = [[0, 10, 100], [10, 0, 10], [100, 10, 0]];
        Number(ConsensusBounds.QuorumTime, new BoundArguments { { "latency", latency }, { "quorum", 3 }, { "leader", 0 } }).ShouldBe(40);
    }

    [Fact]
    public void ARingBeatsTheStarAndStaysAboveItsOwnFloor()
    {
        for (int q = 2; q < 10; q++)
        {
            double star = Number(ConsensusBounds.CommandMessages, new BoundArguments { ["quorum"] = q });
            double relayed = Number(ConsensusBounds.CommandMessages, new BoundArguments { ["quorum"] = q, ["relays"] = 1 });
            star.ShouldBe(2 * (q - 1));
            relayed.ShouldBe(q);
            relayed.ShouldBeLessThanOrEqualTo(star);
        }
    }

    [Fact]
    public void BatchesDivideWhatACommandCosts() =>
        Number(ConsensusBounds.CommandMessages, new BoundArguments { ["quorum"] = 3, ["batch"] = 64, ["answered"] = 128 }).ShouldBe((2.0 / 64) + (2.0 / 128));

    [Theory]
    [InlineData(1, 1, 3)]
    [InlineData(2, 2, 5)]
    [InlineData(3, 2, 7)]
    public void EgalitarianPaxosIsNoViolationOfFastPaxosPrice(int crashes, int fast, int members)
    {
        // 2f + 1 members, fast despite ceil((f + 1)/2) crashes of members that propose when asked.
        Number(ConsensusBounds.FastMembers, new BoundArguments { ["crashes"] = crashes, ["fast"] = fast, ["proposers"] = 2 }).ShouldBeLessThanOrEqualTo(members);
        Number(ConsensusBounds.FastMembers, new BoundArguments { ["crashes"] = crashes, ["fast"] = fast }).ShouldBeGreaterThan(members);
    }

    [Fact]
    public void TwoPhaseCommitAsItIsSentMeetsItsFloorAndDoesNotCrossIt()
    {
        for (int n = 2; n < 20; n++)
        {
            // A coordinator among the participants: votes in, decision out.
            double sent = (n - 1) + (n - 1);
            sent.ShouldBe(Number(ConsensusBounds.AtomicCommitment, new BoundArguments { ["participants"] = n }));
        }
    }

    [Fact]
    public void ElectionsOnRingsStayAboveTheFloor()
    {
        for (long n = 1; n <= 1024; n *= 2)
        {
            Number(ConsensusBounds.RingMessages, new BoundArguments { ["members"] = n }).ShouldBeLessThanOrEqualTo(WorstOfChangRoberts(n));
        }
    }

    [Fact]
    public void AHostThatIsNoMemberShortensTheWayUnlessLatenciesKnowIt()
    {
        // 100 directly, 10 to a host between and 10 on.
        var direct = new BoundArguments { { "latency", [[0, 100], [100, 0]] }, { "quorum", 2 }, { "leader", 0 } };
        var known = new BoundArguments { { "latency", [[0, 20], [20, 0]] }, { "quorum", 2 }, { "leader", 0 } };
        double sent = 4 * 10;
        sent.ShouldBeLessThan(Number(ConsensusBounds.QuorumTime, direct));
        sent.ShouldBe(Number(ConsensusBounds.QuorumTime, known));
        ConsensusBounds.QuorumTime.Regime.ShouldContain("other hosts belong in the latencies");
    }

    [Fact]
    public void AMemberThatCompletesAQuorumKnowsOneDelayEarlierAndIsExcepted()
    {
        Number(ConsensusBounds.Delays, new BoundArguments { ["members"] = 3, ["crashes"] = 1 }).ShouldBe(2);
        ConsensusBounds.Delays.Regime.ShouldContain("may know one delay earlier");
    }

    [Fact]
    public void PerfectTimeOutsAndWritersThatNeverCrashAreExcepted()
    {
        ConsensusBounds.Members.Regime.ShouldContain("time-outs never err");
        ConsensusBounds.CoordinatorCrashes.Regime.ShouldContain("time-outs never err");
        ConsensusBounds.RegisterMembers.Regime.ShouldContain("clients may crash");
    }

    [Fact]
    public void SilenceForOneValueHalvesABroadcastAndStaysAboveTheFloor()
    {
        // With one crash n messages over both values are enough, hence half of them, rounded up, in the worse run.
        for (int n = 3; n < 50; n++)
        {
            Number(ConsensusBounds.LyingMessages, new BoundArguments { ["members"] = n, ["liars"] = 1 }).ShouldBeLessThanOrEqualTo(Math.Ceiling(n / 2.0));
        }
    }

    [Fact]
    public void FloodingForOneRoundLessThanTheFloorDisagrees()
    {
        int floor = (int)Number(ConsensusBounds.Rounds, new BoundArguments { ["members"] = 3, ["faults"] = 1 });
        FloodingAgrees(floor).ShouldBeTrue();
        FloodingAgrees(floor - 1).ShouldBeFalse();
    }

    [Theory]
    [InlineData(-3)]
    [InlineData(0)]
    [InlineData(3)]
    public void AnyPlaceInTheClocksIntervalWaitsAsLong(double place)
    {
        // The first server's clock is 3 ahead, the second's 3 behind; both take the same place in the interval of half width 3.
        double first = 100 + 3 + place;
        double gap = 0;
        while (100 + gap - 3 + place < first)
        {
            gap += 0.5;
        }

        gap.ShouldBe(Number(ConsensusBounds.Wait, new BoundArguments { ["uncertainty"] = 3 }));
    }

    [Fact]
    public void AnEmptyMessageSaysABitAndTheRegimeForbidsIt()
    {
        // One of two equally likely changes is an empty message, the other a bit.
        double bytes = 0.5 / 8;
        bytes.ShouldBeLessThan(Number(ConsensusBounds.WatchBytes, new BoundArguments { { "changes", [1] }, { "watchers", [1] }, { "entropy", 1 } }));
        ConsensusBounds.WatchBytes.Regime.ShouldContain("where messages end");
    }

    /// <summary>Member 0 has 0, two others 1; it crashes in some round, heard then by some only; the others decide the least value heard.</summary>
    private static bool FloodingAgrees(int rounds)
    {
        for (int crash = 1; crash <= rounds; crash++)
        {
            for (int heard = 0; heard < 4; heard++)
            {
                int[] least = [1, 1];
                for (int round = 1; round <= rounds; round++)
                {
                    int met = Math.Min(least[0], least[1]);
                    int reached = round < crash ? 3 : round == crash ? heard : 0;
                    least = [(reached & 1) != 0 ? 0 : met, (reached & 2) != 0 ? 0 : met];
                }

                if (least[0] != least[1])
                {
                    return false;
                }
            }
        }

        return true;
    }

    /// <summary>Identifiers descend in the direction of travel: identifier k is passed on until a greater one swallows it, counted one by one.</summary>
    private static double WorstOfChangRoberts(long n)
    {
        double messages = 0;
        for (long start = 0; start < n; start++)
        {
            // Member i has identifier n - 1 - i, and sends to member i - 1, whose identifier is greater by one: the best case turned round is the worst.
            long identifier = n - 1 - start;
            long at = start;
            do
            {
                at = (at + 1) % n;
                messages++;
            }
            while (n - 1 - at < identifier);
        }

        messages.ShouldBe(n * (n + 1) / 2.0);
        return messages;
    }

    private static double Number(Bound bound, BoundArguments arguments) => bound.Evaluate(arguments).Number!.Value;
}
