using Headroom.Consensus.Wire;
using Headroom.Simulation.Processes;

namespace Headroom.Consensus.TrueTime;

/// <summary>Reads, locks, and snapshots that wait.</summary>
internal sealed partial class TransactionLeader
{
    public void OnRead(int client, long number, ref VarintReader reader, ref Turn turn)
    {
        int key = reader.Small(_options.Keys - 1);
        long kind = reader.Number();
        long timestampNs = kind == 0 ? 0 : reader.Number();
        if (!reader.IsAtEnd || key % _options.Groups != Group)
        {
            return;
        }

        switch (kind)
        {
            case 0:
                SendLast(client, number, key, ref turn);
                break;
            case 2:
                AskLock(key, new LockAttempt(number, timestampNs, client), ref turn);
                break;
            default:
                OnSnapshot(client, number, key, timestampNs, ref turn);
                break;
        }
    }

    private void OnSnapshot(int client, long number, int key, long timestampNs, ref Turn turn)
    {
        if (NeedsPromise)
        {
            if (timestampNs > Now(turn).LatestNs + _options.PromiseNs)
            {
                // Its time has not come; who really wants to know asks again.
                return;
            }

            if (timestampNs > _machine.PromisedNs)
            {
                Promise(timestampNs, ref turn);
            }
        }

        if (_options.Mutant != CommitMutant.ForgetReadPromise)
        {
            _lastNs = Math.Max(_lastNs, timestampNs);
        }

        if (!TryAnswer(client, number, key, timestampNs, ref turn))
        {
            _ = _snapshots.RemoveAll(waiting => waiting.Client == client && (waiting.Transaction < number || waiting.Key == key));
            _snapshots.Add((client, number, key, timestampNs));
        }
    }

    /// <summary>Puts into the log that this leader serves snapshots, at a timestamp if it is ahead of the clock, and for some time on. Done again and again, so that snapshots hardly ever wait for it.</summary>
    public void Promise(long timestampNs, ref Turn turn)
    {
        if (!_isPromising && _options.Timestamps != TimestampSource.Oracle)
        {
            _isPromising = true;
            Propose(CommitRecord.Promise(Term, _self, Math.Max(timestampNs, Now(turn).LatestNs) + _options.PromiseNs), ref turn);
        }
    }

    /// <summary>An oracle's counts are no times that anybody could promise ahead: with it, leaders are not to change (see docs/truetime.md).</summary>
    private bool NeedsPromise => _options.Timestamps != TimestampSource.Oracle && _options.Mutant != CommitMutant.ReadUnpromised;

    /// <summary>
    /// A snapshot takes no locks; it waits for a transaction that has the key and may commit below its timestamp (safe time, [corbett2013, section 4.1.3]), and until the log holds that
    /// this leader serves so far: the next one commits nothing new below that.
    /// </summary>
    private bool TryAnswer(int client, long number, int key, long timestampNs, ref Turn turn)
    {
        bool isPromised = !NeedsPromise || timestampNs <= _machine.PromisedNs;
        if (!isPromised || (_holds.PromisedNs(key) <= timestampNs && _options.Mutant != CommitMutant.ReadPastPrepared))
        {
            return false;
        }

        (long versionNs, long writer) = _machine.Versions.At(key, timestampNs);
        SendValue(client, number, key, writer, versionNs, ref turn);
        return true;
    }

    private void AnswerSnapshots(ref Turn turn)
    {
        for (int i = _snapshots.Count - 1; i >= 0; i--)
        {
            (int client, long transaction, int key, long timestampNs) = _snapshots[i];
            if (TryAnswer(client, transaction, key, timestampNs, ref turn))
            {
                _snapshots.RemoveAt(i);
            }
        }
    }

    private void AskLock(int key, LockAttempt attempt, ref Turn turn)
    {
        if (_locks.IsOver(attempt))
        {
            Send(ref turn, attempt.Client, TransactionVerb.Wounded, attempt.Number);
        }
        else if (_locks.Ask(key / _options.Groups, attempt, _holds.IsHeld(key), out LockAttempt wounded, turn.Clock.LocalNs))
        {
            if (wounded.Number > 0)
            {
                Send(ref turn, wounded.Client, TransactionVerb.Wounded, wounded.Number);
            }

            SendLast(attempt.Client, attempt.Number, key, ref turn);
        }
    }

    public void EndLocks(long number, ref Turn turn)
    {
        if (_options.Conflicts != ConflictRule.WoundWait)
        {
            return;
        }

        _granted.Clear();
        _locks.End(number, TransactionClient.Of(number, _options), _granted);
        foreach ((int own, LockAttempt next) in _granted)
        {
            SendLast(next.Client, next.Number, (own * _options.Groups) + Group, ref turn);
        }
    }

    private void SendLast(int client, long number, int key, ref Turn turn)
    {
        (long versionNs, long writer) = _machine.Versions.Last(key);
        SendValue(client, number, key, writer, versionNs, ref turn);
    }

    private void SendValue(int client, long number, int key, long writer, long versionNs, ref Turn turn) =>
        TransactionMessage.SendWith(ref turn, client, TransactionVerb.Value, number, _options.ValueBytes, key, writer, versionNs, Term);
}
