using Headroom.Consensus.Raft;
using Headroom.Consensus.Raft.Log;
using Headroom.Consensus.Raft.Membership;
using Headroom.Consensus.Raft.Messages;
using Headroom.Kernel.Randomness;

namespace Headroom.Consensus.Tests.Raft;

/// <summary>Rules whose breach a torture seldom meets, each in the smallest scene; and each seen to fail with its mutant.</summary>
public sealed class RaftRulesTests
{
    /// <summary>The paper's figure 8: an entry of an earlier term that a majority has may still be replaced, so that it does not count.</summary>
    [Theory]
    [InlineData(RaftMutant.None, 0)]
    [InlineData(RaftMutant.CommitEarlierTerm, 1)]
    public void AnEntryOfAnEarlierTermIsNotCommittedByCounting(object mutant, long committed)
    {
        RaftCore core = Core((RaftMutant)mutant, new HardState(2, 0, 0), new RaftEntry(2, 1, EntryKind.Command, "e"u8.ToArray()));
        Win(core, term: 3);
        // Two others have the entry of term 2, and not yet that of term 3.
        core.Step(new RaftMessage { Kind = MessageKind.AppendAnswer, From = 2, To = 1, Term = 3, Index = 1 });
        core.Step(new RaftMessage { Kind = MessageKind.AppendAnswer, From = 3, To = 1, Term = 3, Index = 1 });
        core.Committed.ShouldBe(committed);
        core.Step(new RaftMessage { Kind = MessageKind.AppendAnswer, From = 2, To = 1, Term = 3, Index = 2 });
        core.Step(new RaftMessage { Kind = MessageKind.AppendAnswer, From = 3, To = 1, Term = 3, Index = 2 });
        core.Committed.ShouldBe(2);
    }

    [Theory]
    [InlineData(RaftMutant.None, true)]
    [InlineData(RaftMutant.ChangeTooEarly, false)]
    public void AChangeOfMembersWaitsUntilTheOneBeforeIsApplied(object mutant, bool isRefused)
    {
        RaftCore core = Core((RaftMutant)mutant, new HardState(2, 0, 0));
        Win(core, term: 3);
        Commit(core);
        core.ProposeChange(new MembershipProposal([new(ChangeKind.Remove, 5)])).ShouldBe(StepResult.Done);
        core.ChangeProblem.ShouldBeNull();
        core.ProposeChange(new MembershipProposal([new(ChangeKind.Remove, 4)])).ShouldBe(StepResult.Done);
        (core.ChangeProblem is not null).ShouldBe(isRefused);
        core.Entry(core.LastIndex).Kind.ShouldBe(isRefused ? EntryKind.Command : EntryKind.Membership);
    }

    [Fact]
    public void AMemberGivesOneVoteATerm()
    {
        RaftCore core = Core(RaftMutant.None, new HardState(2, 0, 0));
        Answer(core, 2).IsRejected.ShouldBeFalse();
        Answer(core, 3).IsRejected.ShouldBeTrue();
        Answer(core, 2).IsRejected.ShouldBeFalse();
        core.State.ShouldBe(new HardState(3, 2, 0));
    }

    [Fact]
    public void ACandidateThatIsRefusedLearnsHowFarItsLogIsCommitted()
    {
        RaftCore core = Core(RaftMutant.None, new HardState(2, 0, 0), [.. Enumerable.Range(1, 3).Select(index => new RaftEntry(2, index, EntryKind.Command, default))]);
        core.Campaign();
        core.Step(new RaftMessage { Kind = MessageKind.PreVoteAnswer, From = 2, To = 1, Term = 2, IsRejected = true, Commit = 2, LogTerm = 2 });
        core.Committed.ShouldBe(2);
        // Of another log nothing is learnt.
        core.Step(new RaftMessage { Kind = MessageKind.PreVoteAnswer, From = 3, To = 1, Term = 2, IsRejected = true, Commit = 3, LogTerm = 1 });
        core.Committed.ShouldBe(2);
    }

    /// <summary>Without pre-vote and check-quorum too, as in the paper; etcd says nothing then.</summary>
    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    public void ALeaderOfAnEarlierTermIsToldOfTheNewOne(bool tells, int answers)
    {
        var founding = new RaftSnapshot(0, 0, new Configuration { Voters = IdSet.Of([1, 2, 3]) }, default);
        var options = new RaftOptions { ElectionTicks = 10, HeartbeatTicks = 1, PreVote = false, CheckQuorum = false, TellsTerm = tells };
        var core = new RaftCore(options, 1, new Seed(1), new Restored(new HardState(5, 0, 0), founding, []));
        core.Step(new RaftMessage { Kind = MessageKind.Heartbeat, From = 2, To = 1, Term = 3 });
        RaftReady ready = core.HasReady ? core.TakeReady() : default;
        ready.Answers.Length.ShouldBe(answers);
        if (tells)
        {
            (ready.Answers[0].Kind, ready.Answers[0].To, ready.Answers[0].Term).ShouldBe((MessageKind.AppendAnswer, 2, 5L));
        }
    }

    private static RaftMessage Answer(RaftCore core, int candidate)
    {
        core.Step(new RaftMessage { Kind = MessageKind.Vote, From = candidate, To = 1, Term = 3, Index = 9, LogTerm = 2 });
        RaftReady ready = core.TakeReady();
        return ready.Answers[^1];
    }

    private static RaftCore Core(RaftMutant mutant, HardState state, params RaftEntry[] entries)
    {
        var founding = new RaftSnapshot(0, 0, new Configuration { Voters = IdSet.Of([1, 2, 3, 4, 5]) }, default);
        return new RaftCore(new RaftOptions { ElectionTicks = 10, HeartbeatTicks = 1, Mutant = mutant }, 1, new Seed(1), new Restored(state, founding, entries));
    }

    private static void Win(RaftCore core, long term)
    {
        core.Campaign();
        Drain(core);
        foreach (MessageKind kind in new[] { MessageKind.PreVoteAnswer, MessageKind.VoteAnswer })
        {
            core.Step(new RaftMessage { Kind = kind, From = 4, To = 1, Term = term });
            core.Step(new RaftMessage { Kind = kind, From = 5, To = 1, Term = term });
            Drain(core);
        }

        core.Role.ShouldBe(Role.Leader);
        core.Term.ShouldBe(term);
    }

    private static void Commit(RaftCore core)
    {
        core.Step(new RaftMessage { Kind = MessageKind.AppendAnswer, From = 2, To = 1, Term = core.Term, Index = core.LastIndex });
        core.Step(new RaftMessage { Kind = MessageKind.AppendAnswer, From = 3, To = 1, Term = core.Term, Index = core.LastIndex });
        Drain(core);
        core.Applied.ShouldBe(core.LastIndex);
    }

    /// <summary>All that it wants written is durable at once, and all that it wants applied is applied.</summary>
    private static void Drain(RaftCore core)
    {
        while (core.HasReady)
        {
            RaftReady ready = core.TakeReady();
            RaftMessage[] own = [.. ready.Answers.ToArray().Where(answer => answer.To == 1)];
            long applied = ready.Committed.IsEmpty ? 0 : ready.Committed[ready.Committed.Count - 1].Index;
            foreach (RaftMessage message in own)
            {
                core.Step(message);
            }

            if (applied > 0)
            {
                core.AppliedTo(applied);
            }
        }
    }
}
