using Headroom.Consensus.Raft.Quorums;
using Headroom.Kernel.Randomness;

namespace Headroom.Consensus.Tests.Raft.Quorums;

/// <summary>Against deliberately dumb versions: every index is tried, every way the missing ballots could fall.</summary>
public sealed class QuorumPropertyTests
{
    [Fact]
    public void TheCommittedIndexIsTheHighestThatMoreThanHalfHave()
    {
        RandomStream random = new Seed(3).Named("committed").Stream();
        for (int trial = 0; trial < 5000; trial++)
        {
            long[] indices = new long[1 + random.Below(trial % 50 == 0 ? 40 : 8)];
            for (int i = 0; i < indices.Length; i++)
            {
                indices[i] = random.Below(6);
            }

            long highest = Enumerable.Range(0, 7).Last(index => indices.Count(has => has >= index) * 2 > indices.Length);
            Majority.CommittedIndex([.. Enumerable.Range(0, indices.Length)], new Known(indices)).ShouldBe(highest);
        }
    }

    [Fact]
    public void AVoteIsWonOrLostWhenNoMissingBallotCanChangeThat()
    {
        // Of each of up to six voters: no, yes, or out.
        for (int voters = 1; voters <= 6; voters++)
        {
            for (int code = 0; code < Power(3, voters); code++)
            {
                int[] ballots = [.. Enumerable.Range(0, voters).Select(i => code / (int)Power(3, i) % 3)];
                int missing = ballots.Count(ballot => ballot == 2);
                bool[] outcomes = [.. Enumerable.Range(0, missing + 1).Select(more => (ballots.Count(ballot => ballot == 1) + more) * 2 > voters)];
                VoteResult expected = outcomes.All(won => won) ? VoteResult.Won : outcomes.Any(won => won) ? VoteResult.Pending : VoteResult.Lost;
                Majority.Count([.. Enumerable.Range(0, voters)], new Ballots(ballots)).ShouldBe(expected, string.Join(' ', ballots));
            }
        }
    }

    private static long Power(long value, int exponent) => exponent == 0 ? 1 : value * Power(value, exponent - 1);

    private readonly struct Known(long[] indices) : IAcknowledgements
    {
        public bool TryGet(int voter, out long index)
        {
            index = indices[voter];
            return true;
        }
    }

    private readonly struct Ballots(int[] ballots) : IBallots
    {
        public bool TryGet(int voter, out bool granted)
        {
            granted = ballots[voter] == 1;
            return ballots[voter] < 2;
        }
    }
}
