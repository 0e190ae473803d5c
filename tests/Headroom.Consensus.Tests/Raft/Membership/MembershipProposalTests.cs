using Headroom.Consensus.Raft.Membership;
using Headroom.Kernel.Randomness;

namespace Headroom.Consensus.Tests.Raft.Membership;

public sealed class MembershipProposalTests
{
    [Fact]
    public void AProposalReadsBackToItself()
    {
        var proposal = new MembershipProposal([new(ChangeKind.AddVoter, 3), new(ChangeKind.Remove, 1), new(ChangeKind.AddLearner, 4000), new(ChangeKind.Update, 2)], Transition.JointExplicit);
        MembershipProposal read = MembershipProposal.Decode(proposal.Encode())!;
        read.Transition.ShouldBe(proposal.Transition);
        read.Changes.ShouldBe(proposal.Changes);
        MembershipProposal.Decode(MembershipProposal.Leave.Encode())!.IsLeave.ShouldBeTrue();
    }

    [Fact]
    public void OtherBytesAreNone()
    {
        RandomStream random = new Seed(9).Stream();
        for (int trial = 0; trial < 5000; trial++)
        {
            byte[] bytes = new byte[1 + random.Below(12)];
            for (int i = 0; i < bytes.Length; i++)
            {
                bytes[i] = (byte)random.Below(trial % 2 == 0 ? 6 : 256);
            }

            if (MembershipProposal.Decode(bytes) is { IsLeave: false } read)
            {
                read.Encode().ShouldBe(bytes);
            }
        }
    }

    /// <summary>What makes membership safe: after any step, every majority of before meets every majority of after.</summary>
    [Fact]
    public void MajoritiesBeforeAndAfterAStepOverlap()
    {
        RandomStream random = new Seed(10).Named("steps").Stream();
        int steps = 0;
        for (int trial = 0; trial < 400; trial++)
        {
            var now = new Configuration { Voters = IdSet.Of([1, 2, 3]) };
            for (int step = 0; step < 8; step++)
            {
                MemberChange[] changes = new MemberChange[1 + random.Below(3)];
                for (int i = 0; i < changes.Length; i++)
                {
                    changes[i] = new MemberChange((ChangeKind)random.Below(4), 1 + random.Below(5));
                }

                ConfigurationChange change = now.IsJoint ? ConfigurationChanger.Leave(now)
                    : random.Bernoulli(0.5) ? ConfigurationChanger.Simple(now, changes) : ConfigurationChanger.EnterJoint(now, changes, random.Bernoulli(0.5));
                if (change.Next is { } next)
                {
                    Overlap(now, next).ShouldBeTrue($"{now} to {next}");
                    (now, steps) = (next, steps + 1);
                }
            }
        }

        steps.ShouldBeGreaterThan(1000);
    }

    /// <summary>No set of members and its complement both decide, the one before and the other after.</summary>
    private static bool Overlap(Configuration before, Configuration after) =>
        Enumerable.Range(0, 1 << 5).All(set => !(Decides(before, set) && Decides(after, ~set)));

    private static bool Decides(Configuration configuration, int set) => IsMajority(configuration.Voters, set) && (!configuration.IsJoint || IsMajority(configuration.Outgoing, set));

    private static bool IsMajority(IdSet voters, int set) => voters.Span.ToArray().Count(id => (set >> (id - 1) & 1) != 0) * 2 > voters.Count;
}
