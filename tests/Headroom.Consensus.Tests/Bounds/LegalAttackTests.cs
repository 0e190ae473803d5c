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
