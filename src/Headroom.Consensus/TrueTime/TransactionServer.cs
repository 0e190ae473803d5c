using Headroom.Consensus.Groups;
using Headroom.Consensus.Wire;
using Headroom.Simulation.Processes;

namespace Headroom.Consensus.TrueTime;

/// <summary>
/// A replica. The leader of a group keeps its keys, votes in two-phase commit, coordinates those transactions whose first key it holds, and has every prepare and commit record
/// on a majority of the group before it counts [corbett2013]. Locks are taken at the end only, or by wound-wait as keys are read (<see cref="ConflictRule"/>).
/// </summary>
internal sealed partial class TransactionServer(TrueTimeOptions options, int self, CommitMeter meter) : IGroupRole
{
    private readonly VersionedKeys _keys = new((options.Keys / options.Groups) + 1);
    private readonly Dictionary<long, TransactionState> _transactions = [];
    private readonly Dictionary<long, (TransactionState Transaction, int Copies)> _records = [];
    private readonly LockTable _locks = new((options.Keys / options.Groups) + 1, options.Mutant);
    private readonly List<(int Key, LockAttempt Next)> _granted = [];
    private readonly PriorityQueue<TransactionState, long> _waits = new();
    private readonly List<(int Client, long Transaction, int Key, long TimestampNs)> _snapshots = [];
    private long _recordCount;
    private int _durableCount;

    /// <summary>The greatest timestamp given or promised away here.</summary>
    private long _lastNs;

    private int Majority => (options.Replicas / 2) + 1;

    public void On(in ProcessInput input, ref Turn turn)
    {
        switch (input.Kind)
        {
            case InputKind.Message:
                OnMessage(input, ref turn);
                break;
            case InputKind.Durable when self % options.Replicas == 0:
                for (; _durableCount < input.Number; _durableCount++)
                {
                    CountCopy(_durableCount + 1, ref turn);
                }

                break;
            case InputKind.Timer:
                EndWaits(ref turn);
                break;
            default:
                break;
        }
    }

    private void OnMessage(in ProcessInput input, ref Turn turn)
    {
        var reader = new VarintReader(input.Head);
        var verb = (TransactionVerb)reader.Byte();
        long number = reader.Number();
        if (!reader.IsGood || number == 0)
        {
            return;
        }

        switch (verb)
        {
            case TransactionVerb.Read:
                OnRead(input.Peer, number, ref reader, ref turn);
                break;
            case TransactionVerb.Prepare or TransactionVerb.Commit:
                OnRequest(verb, input.Peer, number, ref reader, ref turn);
                break;
            case TransactionVerb.Prepared or TransactionVerb.Refused:
                OnVote(number, verb == TransactionVerb.Refused ? -1 : reader.Number(), ref turn);
                break;
            case TransactionVerb.Outcome:
                OnOutcome(number, reader.Number(), ref turn);
                break;
            case TransactionVerb.Abandon:
                EndLocks(number, ref turn);
                break;
            case TransactionVerb.Append:
                turn.Persist(input.Head);
                meter.Messages++;
                Span<byte> room = stackalloc byte[1 + Varint.LengthMax];
                var writer = new VarintWriter(room);
                writer.Byte((byte)TransactionVerb.Appended);
                writer.Number(number);
                turn.Send(input.Peer, turn.Compose(room[..writer.Length]));
                break;
            case TransactionVerb.Appended:
                CountCopy(number, ref turn);
                break;
            case TransactionVerb.Time when _transactions.TryGetValue(number, out TransactionState? state):
                Choose(state, reader.Number(), ref turn);
                break;
            default:
                break;
        }
    }

    private void OnRequest(TransactionVerb verb, int from, long number, ref VarintReader reader, ref Turn turn)
    {
        TransactionState state = StateOf(number);
        state.IsCoordinator = verb == TransactionVerb.Commit;
        state.Owner = from;
        state.ArrivalLocalNs = turn.Clock.LocalNs;
        state.Arrival = Now(turn);
        if (state.IsCoordinator)
        {
            int participants = reader.Small(options.Groups);
            for (int i = 0; i < participants; i++)
            {
                state.Participants.Add(reader.Small(options.Servers - 1));
            }
        }
        else
        {
            state.Owner = reader.Small(options.Servers - 1);
        }

        bool isPossible = true;
        while (reader.IsGood && reader.Remaining > 0)
        {
            int key = reader.Small(options.Keys - 1) / options.Groups;
            long versionNs = reader.Number();
            reader.Skip(options.ValueBytes);
            state.Keys.Add(key);
            isPossible &= options.Conflicts == ConflictRule.Optimistic || _locks.Holds(key, number);
            isPossible &= !_keys.IsLocked(key) && (_keys.Last(key).TimestampNs == versionNs || options.Mutant == CommitMutant.SkipValidation);
        }

        state.IsPrepared = isPossible && reader.IsGood;
        if (state.IsPrepared)
        {
            state.PrepareNs = Math.Max(state.PrepareNs, _lastNs + 1);
            foreach (int key in state.Keys)
            {
                _keys.Lock(key, number, _lastNs + 1);
            }
        }

        if (state.IsCoordinator)
        {
            state.IsRefused |= !state.IsPrepared;
            TryDecide(state, ref turn);
        }
        else if (state.IsPrepared)
        {
            Append(state, ref turn);
        }
        else
        {
            Release(state, ref turn);
            Send(ref turn, state.Owner, TransactionVerb.Refused, number);
        }
    }

    private void OnVote(long number, long prepareNs, ref Turn turn)
    {
        // A participant's vote may be here before the client's request.
        TransactionState state = StateOf(number);
        state.Votes++;
        state.IsRefused |= prepareNs < 0;
        if (options.Mutant != CommitMutant.IgnorePrepareTimestamps)
        {
            state.PrepareNs = Math.Max(state.PrepareNs, prepareNs);
        }

        TryDecide(state, ref turn);
    }

    private void TryDecide(TransactionState state, ref Turn turn)
    {
        if (!state.IsCoordinator || state.Votes < state.Participants.Count)
        {
            return;
        }

        if (state.IsRefused)
        {
            Finish(state, ref turn);
        }
        else if (options.Timestamps == TimestampSource.Oracle)
        {
            Send(ref turn, options.Oracle, TransactionVerb.AskTime, state.Number);
        }
        else
        {
            Choose(state, options.Timestamps == TimestampSource.TrueTime ? state.Arrival.LatestNs : state.ArrivalLocalNs, ref turn);
        }
    }

    /// <summary>The commit timestamp: not below what participants promised, above all given here before, and above the interval in which the request came in.</summary>
    private void Choose(TransactionState state, long sourceNs, ref Turn turn)
    {
        state.TimestampNs = Math.Max(Math.Max(sourceNs, state.PrepareNs), _lastNs + 1);
        _lastNs = state.TimestampNs;
        state.IsWaitOver = options.Timestamps != TimestampSource.TrueTime || options.Mutant == CommitMutant.SkipCommitWait;
        Append(state, ref turn);
        if (!state.IsWaitOver)
        {
            _waits.Enqueue(state, state.TimestampNs);
            EndWaits(ref turn);
        }
    }

    /// <summary>Lets go what has certainly passed, and sets the timer for the next.</summary>
    private void EndWaits(ref Turn turn)
    {
        ClockInterval now = Now(turn);
        long passedNs = options.Mutant == CommitMutant.ReleaseEarly ? turn.Clock.LocalNs : now.EarliestNs;
        while (_waits.TryPeek(out TransactionState? state, out long timestampNs))
        {
            if (timestampNs >= passedNs)
            {
                turn.SetTimer(0, timestampNs - passedNs + 1);
                return;
            }

            _ = _waits.Dequeue();
            state.IsWaitOver = true;
            state.WaitOverNs = turn.Clock.LocalNs;
            meter.WaitMoments.Add(turn.Clock.LocalNs - state.ArrivalLocalNs);
            meter.UncertaintyMoments.Add((state.Arrival.UncertaintyNs + now.UncertaintyNs) / 2.0);
            FinishIfDone(state, ref turn);
        }
    }

    private TransactionState StateOf(long number)
    {
        if (!_transactions.TryGetValue(number, out TransactionState? state))
        {
            _transactions.Add(number, state = new TransactionState(number));
        }

        return state;
    }

    private ClockInterval Now(in Turn turn) => options.Clocks.Now(self, options.Members, turn.Clock);

    private void Send(ref Turn turn, int to, TransactionVerb verb, long number, long first = -1, long second = -1, long third = -1) =>
        TransactionMessage.Send(ref turn, meter, to, verb, number, first, second, third);
}
