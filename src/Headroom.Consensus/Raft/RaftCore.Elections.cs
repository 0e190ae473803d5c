using Headroom.Consensus.Raft.Log;
using Headroom.Consensus.Raft.Messages;
using Headroom.Consensus.Raft.Quorums;

namespace Headroom.Consensus.Raft;

/// <summary>Elections [ongaro2014, sections 3.4, 9.6] and the hand-over of leadership (section 3.10).</summary>
public sealed partial class RaftCore
{
    /// <summary>
    /// Ticks for which nobody gets a vote. A lease rests on this promise, so that it outlives what makes us forget our leader: a higher term, or a crash.
    /// </summary>
    private int _silentTicks;

    /// <summary>Stands for election, if this member may and no change of members waits to be applied.</summary>
    public void Campaign() => Campaign(isTransfer: false);

    /// <summary>A leader asks a voter to take over; a transfer that is not done within an election timeout is given up.</summary>
    public void TransferTo(int id)
    {
        if (Role != Role.Leader || id == Id || id == _transferTo || _tracker[id] is not { IsLearner: false } target)
        {
            return;
        }

        _electionElapsed = 0;
        _transferTo = id;
        _leaseIsForfeit = true;
        if (target.Match == _log.LastIndex)
        {
            Send(new RaftMessage { Kind = MessageKind.TimeoutNow, To = id });
        }
        else
        {
            SendAppend(id);
        }
    }

    /// <summary>A follower doubts its leader: it votes for others again, in this term's remainder too.</summary>
    public void ForgetLeader()
    {
        if (Role == Role.Follower && _options.Reads != ReadMode.Lease)
        {
            Lead = 0;
        }
    }

    private void Campaign(bool isTransfer)
    {
        if (Role == Role.Leader || !IsPromotable || HasUnappliedChange())
        {
            return;
        }

        if (_options.PreVote && !isTransfer)
        {
            // The term and the vote stay: nothing has happened yet.
            _tracker.ResetBallots();
            (Role, Lead) = (Role.PreCandidate, 0);
            AskForVotes(MessageKind.PreVote, Term + 1, isTransfer);
        }
        else
        {
            StandForElection(isTransfer);
        }
    }

    private void StandForElection(bool isTransfer)
    {
        Reset(Term + 1);
        (Role, Vote) = (Role.Candidate, Id);
        AskForVotes(MessageKind.Vote, Term, isTransfer);
    }

    private void AskForVotes(MessageKind kind, long term, bool isTransfer)
    {
        foreach (Tracking.Progress member in _tracker.Members)
        {
            if (!Configuration.IsVoter(member.Id))
            {
                continue;
            }

            if (member.Id == Id)
            {
                // Its own vote counts when it is durable.
                Send(new RaftMessage { Kind = AnswerTo(kind), To = Id, Term = term });
            }
            else
            {
                Send(new RaftMessage { Kind = kind, To = member.Id, Term = term, Index = _log.LastIndex, LogTerm = _log.LastTerm, IsTransfer = isTransfer });
            }
        }
    }

    private static MessageKind AnswerTo(MessageKind kind) => kind == MessageKind.Vote ? MessageKind.VoteAnswer : MessageKind.PreVoteAnswer;

    /// <summary>A member that hears from a leader does not let others unseat it.</summary>
    private bool DefendsLeader() => _options.CheckQuorum && Lead != 0 && _electionElapsed < _options.ElectionTicks;

    private void AnswerVote(in RaftMessage request)
    {
        bool isPre = request.Kind == MessageKind.PreVote;
        bool mayVote = Vote == request.From || (Vote == 0 && Lead == 0) || (isPre && request.Term > Term) || (_options.Mutant == RaftMutant.VoteTwice && !isPre && Role == Role.Follower);
        bool isGranted = mayVote && (_options.Mutant == RaftMutant.VoteForAnyLog || _log.IsUpToDate(request.Index, request.LogTerm));
        if (isGranted)
        {
            // The answer repeats the candidate's term, which of a pre-vote is not ours.
            Send(new RaftMessage { Kind = AnswerTo(request.Kind), To = request.From, Term = request.Term });
        }
        else
        {
            RefuseVote(request);
        }

        if (isGranted && !isPre)
        {
            _electionElapsed = 0;
            Vote = request.From;
        }
    }

    private void RefuseVote(in RaftMessage request)
    {
        var answer = new RaftMessage { Kind = AnswerTo(request.Kind), To = request.From, Term = Term, IsRejected = true };
        if (_options.TellsCommit && _log.TryTerm(_log.Committed, out long term))
        {
            (answer.Commit, answer.LogTerm) = (_log.Committed, term);
        }

        Send(answer);
    }

    /// <summary>What is committed elsewhere is committed here, if it is here: entries of one index and term are the same up to there.</summary>
    private void LearnCommit(in RaftMessage refusal)
    {
        if (refusal.IsRejected && refusal.Commit > _log.Committed && _log.Matches(refusal.Commit, refusal.LogTerm))
        {
            _log.CommitTo(refusal.Commit);
        }
    }

    private void CountVote(in RaftMessage answer)
    {
        _tracker.RecordBallot(answer.From, !answer.IsRejected);
        switch (_tracker.CountBallots())
        {
            case VoteResult.Won when Role == Role.PreCandidate:
                StandForElection(isTransfer: false);
                break;
            case VoteResult.Won:
                BecomeLeader();
                BroadcastAppend();
                break;
            case VoteResult.Lost:
                BecomeFollower(Term, 0);
                break;
            default:
                break;
        }
    }

    private void BecomeLeader()
    {
        Reset(Term);
        (Role, Lead) = (Role.Leader, Id);
        Tracking.Progress self = _tracker[Id]!;
        self.BecomeReplicate();
        self.IsRecentlyActive = true;
        _leaseIsForfeit = false;
        _termStartIndex = _log.LastIndex + 1;
        // There may be a change of members among the entries of earlier terms: none is taken before all of them are applied.
        _pendingChangeIndex = _log.LastIndex;
        AppendOwn(EntryKind.Command, default);
    }
}
