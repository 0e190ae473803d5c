using Headroom.Consensus.Raft.Log;
using Headroom.Consensus.Raft.Messages;
using Headroom.Consensus.Raft.Tracking;

namespace Headroom.Consensus.Raft;

/// <summary>What a leader does: proposals, appends in a pipeline, commits [ongaro2014, sections 3.5, 3.6, 10.2].</summary>
public sealed partial class RaftCore
{
    /// <summary>The latest snapshot of the application, for this follower, whose entries are compacted away; null until one is needed and given.</summary>
    public Func<int, RaftSnapshot?>? LatestSnapshot { get; set; }

    /// <summary>Puts a command into the log, if this member leads; sends it to a known leader, if not and forwarding is wished.</summary>
    public StepResult Propose(ReadOnlySpan<byte> command)
    {
        if (!TakesProposals)
        {
            return StepResult.Dropped;
        }

        AppendOwn(EntryKind.Command, command);
        BroadcastAppend();
        return StepResult.Done;
    }

    /// <summary>Puts a command into the log without sending it yet: <see cref="SendProposals"/> sends all of them together.</summary>
    public StepResult ProposeWithout(ReadOnlySpan<byte> command)
    {
        if (!TakesProposals)
        {
            return StepResult.Dropped;
        }

        AppendOwn(EntryKind.Command, command);
        return StepResult.Done;
    }

    public void SendProposals() => BroadcastAppend();

    /// <summary>Hands a command on to the leader, where one is known.</summary>
    public StepResult Forward(ReadOnlyMemory<byte> command)
    {
        if (Role == Role.Leader || Lead == 0 || Lead == Id)
        {
            return StepResult.Dropped;
        }

        Send(new RaftMessage { Kind = MessageKind.Propose, To = Lead, Entries = new EntrySlice([new RaftEntry(0, 0, EntryKind.Command, command)], 0, 1) });
        return StepResult.Done;
    }

    private bool TakesProposals => Role == Role.Leader && _transferTo == 0 && _tracker[Id] is not null;

    private StepResult ProposeForwarded(in RaftMessage message)
    {
        if (!TakesProposals)
        {
            return StepResult.Dropped;
        }

        foreach (ref readonly RaftEntry entry in message.Entries.Span)
        {
            AppendOwn(EntryKind.Command, entry.Data.Span);
        }

        BroadcastAppend();
        return StepResult.Done;
    }

    private void AppendOwn(EntryKind kind, ReadOnlySpan<byte> data)
    {
        _log.Append(Term, kind, data);
        // The leader counts itself when its own write is durable, as it counts others.
        Accept(Id, _log.LastIndex);
    }

    private void BroadcastAppend()
    {
        foreach (Progress member in _tracker.Members)
        {
            if (member.Id != Id)
            {
                _ = TrySendAppend(member, sendsEmpty: true);
            }
        }
    }

    private void BroadcastHeartbeat()
    {
        BeginRound();
        foreach (Progress member in _tracker.Members)
        {
            if (member.Id != Id)
            {
                // Not more than the member is known to have: it may have lost or never got the rest.
                long commit = Math.Min(member.Match, _log.Committed);
                Send(new RaftMessage { Kind = MessageKind.Heartbeat, To = member.Id, Commit = commit, Round = _round });
                member.CommitSent(commit);
            }
        }
    }

    private void SendAppend(int id) => _ = TrySendAppend(_tracker[id]!, sendsEmpty: true);

    private bool TrySendAppend(Progress member, bool sendsEmpty)
    {
        if (member.IsPaused || (!sendsEmpty && member.Next > _log.LastIndex))
        {
            return false;
        }

        long before = member.Next - 1;
        bool isThere = _log.TryTerm(before, out long term) && member.Next >= _log.FirstIndex;
        EntrySlice entries = default;
        if (isThere && (member.State != ProgressState.Replicate || !member.Inflights.IsFull) && member.Next <= _log.LastIndex)
        {
            entries = _log.SliceOf(member.Next, _options.MessageBytesMax);
        }

        if (isThere && entries.IsEmpty && !sendsEmpty)
        {
            return false;
        }

        if (!isThere)
        {
            return TrySendSnapshot(member);
        }

        ref RaftMessage append = ref Begin(_messages, MessageKind.Append, member.Id);
        (append.Index, append.LogTerm, append.Commit) = (before, term, _log.Committed);
        append.Entries = entries;
        member.SentEntries(entries.Count);
        member.CommitSent(_log.Committed);
        return true;
    }

    private bool TrySendSnapshot(Progress member)
    {
        if (!member.IsRecentlyActive || LatestSnapshot?.Invoke(member.Id) is not { } snapshot)
        {
            return false;
        }

        member.BecomeSnapshot(snapshot.Index);
        Send(new RaftMessage { Kind = MessageKind.Snapshot, To = member.Id, Snapshot = snapshot });
        return true;
    }

    private void TakeAppendAnswer(in RaftMessage answer)
    {
        if (_tracker[answer.From] is not { } member)
        {
            return;
        }

        member.IsRecentlyActive = true;
        if (answer.IsRejected)
        {
            // All terms above the one that the follower names are skipped at once.
            long hint = answer.LogTerm > 0 ? _log.LastNotAbove(answer.Hint, answer.LogTerm).Index : answer.Hint;
            if (member.Reject(answer.Index, hint))
            {
                if (member.State == ProgressState.Replicate)
                {
                    member.BecomeProbe();
                }

                SendAppend(answer.From);
            }
        }
        else if (answer.Index <= _log.LastIndex && (member.Accept(answer.Index) || (member.Match == answer.Index && member.State == ProgressState.Probe)))
        {
            Accepted(member, answer.Index);
        }
    }

    private void Accepted(Progress member, long index)
    {
        if (member.State == ProgressState.Probe)
        {
            member.BecomeReplicate();
        }
        else if (member.State == ProgressState.Snapshot && member.Match + 1 >= _log.FirstIndex)
        {
            // Whichever snapshot it was that the follower applied: from here on the log serves it.
            member.BecomeProbe();
            member.BecomeReplicate();
        }
        else if (member.State == ProgressState.Replicate)
        {
            member.Inflights.FreeUpTo(index);
        }

        // An answer to what is committed makes no quorum for what is not.
        if (index > _log.Committed && TryCommit())
        {
            StartWaitingReads();
            if (_options.SendsCommitAtOnce)
            {
                BroadcastAppend();
            }
        }
        else if (member.Id != Id && _options.SendsCommitAtOnce && member.CanRaiseCommit(_log.Committed))
        {
            SendAppend(member.Id);
        }

        if (member.Id == Id)
        {
            return;
        }

        while (TrySendAppend(member, sendsEmpty: false))
        {
        }

        if (member.Id == _transferTo && member.Match == _log.LastIndex)
        {
            Send(new RaftMessage { Kind = MessageKind.TimeoutNow, To = member.Id });
        }
    }

    private void TakeHeartbeatAnswer(in RaftMessage answer)
    {
        if (_tracker[answer.From] is not { } member)
        {
            return;
        }

        member.IsRecentlyActive = true;
        member.IsFlowPaused = false;
        // An empty append frees a window whose messages were all lost, and lets a follower that is probed be fed again.
        if (member.Match < _log.LastIndex || member.State == ProgressState.Probe)
        {
            SendAppend(answer.From);
        }

        TakeRoundAnswer(member, answer.Round);
    }

    /// <summary>Only entries of the leader's own term are committed by counting; those before come with them [ongaro2014, section 3.6.2].</summary>
    private bool TryCommit()
    {
        long index = _options.Mutant switch
        {
            RaftMutant.CountLearners => _tracker.CommittedIndexOfAll(),
            RaftMutant.HalfJointQuorum => _tracker.CommittedIndexOfIncoming(),
            _ => _tracker.CommittedIndex(),
        };
        if (index <= _log.Committed || !_log.TryTerm(index, out long term) || (term != Term && _options.Mutant != RaftMutant.CommitEarlierTerm))
        {
            return false;
        }

        return _log.CommitTo(index);
    }
}
