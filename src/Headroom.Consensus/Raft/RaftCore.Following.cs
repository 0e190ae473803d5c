using Headroom.Consensus.Raft.Log;
using Headroom.Consensus.Raft.Membership;
using Headroom.Consensus.Raft.Messages;

namespace Headroom.Consensus.Raft;

/// <summary>What a follower does with appends, heartbeats and snapshots of its leader.</summary>
public sealed partial class RaftCore
{
    private StepResult Follow(in RaftMessage message)
    {
        if (Role != Role.Follower)
        {
            // Somebody else won this term.
            BecomeFollower(message.Term, message.From);
        }

        _electionElapsed = 0;
        _silentTicks = _options.Reads == ReadMode.Lease ? _options.ElectionTicks : 0;
        Lead = message.From;
        return message.Kind switch
        {
            MessageKind.Append => TakeAppend(message),
            MessageKind.Heartbeat => TakeHeartbeat(message),
            _ => TakeSnapshot(message),
        };
    }

    private StepResult TakeAppend(in RaftMessage message)
    {
        if (message.Index < _log.Committed && _options.Mutant != RaftMutant.AppendWithoutCheck)
        {
            Accept(message.From, _log.Committed);
            return StepResult.Done;
        }

        bool fits = _log.Matches(message.Index, message.LogTerm)
            || (_options.Mutant == RaftMutant.AppendWithoutCheck && message.Index >= _log.Committed && message.Index <= _log.LastIndex);
        if (!fits)
        {
            (long hint, long term) = _log.LastNotAbove(Math.Min(message.Index, _log.LastIndex), message.LogTerm);
            Send(new RaftMessage { Kind = MessageKind.AppendAnswer, To = message.From, Index = message.Index, IsRejected = true, Hint = hint, LogTerm = term });
            return StepResult.Done;
        }

        if (!TryAppend(message.Entries.Span))
        {
            return StepResult.Impossible;
        }

        long last = message.Index + message.Entries.Count;
        _log.CommitTo(Math.Min(message.Commit, last));
        Accept(message.From, last);
        return StepResult.Done;
    }

    /// <summary>Entries that are there already stay, with all behind them: an old message must not shorten the log. From the first that differs on they replace ours.</summary>
    private bool TryAppend(ReadOnlySpan<RaftEntry> entries)
    {
        int i = 0;
        if (_options.Mutant != RaftMutant.TruncateMatching)
        {
            while (i < entries.Length && _log.Matches(entries[i].Index, entries[i].Term))
            {
                i++;
            }
        }

        if (i < entries.Length && entries[i].Index <= _log.LastIndex)
        {
            if (entries[i].Index <= _log.Committed)
            {
                return _options.Mutant == RaftMutant.TruncateMatching;
            }

            _log.Truncate(entries[i].Index);
        }

        for (; i < entries.Length; i++)
        {
            _log.Append(entries[i].Term, entries[i].Kind, entries[i].Data.Span);
        }

        return true;
    }

    private StepResult TakeHeartbeat(in RaftMessage message)
    {
        if (!_log.CommitTo(message.Commit))
        {
            return StepResult.Impossible;
        }

        Send(new RaftMessage { Kind = MessageKind.HeartbeatAnswer, To = message.From, Round = message.Round });
        return StepResult.Done;
    }

    private StepResult TakeSnapshot(in RaftMessage message)
    {
        bool isRestored = message.Snapshot is { } snapshot && TryRestore(snapshot);
        Accept(message.From, isRestored ? _log.LastIndex : _log.Committed);
        return StepResult.Done;
    }

    private bool TryRestore(RaftSnapshot snapshot)
    {
        if (snapshot.Index <= _log.Committed || !snapshot.Configuration.IsMember(Id))
        {
            return false;
        }

        if (_log.Matches(snapshot.Index, snapshot.Term))
        {
            // We have the entries: the snapshot only says that they are committed.
            _log.CommitTo(snapshot.Index);
            return false;
        }

        _log.Restore(snapshot);
        _tracker.Switch(Configuration.None, IdSet.Empty, 0);
        _tracker.Switch(snapshot.Configuration, IdSet.Empty, _log.LastIndex);
        return true;
    }
}
