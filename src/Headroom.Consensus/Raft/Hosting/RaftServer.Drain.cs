using Headroom.Consensus.Raft.Log;
using Headroom.Consensus.Raft.Membership;
using Headroom.Consensus.Raft.Messages;
using Headroom.Consensus.Raft.Storage;
using Headroom.Consensus.Wire;
using Headroom.Simulation.Processes;

namespace Headroom.Consensus.Raft.Hosting;

/// <summary>What the core wants done, is done: records, messages, commands applied, reads answered.</summary>
public sealed partial class RaftServer
{
    private void Drain(ref Turn turn)
    {
        RaftCore core = _core!;
        core.NowNs = turn.Clock.LocalNs;
        while (core.HasReady)
        {
            RaftReady ready = core.TakeReady();
            if (ready.RoleChanged)
            {
                RoleChanged(turn.Clock.LocalNs);
            }

            if (ready.MustSync || ready.Snapshot is not null)
            {
                Persist(ready, ref turn);
            }

            SendAll(ready, ref turn);
            if (ready.Snapshot is { } snapshot)
            {
                TakeSnapshot(snapshot, turn.Clock.LocalNs);
                if (Problem is not null)
                {
                    return;
                }
            }

            NoteCommitted(turn.Clock.LocalNs);
            Apply(ready.Committed, ref turn);
            foreach ((long token, long index) in ready.Reads)
            {
                ReadMayBe(token, index);
            }

            AnswerReads(ref turn);
            if (Problem is not null)
            {
                return;
            }
        }

        core.Release();
    }

    private void Persist(in RaftReady ready, ref Turn turn)
    {
        HardState state = ready.State ?? _core!.State;
        if (_group.Options.Mutant == RaftMutant.ForgetVote)
        {
            state = state with { Vote = 0 };
        }

        _group.Witness?.Appended(_id, _core!, ready.Entries.Span, turn.Clock.LocalNs);
        Write(state, ready.Entries, ready.Snapshot, ref turn);
    }

    private void Write(HardState state, EntrySlice entries, RaftSnapshot? snapshot, ref Turn turn)
    {
        VarintWriter writer = BeginRecord(Room(DurableRecord.LengthMax(entries, snapshot)), DurableRecord.Kind(entries, snapshot));
        DurableRecord.Write(ref writer, state, entries, snapshot);
        bool isDurable = TryPersistAtOnce(writer, anew: snapshot is not null, ref turn);
        _durable = isDurable ? Appended : _durable;
    }

    private void SendAll(in RaftReady ready, ref Turn turn)
    {
        int handle = -1;
        for (int i = 0; i < ready.Messages.Length; i++)
        {
            ref readonly RaftMessage message = ref ready.Messages[i];
            if (message.Kind == MessageKind.Snapshot)
            {
                SendSnapshot(message, ref turn);
                continue;
            }

            if (handle < 0 || !IsSameAppend(ready.Messages[i - 1], message))
            {
                handle = Compose(message, ref turn);
            }

            // A candidate's question rests on its term and on its log: both are durable first.
            bool isUrgent = message.Kind is not (MessageKind.Vote or MessageKind.PreVote);
            turn.Send(MemberOf(message.To), handle, isUrgent);
        }

        for (int i = 0; i < ready.Answers.Length; i++)
        {
            ref readonly RaftMessage answer = ref ready.Answers[i];
            if (i + 1 < ready.Answers.Length && SaysNoMoreThan(answer, ready.Answers[i + 1]))
            {
                continue;
            }

            if (answer.To == _id)
            {
                Await(answer);
            }
            else
            {
                turn.Send(MemberOf(answer.To), Compose(answer, ref turn), urgent: _group.Options.Mutant == RaftMutant.AnswerBeforeDurable);
            }
        }
    }

    /// <summary>Of appends that are accepted together the last one's answer says all.</summary>
    private bool SaysNoMoreThan(in RaftMessage answer, in RaftMessage next) =>
        answer.To != _id && answer.To == next.To && answer is { Kind: MessageKind.AppendAnswer, IsRejected: false } && next is { Kind: MessageKind.AppendAnswer, IsRejected: false }
        && answer.Term == next.Term && answer.Index <= next.Index;

    private void Await(in RaftMessage own)
    {
        if (_durable == Appended || _group.Options.Mutant == RaftMutant.AnswerBeforeDurable)
        {
            _ = _core!.Step(own);
        }
        else
        {
            _waiting.Enqueue(own, Appended);
        }
    }

    /// <summary>A leader's append is the same for all followers that are equally far: it is encoded once.</summary>
    private static bool IsSameAppend(in RaftMessage before, in RaftMessage message) =>
        message.Kind == MessageKind.Append && before.Kind == MessageKind.Append && before.Index == message.Index && before.LogTerm == message.LogTerm
        && before.Commit == message.Commit && before.Entries.Count == message.Entries.Count && before.Term == message.Term;

    private int Compose(in RaftMessage message, ref Turn turn)
    {
        Span<byte> room = Room(RaftWire.LengthMax(message));
        return turn.Compose(room[..RaftWire.Write(room, message)]);
    }

    private void NoteCommitted(long nowNs)
    {
        long committed = _core!.Committed;
        if (committed > _committed)
        {
            _group.Witness?.Committed(_id, _core, _committed + 1, committed, nowNs);
            _committed = committed;
        }
    }

    private void Apply(EntrySlice committed, ref Turn turn)
    {
        if (committed.IsEmpty)
        {
            return;
        }

        foreach (ref readonly RaftEntry entry in committed.Span)
        {
            _group.Witness?.Applied(_id, entry, turn.Clock.LocalNs);
            _machineIndex = entry.Index;
            if (entry.Kind == EntryKind.Membership)
            {
                ApplyChange(entry, turn.Clock.LocalNs);
            }
            else if (!entry.Data.IsEmpty)
            {
                ApplyCommand(entry.Data.Span, ref turn);
            }
        }

        _core!.AppliedTo(committed[committed.Count - 1].Index);
        SaveIfDue(ref turn);
    }

    private void ApplyChange(in RaftEntry entry, long nowNs)
    {
        if (MembershipProposal.Decode(entry.Data.Span) is { } proposal)
        {
            _ = _core!.ApplyChange(proposal);
        }
        else
        {
            Refuse($"the change of members at index {entry.Index} has no form", nowNs);
        }
    }

    private void SaveIfDue(ref Turn turn)
    {
        RaftCore core = _core!;
        if (_group.SnapshotEvery == 0 || core.Applied - _snapshot.Index < _group.SnapshotEvery || !core.TryTerm(core.Applied, out long term))
        {
            return;
        }

        _snapshot = new RaftSnapshot(core.Applied, term, core.Configuration, _machine.Save());
        _group.Witness?.Saved(_id, _snapshot, isOwn: true, turn.Clock.LocalNs);
        // The log on the disk begins anew: with the state, and all entries behind it.
        Write(core.State, _group.Options.Mutant == RaftMutant.ForgetTail ? default : core.EntriesAfter(core.Applied), _snapshot, ref turn);
        core.Compact(Math.Max(core.FirstIndex - 1, Needed(core.Applied - _group.Retained)));
    }

    private bool TryLoad(RaftSnapshot snapshot) => snapshot.Data.IsEmpty || _machine.TryLoad(snapshot.Data.Span);

    private void TakeSnapshot(RaftSnapshot snapshot, long nowNs)
    {
        if (!TryLoad(snapshot))
        {
            Refuse($"the snapshot at index {snapshot.Index} that the leader sent has no form", nowNs);
            return;
        }

        _snapshot = snapshot;
        _committed = Math.Max(_committed, snapshot.Index);
        _machineIndex = snapshot.Index;
        _group.Witness?.Saved(_id, snapshot, isOwn: false, nowNs);
    }
}
