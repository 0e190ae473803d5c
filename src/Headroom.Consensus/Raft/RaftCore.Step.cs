using Headroom.Consensus.Raft.Messages;

namespace Headroom.Consensus.Raft;

/// <summary>What a message does, by its term [ongaro2014, section 3.3] and its kind.</summary>
public sealed partial class RaftCore
{
    /// <summary>Takes a message in.</summary>
    public StepResult Step(in RaftMessage message)
    {
        if (message.Kind is MessageKind.AppendAnswer or MessageKind.HeartbeatAnswer or MessageKind.VoteAnswer or MessageKind.PreVoteAnswer
            && message.From != Id && _tracker[message.From] is null)
        {
            return StepResult.UnknownMember;
        }

        if (message.Kind is MessageKind.VoteAnswer or MessageKind.PreVoteAnswer)
        {
            LearnCommit(message);
        }

        if (message.Kind == MessageKind.Written)
        {
            TakeWritten(message);
            return StepResult.Done;
        }

        if (message.Kind == MessageKind.Propose)
        {
            return ProposeForwarded(message);
        }

        if (message.Term < Term)
        {
            TakeFromEarlierTerm(message);
            return StepResult.Done;
        }

        if (message.Kind is MessageKind.Vote or MessageKind.PreVote && !message.IsTransfer && (_silentTicks > 0 || (message.Term > Term && DefendsLeader())))
        {
            return StepResult.Done;
        }

        if (message.Term > Term && message.Kind != MessageKind.PreVote && (message.Kind != MessageKind.PreVoteAnswer || message.IsRejected))
        {
            TakeHigherTerm(message);
        }

        return Dispatch(message);
    }

    /// <summary>The follower cannot be reached: what is on its way may be lost.</summary>
    public void ReportUnreachable(int id)
    {
        if (Role == Role.Leader && _tracker[id] is { State: Tracking.ProgressState.Replicate } member)
        {
            member.BecomeProbe();
        }
    }

    /// <summary>More of the snapshot on its way has come to a member: it is not lost.</summary>
    public void SnapshotAdvanced(int id)
    {
        if (_tracker[id] is { State: Tracking.ProgressState.Snapshot } member)
        {
            member.SnapshotTicks = 0;
        }
    }

    /// <summary>The snapshot that was on its way to a member arrived, or is lost; that it was applied, the member says itself.</summary>
    public void ReportSnapshot(int id, bool arrived)
    {
        if (Role == Role.Leader && _tracker[id] is { State: Tracking.ProgressState.Snapshot } member)
        {
            if (!arrived)
            {
                member.ForgetSnapshot();
            }

            member.BecomeProbe();
            // If it arrived its answer is awaited, if not the next heartbeat's.
            member.IsFlowPaused = true;
        }
    }

    private void TakeHigherTerm(in RaftMessage message)
    {
        (int elapsed, int timeout, Role role) = (_electionElapsed, _electionTimeout, Role);
        BecomeFollower(message.Term, IsFromLeader(message.Kind) ? message.From : 0);
        if (!_options.TermResetsTimeout && role != Role.Leader)
        {
            (_electionElapsed, _electionTimeout) = (elapsed, timeout);
        }
    }

    private static bool IsFromLeader(MessageKind kind) => kind is MessageKind.Append or MessageKind.Heartbeat or MessageKind.Snapshot;

    private void TakeFromEarlierTerm(in RaftMessage message)
    {
        if ((_options.TellsTerm || _options.CheckQuorum || _options.PreVote) && message.Kind is MessageKind.Append or MessageKind.Heartbeat)
        {
            // An old leader whom nobody tells of the new term would never step down, and we might be stuck at a higher term than it.
            Send(new RaftMessage { Kind = MessageKind.AppendAnswer, To = message.From });
        }
        else if (message.Kind == MessageKind.PreVote)
        {
            RefuseVote(message);
        }
    }

    private StepResult Dispatch(in RaftMessage message)
    {
        if (message.Kind is MessageKind.Vote or MessageKind.PreVote)
        {
            AnswerVote(message);
            return StepResult.Done;
        }

        if (Role == Role.Leader)
        {
            TakeAsLeader(message);
            return StepResult.Done;
        }

        if (IsFromLeader(message.Kind))
        {
            return Follow(message);
        }

        bool isAnswer = (Role == Role.Candidate && message.Kind == MessageKind.VoteAnswer) || (Role == Role.PreCandidate && message.Kind == MessageKind.PreVoteAnswer);
        if (isAnswer)
        {
            CountVote(message);
        }
        else if (Role == Role.Follower && message.Kind == MessageKind.TimeoutNow)
        {
            // Who is asked to take over need not ask whether it could.
            Campaign(isTransfer: true);
        }

        return StepResult.Done;
    }

    private void TakeAsLeader(in RaftMessage message)
    {
        if (message.Kind == MessageKind.AppendAnswer)
        {
            TakeAppendAnswer(message);
        }
        else if (message.Kind == MessageKind.HeartbeatAnswer)
        {
            TakeHeartbeatAnswer(message);
        }
    }
}
