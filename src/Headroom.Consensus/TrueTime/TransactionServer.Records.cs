using Headroom.Consensus.Wire;
using Headroom.Simulation.Processes;

namespace Headroom.Consensus.TrueTime;

/// <summary>Records on a majority, their consequences, and snapshots that wait for them.</summary>
internal sealed partial class TransactionServer
{
    /// <summary>What a record tells a follower of a key besides its value.</summary>
    private const int BytesPerKey = 8;

    private void Append(TransactionState state, ref Turn turn)
    {
        long place = ++_recordCount;
        _records.Add(place, (state, 0));
        int values = (BytesPerKey + options.ValueBytes) * state.Keys.Count;
        int length = 1 + (3 * Varint.LengthMax) + values;
        Span<byte> room = length <= 1024 ? stackalloc byte[1024] : new byte[length];
        var writer = new VarintWriter(room);
        writer.Byte((byte)TransactionVerb.Append);
        writer.Number(place);
        writer.Number(state.Number);
        writer.Number(state.TimestampNs);
        ReadOnlySpan<byte> record = room[..(writer.Length + values)];
        turn.Persist(record);
        int message = turn.Compose(record);
        for (int follower = self + 1; follower < self + options.Replicas; follower++)
        {
            meter.Messages++;
            turn.Send(follower, message, urgent: true);
        }
    }

    /// <summary>One more replica has the record; with a majority of them it counts.</summary>
    private void CountCopy(long place, ref Turn turn)
    {
        if (!_records.TryGetValue(place, out (TransactionState Transaction, int Copies) record))
        {
            return;
        }

        if (record.Copies + 1 < Majority)
        {
            _records[place] = (record.Transaction, record.Copies + 1);
            return;
        }

        _ = _records.Remove(place);
        TransactionState state = record.Transaction;
        if (state.IsCoordinator)
        {
            state.IsReplicated = true;
            state.ReplicatedNs = turn.Clock.LocalNs;
            FinishIfDone(state, ref turn);
        }
        else if (state.TimestampNs == 0)
        {
            Send(ref turn, state.Owner, TransactionVerb.Prepared, state.Number, state.PrepareNs);
        }
        else
        {
            Release(state, ref turn);
        }
    }

    private void FinishIfDone(TransactionState state, ref Turn turn)
    {
        if (state.IsReplicated && state.IsWaitOver)
        {
            Finish(state, ref turn);
        }
    }

    /// <summary>Tells everybody how it ended; a timestamp of 0 is an abort.</summary>
    private void Finish(TransactionState state, ref Turn turn)
    {
        if (state.TimestampNs > 0)
        {
            meter.ParticipantMoments.Add(state.Participants.Count + 1);
            meter.OverlapMoments.Add(state.ReplicatedNs - state.ArrivalLocalNs);
            meter.ExtraMoments.Add(Math.Max(0, state.WaitOverNs - state.ReplicatedNs));
        }

        Send(ref turn, state.Owner, TransactionVerb.Outcome, state.Number, state.TimestampNs);
        foreach (int participant in state.Participants)
        {
            Send(ref turn, participant, TransactionVerb.Outcome, state.Number, state.TimestampNs);
        }

        Release(state, ref turn);
    }

    private void OnOutcome(long number, long timestampNs, ref Turn turn)
    {
        if (!_transactions.TryGetValue(number, out TransactionState? state) || state.IsCoordinator)
        {
            return;
        }

        state.TimestampNs = timestampNs;
        if (timestampNs == 0)
        {
            Release(state, ref turn);
        }
        else
        {
            _lastNs = Math.Max(_lastNs, timestampNs);
            Append(state, ref turn);
        }
    }

    /// <summary>Makes the writes visible, if there are any, and lets go of the keys.</summary>
    private void Release(TransactionState state, ref Turn turn)
    {
        _ = _transactions.Remove(state.Number);
        if (!state.IsPrepared)
        {
            EndLocks(state.Number, ref turn);
            return;
        }

        foreach (int key in state.Keys)
        {
            if (state.TimestampNs > 0)
            {
                _keys.Write(key, state.TimestampNs, state.Number);
            }

            _keys.Unlock(key);
        }

        EndLocks(state.Number, ref turn);
        for (int i = _snapshots.Count - 1; i >= 0; i--)
        {
            (int client, long transaction, int key, long timestampNs) = _snapshots[i];
            if (TryAnswer(client, transaction, key, timestampNs, ref turn))
            {
                _snapshots.RemoveAt(i);
            }
        }
    }

    private void OnRead(int client, long number, ref VarintReader reader, ref Turn turn)
    {
        int key = reader.Small(options.Keys - 1);
        long kind = reader.Number();
        long timestampNs = kind == 0 ? 0 : reader.Number();
        if (!reader.IsAtEnd)
        {
            return;
        }

        if (kind == 2)
        {
            AskLock(key, new LockAttempt(number, timestampNs, client), ref turn);
            return;
        }

        if (kind == 0)
        {
            SendLast(client, number, key, ref turn);
            return;
        }

        if (options.Mutant != CommitMutant.ForgetReadPromise)
        {
            _lastNs = Math.Max(_lastNs, timestampNs);
        }

        if (!TryAnswer(client, number, key, timestampNs, ref turn))
        {
            _snapshots.Add((client, number, key, timestampNs));
        }
    }

    /// <summary>A snapshot takes no locks; it waits only for a transaction that has the key and may commit below its timestamp (safe time, [corbett2013, section 4.1.3]).</summary>
    private bool TryAnswer(int client, long number, int key, long timestampNs, ref Turn turn)
    {
        int own = key / options.Groups;
        if (_keys.IsLocked(own) && _keys.PromisedNs(own) <= timestampNs && options.Mutant != CommitMutant.ReadPastPrepared)
        {
            return false;
        }

        (long versionNs, long writer) = _keys.At(own, timestampNs);
        SendValue(client, number, key, writer, versionNs, ref turn);
        return true;
    }

    private void AskLock(int key, LockAttempt attempt, ref Turn turn)
    {
        int own = key / options.Groups;
        if (_locks.Ask(own, attempt, _keys.IsLocked(own), out LockAttempt wounded))
        {
            if (wounded.Number > 0)
            {
                Send(ref turn, wounded.Client, TransactionVerb.Wounded, wounded.Number);
            }

            SendLast(attempt.Client, attempt.Number, key, ref turn);
        }
    }

    private void EndLocks(long number, ref Turn turn)
    {
        if (options.Conflicts != ConflictRule.WoundWait)
        {
            return;
        }

        _granted.Clear();
        _locks.End(number, TransactionClient.Of(number, options), _granted);
        foreach ((int own, LockAttempt next) in _granted)
        {
            SendLast(next.Client, next.Number, (own * options.Groups) + (self / options.Replicas), ref turn);
        }
    }

    private void SendLast(int client, long number, int key, ref Turn turn)
    {
        (long versionNs, long writer) = _keys.Last(key / options.Groups);
        SendValue(client, number, key, writer, versionNs, ref turn);
    }

    private void SendValue(int client, long number, int key, long writer, long versionNs, ref Turn turn) =>
        TransactionMessage.Send(ref turn, meter, client, TransactionVerb.Value, number, key, writer, versionNs, options.ValueBytes);
}
