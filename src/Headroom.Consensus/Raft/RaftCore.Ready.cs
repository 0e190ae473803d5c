using System.Runtime.InteropServices;
using Headroom.Consensus.Raft.Log;
using Headroom.Consensus.Raft.Messages;

namespace Headroom.Consensus.Raft;

/// <summary>What is to be done outside: handed out, and acknowledged.</summary>
public sealed partial class RaftCore
{
    private List<(long Token, long Index)> _readyReads = [];
    private List<(long Token, long Index)> _handedReads = [];
    private readonly MessageBuffer _stepsOnAdvance = new();
    private MessageBuffer _messages = new();
    private MessageBuffer _answers = new();
    private MessageBuffer _handedMessages = new();
    private MessageBuffer _handedAnswers = new();
    private HardState _handedState;
    private int _handedLead;
    private Role _handedRole;

    /// <summary>Something is to be done.</summary>
    public bool HasReady => _messages.Count > 0 || _answers.Count > 0 || _log.HasEntriesToHand || AppliableIndex() > _log.Applying || State != _handedState
        || Lead != _handedLead || Role != _handedRole || _log.HasSnapshotToHand || _readyReads.Count > 0;

    /// <summary>What is to be done; it counts as under way from now on.</summary>
    public RaftReady TakeReady()
    {
        long to = AppliableIndex();
        HardState state = State;
        RaftSnapshot? snapshot = _log.HasSnapshotToHand ? _log.PendingSnapshot : null;
        if (snapshot is not null || (_log.HasUnstableEntries && (_log.HasEntriesToHand || _answers.Count > 0 || state != _handedState)))
        {
            SayWritten(snapshot);
        }

        EntrySlice committed = to > _log.Applying ? _log.Slice(_log.Applying + 1, to) : default;
        (_messages, _handedMessages) = (_handedMessages, _messages);
        (_answers, _handedAnswers) = (_handedAnswers, _answers);
        _messages.Clear();
        _answers.Clear();
        (_readyReads, _handedReads) = (_handedReads, _readyReads);
        _readyReads.Clear();
        EntrySlice entries = _log.Slice(_log.Handed + 1, _log.LastIndex);
        var ready = new RaftReady
        {
            State = state != _handedState ? state : null,
            MustSync = entries.Count > 0 || state.Term != _handedState.Term || state.Vote != _handedState.Vote,
            RoleChanged = Lead != _handedLead || Role != _handedRole,
            Entries = entries,
            Snapshot = snapshot,
            Committed = committed,
            Messages = _handedMessages.Span,
            Answers = _handedAnswers.Span,
            Reads = CollectionsMarshal.AsSpan(_handedReads),
        };
        (_handedState, _handedLead, _handedRole) = (state, Lead, Role);
        if (!_options.IsAsync)
        {
            KeepForAdvance(ready);
        }

        _log.HandOut();
        _log.StartApplying(to);
        return ready;
    }

    /// <summary>All that the last <see cref="TakeReady"/> gave is done. Only where writes are not asynchronous.</summary>
    public void Advance()
    {
        for (int i = 0; i < _stepsOnAdvance.Count; i++)
        {
            _ = Step(_stepsOnAdvance.Span[i]);
        }

        _stepsOnAdvance.Clear();
        if (_log.Applying > _log.Applied)
        {
            AppliedTo(_log.Applying);
        }
    }

    /// <summary>Entries up to this index are applied.</summary>
    public void AppliedTo(long index)
    {
        _log.ApplyTo(index);
        LeaveJointIfDue();
    }

    /// <summary>Entries up to this index, which are applied, are needed no longer: a snapshot holds what they did.</summary>
    public void Compact(long index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(index, _log.Applied);
        _log.Compact(index);
    }

    /// <summary>Nobody holds anything any longer that was handed out.</summary>
    public void Release() => _log.Release();

    /// <summary>That the log up to its last entry, in this term, is durable. In a later term it says nothing: entries may have been replaced, and those may be still under way.</summary>
    private void SayWritten(RaftSnapshot? snapshot)
    {
        ref RaftMessage written = ref Begin(_answers, MessageKind.Written, Id);
        written.Snapshot = snapshot;
        if (_log.HasUnstableEntries)
        {
            (written.Index, written.LogTerm) = (_log.LastIndex, _log.LastTerm);
        }
    }

    private void TakeWritten(in RaftMessage message)
    {
        if (message.Index > 0 && message.Term == Term)
        {
            _log.MakeDurable(message.Index, message.LogTerm);
        }

        if (message.Snapshot is { } snapshot)
        {
            _log.MakeSnapshotDurable(snapshot.Index);
            AppliedTo(snapshot.Index);
        }
    }

    private void KeepForAdvance(in RaftReady ready)
    {
        foreach (ref readonly RaftMessage answer in ready.Answers)
        {
            if (answer.To == Id)
            {
                _stepsOnAdvance.Add(answer);
            }
        }

    }

    private long AppliableIndex() => _options.Mutant == RaftMutant.ApplyBeforeCommit && _log.PendingSnapshot is null
        ? Math.Max(_log.Applying, _log.Durable)
        : _log.Appliable(allowUnstable: !_options.IsAsync);
}
