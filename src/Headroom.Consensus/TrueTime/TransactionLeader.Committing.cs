using Headroom.Consensus.Wire;
using Headroom.Simulation.Processes;

namespace Headroom.Consensus.TrueTime;

/// <summary>Two-phase commit.</summary>
internal sealed partial class TransactionLeader
{
    public void OnRequest(TransactionVerb verb, int from, long number, ref VarintReader reader, ref Turn turn)
    {
        bool isCommit = verb == TransactionVerb.Commit;
        long term = reader.Number();
        int[] participants = isCommit ? CommitRecord.ReadAll(ref reader, _options.Groups - 1) : [];
        int coordinator = isCommit ? from : reader.Small(_options.Servers - 1);
        long coordinatorTerm = isCommit ? term : reader.Number();
        int keys = reader.Small(_options.KeysEach);
        Span<long> versions = stackalloc long[keys];
        Span<int> numbers = stackalloc int[keys];
        for (int i = 0; i < keys; i++)
        {
            (numbers[i], versions[i]) = (reader.Small(_options.Keys - 1), reader.Number());
            reader.Skip(_options.ValueBytes);
        }

        // Of a later term: somebody else leads.
        if (!reader.IsAtEnd || term > Term || IsRepeated(isCommit, from, number, ref turn))
        {
            return;
        }

        if (!isCommit)
        {
            _leaders[coordinator / _options.Replicas] = coordinator;
        }

        if (IsOver(number) || (term < Term && _options.Mutant != CommitMutant.TakeOldAttempts))
        {
            Refuse(isCommit, coordinator, coordinatorTerm, number, ref turn);
            return;
        }

        TransactionState state = StateOf(number, turn);
        state.IsCoordinator = isCommit;
        (state.Owner, state.Coordinator) = isCommit ? (from, -1) : (-1, coordinator / _options.Replicas);
        state.CoordinatorTerm = coordinatorTerm;
        (state.Arrival, state.ArrivalLocalNs) = (Now(turn), turn.Clock.LocalNs);
        state.Participants.AddRange(participants);
        state.Keys.AddRange(numbers);
        state.IsPrepared = MayPrepare(number, numbers, versions);
        Prepare(state, coordinator, ref turn);
    }

    /// <summary>True for a request that was taken before, which is answered again where there is an answer.</summary>
    private bool IsRepeated(bool isCommit, int from, long number, ref Turn turn)
    {
        if (_transactions.TryGetValue(number, out TransactionState? state))
        {
            if (isCommit && state.IsCoordinator)
            {
                state.Owner = from;
            }
            else if (state is { HasVoted: true, IsEnding: false })
            {
                Vote(state, ref turn);
            }

            return state.IsCoordinator || state.Coordinator >= 0;
        }

        if (isCommit && TryDecided(number, out long timestampNs))
        {
            Send(ref turn, from, TransactionVerb.Outcome, number, timestampNs);
            return true;
        }

        return false;
    }

    private bool MayPrepare(long number, ReadOnlySpan<int> keys, ReadOnlySpan<long> versions)
    {
        bool isPossible = true;
        for (int i = 0; i < keys.Length; i++)
        {
            isPossible &= keys[i] % _options.Groups == Group;
            isPossible &= _options.Conflicts == ConflictRule.Optimistic || _locks.Holds(keys[i] / _options.Groups, number);
            isPossible &= !_holds.IsHeld(keys[i]) && (_machine.Versions.Last(keys[i]).TimestampNs == versions[i] || _options.Mutant == CommitMutant.SkipValidation);
        }

        return isPossible;
    }

    private void Prepare(TransactionState state, int coordinator, ref Turn turn)
    {
        if (state.IsPrepared)
        {
            state.PrepareNs = Math.Max(state.PrepareNs, _lastNs + 1);
            Hold(state, _lastNs + 1);
        }

        if (state.IsCoordinator)
        {
            state.IsRefused |= !state.IsPrepared;
            TryDecide(state, ref turn);
        }
        else if (state.IsPrepared)
        {
            Propose(new CommitRecord(CommitRecordKind.Prepare, state.Number, state.PrepareNs, state.Coordinator, state.CoordinatorTerm, [], state.Keys), ref turn);
            if (_options.Mutant == CommitMutant.VoteEarly)
            {
                Vote(state, ref turn);
            }
        }
        else
        {
            Release(state, ref turn);
            Refuse(false, coordinator, state.CoordinatorTerm, state.Number, ref turn);
        }
    }

    /// <summary>An attempt that this leader takes nothing of: no other leader will.</summary>
    private void Refuse(bool isCommit, int to, long coordinatorTerm, long number, ref Turn turn)
    {
        MarkOver(number);
        if (!isCommit)
        {
            Send(ref turn, to, TransactionVerb.Refused, number, coordinatorTerm);
            return;
        }

        TransactionState state = StateOf(number, turn);
        state.Owner = to;
        Finish(state, ref turn);
    }

    /// <summary>A participant's vote, which may be here before the client's request; below 0 it refuses. What was read in an earlier term is decided by now, or never.</summary>
    public void OnVote(int from, long number, long term, long prepareNs, ref Turn turn)
    {
        int group = from / _options.Replicas;
        _leaders[group] = from;
        if (term > Term)
        {
            return;
        }

        if (!_transactions.ContainsKey(number))
        {
            bool isDecided = TryDecided(number, out long timestampNs);
            if (isDecided || term < Term || IsOver(number))
            {
                if (prepareNs >= 0)
                {
                    Send(ref turn, from, TransactionVerb.Outcome, number, timestampNs);
                }

                return;
            }
        }

        TransactionState state = StateOf(number, turn);
        if (state.Coordinator >= 0)
        {
            return;
        }

        if (!state.Voters.Contains(group))
        {
            state.Voters.Add(group);
        }

        state.IsRefused |= prepareNs < 0;
        if (_options.Mutant != CommitMutant.IgnorePrepareTimestamps)
        {
            state.PrepareNs = Math.Max(state.PrepareNs, prepareNs);
        }

        TryDecide(state, ref turn);
    }

    private bool TryDecided(long number, out long timestampNs)
    {
        timestampNs = 0;
        return _options.Mutant != CommitMutant.ForgetDecision && _machine.Decided.TryGetValue(number, out timestampNs);
    }

    private void TryDecide(TransactionState state, ref Turn turn)
    {
        if (!state.IsCoordinator || state.TimestampNs > 0 || !state.Participants.TrueForAll(state.Voters.Contains))
        {
            return;
        }

        if (state.IsRefused)
        {
            Finish(state, ref turn);
        }
        else if (_options.Timestamps == TimestampSource.Oracle)
        {
            // A sweep that comes while the answer is on its way asks for nothing.
            if (state.AskedNs is not { } askedNs || Math.Abs(turn.Clock.LocalNs - askedNs) >= _options.RepeatNs)
            {
                state.AskedNs = turn.Clock.LocalNs;
                Send(ref turn, _options.Oracle, TransactionVerb.AskTime, state.Number);
            }
        }
        else
        {
            Choose(state, _options.Timestamps == TimestampSource.TrueTime ? state.Arrival.LatestNs : state.ArrivalLocalNs, ref turn);
        }
    }

    public void OnTime(long number, long timestampNs, ref Turn turn)
    {
        if (_transactions.TryGetValue(number, out TransactionState? state) && state is { IsCoordinator: true, TimestampNs: 0 })
        {
            Choose(state, timestampNs, ref turn);
        }
    }

    /// <summary>The commit timestamp: not below what participants promised, above all given here before, and above the interval in which the request came in.</summary>
    private void Choose(TransactionState state, long sourceNs, ref Turn turn)
    {
        state.TimestampNs = Math.Max(Math.Max(sourceNs, state.PrepareNs), _lastNs + 1);
        _lastNs = state.TimestampNs;
        state.IsWaitOver = !MustWait;
        state.IsReplicated = _options.Mutant == CommitMutant.AnswerEarly;
        if (!state.IsWaitOver)
        {
            _waits.Enqueue(state, state.TimestampNs);
        }

        Propose(new CommitRecord(CommitRecordKind.Commit, state.Number, state.TimestampNs, 0, 0, state.Participants, state.Keys), ref turn);
        EndWaits(ref turn);
    }

    /// <summary>Lets go what has certainly passed, and sets the timer for the next.</summary>
    public void EndWaits(ref Turn turn)
    {
        ClockInterval now = Now(turn);
        long passedNs = _options.Mutant == CommitMutant.ReleaseEarly ? turn.Clock.LocalNs : now.EarliestNs;
        while (_waits.TryPeek(out TransactionState? state, out long timestampNs))
        {
            if (timestampNs >= passedNs)
            {
                turn.SetTimer(TransactionServer.WaitTimer, timestampNs - passedNs + 1);
                return;
            }

            _ = _waits.Dequeue();
            state.IsWaitOver = true;
            state.WaitOverNs = turn.Clock.LocalNs;
            _meter.WaitMoments.Add(turn.Clock.LocalNs - state.ArrivalLocalNs);
            _meter.UncertaintyMoments.Add((state.Arrival.UncertaintyNs + now.UncertaintyNs) / 2.0);
            FinishIfDone(state, ref turn);
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
            _meter.ParticipantMoments.Add(state.Participants.Count + 1);
            _meter.OverlapMoments.Add(state.ReplicatedNs - state.ArrivalLocalNs);
            _meter.ExtraMoments.Add(Math.Max(0, state.WaitOverNs - state.ReplicatedNs));
        }

        MarkOver(state.Number);
        if (state.Owner >= 0)
        {
            Send(ref turn, state.Owner, TransactionVerb.Outcome, state.Number, state.TimestampNs);
        }

        foreach (int group in state.Participants.Union(state.Voters))
        {
            Send(ref turn, _leaders[group], TransactionVerb.Outcome, state.Number, state.TimestampNs);
        }

        Release(state, ref turn);
    }

    /// <summary>A participant hears how it ended.</summary>
    public void OnOutcome(long number, long timestampNs, ref Turn turn)
    {
        if (!_transactions.TryGetValue(number, out TransactionState? state))
        {
            MarkOver(number);
            return;
        }

        if (state.Coordinator < 0 || state.IsEnding)
        {
            return;
        }

        MarkOver(number);
        state.IsEnding = true;
        if (timestampNs == 0)
        {
            // Its keys are free at once: whatever takes them next comes later in the log.
            Release(state, ref turn);
        }

        _lastNs = Math.Max(_lastNs, timestampNs);
        Propose(CommitRecord.Outcome(number, timestampNs), ref turn);
    }

    /// <summary>Lets go of the keys.</summary>
    private void Release(TransactionState state, ref Turn turn)
    {
        _ = _transactions.Remove(state.Number);
        foreach (int key in state.Keys)
        {
            _holds.Free(key, state.Number);
        }

        EndLocks(state.Number, ref turn);
        AnswerSnapshots(ref turn);
    }
}
