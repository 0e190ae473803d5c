using Headroom.Consensus.Raft.Hosting;
using Headroom.Simulation.Processes;

namespace Headroom.Consensus.TrueTime;

/// <summary>
/// What the leader of a group knows and does beyond the group's log, from the moment at which its promise is in the log to the end of its term: votes in two-phase commit, coordinates those
/// transactions whose first key is the group's, and lets nothing be told before its record counts [corbett2013]. An attempt belongs to the terms in which its reads were answered, and is
/// refused in later ones, and a leader says nothing of attempts of terms after its own: so whatever a leader said of an attempt that left no record stands, and aborts need no records.
/// </summary>
internal sealed partial class TransactionLeader
{
    private readonly TrueTimeOptions _options;
    private readonly int _self;
    private readonly CommitMeter _meter;
    private readonly TransactionMachine _machine;
    private readonly RaftServer _raft;
    private readonly KeyHolds _holds = new();
    private readonly LockTable _locks;
    private readonly List<(int Key, LockAttempt Next)> _granted = [];
    private readonly SortedDictionary<long, TransactionState> _transactions = [];
    private readonly PriorityQueue<TransactionState, long> _waits = new();
    private readonly List<(int Client, long Transaction, int Key, long TimestampNs)> _snapshots = [];

    /// <summary>Of each client the last attempt that is over here.</summary>
    private readonly Dictionary<int, long> _over = [];

    /// <summary>Who leads each group, as far as is known.</summary>
    private readonly int[] _leaders;

    /// <summary>The greatest timestamp given or promised away here.</summary>
    private long _lastNs;
    private bool _isPromising;

    public TransactionLeader(TrueTimeOptions options, int self, CommitMeter meter, RaftServer raft, ref Turn turn)
    {
        (_options, _self, _meter, _raft, _machine) = (options, self, meter, raft, (TransactionMachine)raft.Machine);
        Term = raft.Core!.Term;
        _locks = new LockTable((options.Keys / options.Groups) + 1, options.Mutant);
        _leaders = [.. Enumerable.Range(0, options.Groups).Select(group => group * options.Replicas)];
        _lastNs = options.Mutant == CommitMutant.ForgetTimestamps ? 0 : Math.Max(_machine.LastNs, _machine.PriorNs);
        TakeOver(ref turn);
    }

    public long Term { get; }

    /// <summary>The log took no record of this leader's: it does not lead any more.</summary>
    public bool IsDeposed { get; private set; }

    /// <summary>The transaction that is not over and was heard of first; null for none.</summary>
    public TransactionState? Oldest => _transactions.Values.MinBy(state => state.BegunNs);

    /// <summary>What is prepared asks for its outcome at once; what was decided and may lie ahead of true time yet is kept back until it has passed.</summary>
    private void TakeOver(ref Turn turn)
    {
        foreach ((long number, PreparedTransaction prepared) in _machine.Prepared)
        {
            TransactionState state = StateOf(number, turn);
            _meter.TakenOver++;
            (state.Coordinator, state.CoordinatorTerm) = (prepared.Coordinator, prepared.Term);
            state.PrepareNs = prepared.PrepareNs;
            state.IsPrepared = true;
            state.Keys.AddRange(prepared.Keys);
            if (_options.Mutant != CommitMutant.ForgetPrepared)
            {
                Hold(state, prepared.PrepareNs);
            }

            Vote(state, ref turn);
        }

        ClockInterval now = Now(turn);
        foreach ((int key, List<(long TimestampNs, long Writer)> versions) in _machine.Versions.All)
        {
            (long timestampNs, long writer) = versions[^1];
            if (MustWait && timestampNs >= now.EarliestNs && _machine.Decided.ContainsKey(writer))
            {
                TransactionState state = StateOf(writer, turn);
                if (!state.IsCoordinator)
                {
                    (state.IsCoordinator, state.IsPrepared, state.IsReplicated, state.TimestampNs) = (true, true, true, timestampNs);
                    (state.Arrival, state.ArrivalLocalNs, state.ReplicatedNs) = (now, turn.Clock.LocalNs, turn.Clock.LocalNs);
                    _waits.Enqueue(state, timestampNs);
                }

                state.Keys.Add(key);
                _holds.Hold(key, writer, timestampNs);
            }
        }

        EndWaits(ref turn);
    }

    private bool MustWait => _options.Timestamps == TimestampSource.TrueTime && _options.Mutant != CommitMutant.SkipCommitWait;

    private int Group => _self / _options.Replicas;

    /// <summary>Who asks in vain asks again; attempts that nobody pursues end.</summary>
    public void Sweep(ref Turn turn)
    {
        long nowNs = turn.Clock.LocalNs;
        foreach (TransactionState state in _transactions.Values.ToArray())
        {
            if (state.Coordinator >= 0)
            {
                if (state.HasVoted && !state.IsEnding && nowNs - state.VotedNs >= _options.RepeatNs)
                {
                    // Whoever was asked does not answer; another may have been heard of since.
                    state.Redirects = 0;
                    _leaders[state.Coordinator] = _leaders[state.Coordinator] == state.VotedTo ? Next(state.VotedTo) : _leaders[state.Coordinator];
                    Vote(state, ref turn);
                }
            }
            else if (state.TimestampNs == 0 && nowNs - state.BegunNs >= _options.AbandonNs)
            {
                Finish(state, ref turn);
            }
            else if (state.TimestampNs == 0)
            {
                TryDecide(state, ref turn);
            }
        }

        if (_options.Conflicts == ConflictRule.WoundWait)
        {
            foreach (LockAttempt idle in _locks.Idle(nowNs - _options.AbandonNs))
            {
                if (!_transactions.ContainsKey(idle.Number))
                {
                    EndLocks(idle.Number, ref turn);
                }
            }
        }
    }

    /// <summary>An entry counts: what waited for it goes on.</summary>
    public void Applied(CommitRecord record, ref Turn turn)
    {
        TransactionState? state = _transactions.GetValueOrDefault(record.Number);
        switch (record.Kind)
        {
            case CommitRecordKind.Promise:
                _isPromising = false;
                AnswerSnapshots(ref turn);
                break;
            case CommitRecordKind.Prepare when state is { IsCoordinator: false, IsEnding: false }:
                Vote(state, ref turn);
                break;
            case CommitRecordKind.Commit when state is { IsCoordinator: true, IsReplicated: false }:
                (state.IsReplicated, state.ReplicatedNs) = (true, turn.Clock.LocalNs);
                FinishIfDone(state, ref turn);
                break;
            case CommitRecordKind.Outcome when state is { IsEnding: true }:
                Release(state, ref turn);
                break;
            default:
                break;
        }
    }

    /// <summary>A member of another group does not lead it.</summary>
    public void OnElsewhere(int from, long number, int lead, ref Turn turn)
    {
        int group = from / _options.Replicas;
        if (_leaders[group] == from && lead >= 0 && lead / _options.Replicas == group)
        {
            _leaders[group] = lead;
        }

        if (_leaders[group] != from && _transactions.TryGetValue(number, out TransactionState? state) && state is { HasVoted: true, IsEnding: false } && state.Coordinator == group
            && state.Redirects++ < TransactionClient.RedirectsMax)
        {
            Vote(state, ref turn);
        }
    }

    private void Vote(TransactionState state, ref Turn turn)
    {
        (state.HasVoted, state.VotedNs, state.VotedTo) = (true, turn.Clock.LocalNs, _leaders[state.Coordinator]);
        Send(ref turn, _leaders[state.Coordinator], TransactionVerb.Prepared, state.Number, state.CoordinatorTerm, state.PrepareNs);
    }

    private void Hold(TransactionState state, long promisedNs)
    {
        foreach (int key in state.Keys)
        {
            _holds.Hold(key, state.Number, promisedNs);
        }
    }

    private void Propose(CommitRecord record, ref Turn turn)
    {
        int length = record.LengthMax(_options.ValueBytes);
        Span<byte> room = length <= 1024 ? stackalloc byte[1024] : new byte[length];
        IsDeposed |= !_raft.TryPropose(room[..record.Write(room, _options.ValueBytes)], ref turn);
    }

    private TransactionState StateOf(long number, in Turn turn)
    {
        if (!_transactions.TryGetValue(number, out TransactionState? state))
        {
            _transactions.Add(number, state = new TransactionState(number, turn.Clock.LocalNs));
        }

        return state;
    }

    private bool IsOver(long number) => number <= _over.GetValueOrDefault(TransactionClient.Of(number, _options)) && _options.Mutant != CommitMutant.ForgetOver;

    private void MarkOver(long number)
    {
        int client = TransactionClient.Of(number, _options);
        _over[client] = Math.Max(_over.GetValueOrDefault(client), number);
    }

    /// <summary>The next member of a member's group.</summary>
    private int Next(int member) => (member / _options.Replicas * _options.Replicas) + ((member + 1) % _options.Replicas);

    private ClockInterval Now(in Turn turn) => _options.Clocks.Now(_self, _options.Members, turn.Clock);

    private static void Send(ref Turn turn, int to, TransactionVerb verb, long number, params ReadOnlySpan<long> numbers) => TransactionMessage.Send(ref turn, to, verb, number, numbers);
}
