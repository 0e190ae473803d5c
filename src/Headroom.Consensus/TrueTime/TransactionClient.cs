using Headroom.Consensus.Groups;
using Headroom.Consensus.Wire;
using Headroom.Simulation.Processes;

namespace Headroom.Consensus.TrueTime;

/// <summary>
/// Runs transactions one after the other: reads, then commits what it read; an aborted attempt is made again under a new number. What is not answered is asked again, of the next member of the group or
/// of the one that was named, and under the same number, so that it commits once. Its own clock is right, and it does not know that.
/// </summary>
internal sealed partial class TransactionClient(TrueTimeOptions options, ZipfKeys keys, int self, TransactionLoad? load = null) : IGroupClient
{
    private const int NextTimer = 0;
    private const int RepeatTimer = 1;

    private readonly List<int> _keys = [];
    private readonly List<ReadValue> _values = [];
    private readonly List<int> _groups = [];
    private readonly List<GroupCall> _calls = [];

    /// <summary>Who leads each group, as far as is known.</summary>
    private readonly int[] _leaders = [.. Enumerable.Range(0, options.Groups).Select(group => group * options.Replicas)];
    private int _missing;
    private long _number;
    private long _attempts;
    private int _aborted;
    private int _redirects;
    private bool _isSnapshot;
    private bool _isCommitting;
    private bool _isBetween = true;
    private long _dueNs;
    private long _timestampNs;
    private long _firstNs;
    private long _beginNs;

    public List<TransactionRecord> Records { get; } = [];

    /// <summary>From when it was due to the answer, of each record.</summary>
    public List<long> LatenciesNs { get; } = [];

    /// <summary>Attempts of the transaction that took most.</summary>
    public int AttemptsMax { get; private set; }

    public long Aborts { get; private set; }

    public int CallCount => _calls.Count;

    public GroupCall Call(int index) => _calls[index];

    public bool IsDone => Records.Count == (load?.Operations ?? options.Transactions);

    /// <summary>When the transaction under way was first attempted; null for none.</summary>
    public long? WaitingSinceNs => _isBetween && _aborted == 0 ? null : _firstNs;

    /// <summary>The attempt that asked to commit and was not answered, as it would stand had it committed at a timestamp; null for none.</summary>
    public TransactionRecord? Unanswered(long timestampNs) => _isCommitting
        ? new TransactionRecord(_number, _beginNs, long.MaxValue, timestampNs, false, [.. _keys], [.. _values.Select(value => value.Writer)]) : null;

    /// <summary>Whose attempt has this number.</summary>
    public static int Of(long number, TrueTimeOptions options) => (int)(number >> 32) + options.Servers;

    public void On(in ProcessInput input, ref Turn turn)
    {
        switch (input.Kind)
        {
            case InputKind.Start when load is not null:
                if (load.Operations > 0)
                {
                    turn.SetTimer(NextTimer, Math.Max(0, load.DueNs(0, turn.Clock.LocalNs) - turn.Clock.LocalNs));
                }

                break;
            case InputKind.Start:
                turn.SetTimer(NextTimer, options.StartNs + (options.PeriodNs == 0 ? (long)turn.Random.Below(100_000_000UL) : Gap(ref turn)));
                break;
            case InputKind.Timer when input.Number == NextTimer:
                Begin(ref turn);
                break;
            case InputKind.Timer when !_isBetween:
                Repeat(ref turn);
                break;
            case InputKind.Message:
                OnMessage(input, ref turn);
                break;
            default:
                break;
        }
    }

    private void Begin(ref Turn turn)
    {
        _number = ((long)(self - options.Servers) << 32) + ++_attempts;
        _beginNs = turn.Clock.LocalNs;
        _isBetween = false;
        _redirects = 0;
        if (_aborted == 0)
        {
            Draw(ref turn);
        }

        _missing = _keys.Count;
        _values.Clear();
        _values.AddRange(Enumerable.Repeat(default(ReadValue), _keys.Count));
        turn.SetTimer(RepeatTimer, options.RepeatNs);
        if (_isSnapshot && options.Timestamps == TimestampSource.Oracle)
        {
            _timestampNs = 0;
            TransactionMessage.Send(ref turn, options.Oracle, TransactionVerb.AskTime, _number);
            return;
        }

        _timestampNs = options.Timestamps == TimestampSource.LocalClock ? turn.Clock.LocalNs : options.Clocks.Now(self, options.Members, turn.Clock).LatestNs;
        Read(-1, ref turn);
    }

    /// <summary>A new transaction. Who warms up writes one key after the other.</summary>
    private void Draw(ref Turn turn)
    {
        _firstNs = _beginNs;
        _dueNs = load?.DueNs(Records.Count, _beginNs) ?? (_dueNs == 0 ? _beginNs : _dueNs);
        bool isWarmUp = Records.Count < (load?.WarmUps ?? 0);
        _isSnapshot = (turn.Random.Below(100) < options.SnapshotPercent || self - options.Servers < options.Readers) && !isWarmUp;
        keys.Draw(_keys, options.KeysEach, options.KeysApart ? options.Groups : 1, ref turn.Random);
        if (isWarmUp)
        {
            _keys.Clear();
            _keys.Add(Records.Count % options.Keys);
        }

        _calls.Add(new GroupCall(_isSnapshot, Math.Min(_dueNs, _beginNs), _beginNs, GroupCall.Never));
    }

    private void OnMessage(in ProcessInput input, ref Turn turn)
    {
        var reader = new VarintReader(input.Head);
        var verb = (TransactionVerb)reader.Byte();
        if (reader.Number() != _number || !reader.IsGood || _isBetween)
        {
            return;
        }

        switch (verb)
        {
            case TransactionVerb.Time when input.Peer == options.Oracle && _timestampNs == 0:
                _timestampNs = reader.Number();
                Read(-1, ref turn);
                break;
            case TransactionVerb.Value when !_isCommitting:
                OnValue(input.Peer, ref reader, ref turn);
                break;
            case TransactionVerb.Outcome when _isCommitting:
                _timestampNs = reader.Number();
                _isCommitting = false;
                End(ref turn);
                break;
            case TransactionVerb.Wounded when !_isCommitting && !_isSnapshot:
                // One that commits will be refused where it was wounded.
                Abandon(ref turn);
                CountAbort();
                Begin(ref turn);
                break;
            case TransactionVerb.Elsewhere when input.Peer < options.Servers:
                OnElsewhere(input.Peer, reader.Number() - 1, ref turn);
                break;
            default:
                break;
        }
    }

    private void OnValue(int from, ref VarintReader reader, ref Turn turn)
    {
        int place = _keys.IndexOf(reader.Small(options.Keys - 1));
        long writer = reader.Number();
        long versionNs = reader.Number();
        long term = reader.Number();
        if (!reader.IsGood || place < 0 || _values[place].HasCome || from / options.Replicas != _keys[place] % options.Groups)
        {
            return;
        }

        _leaders[from / options.Replicas] = from;
        _values[place] = new ReadValue(true, versionNs, writer, term);
        if (--_missing > 0)
        {
            return;
        }

        if (_isSnapshot)
        {
            End(ref turn);
            return;
        }

        _isCommitting = true;
        _redirects = 0;
        turn.SetTimer(RepeatTimer, options.RepeatNs);
        Commit(-1, ref turn);
    }

    private void End(ref Turn turn)
    {
        long nowNs = turn.Clock.LocalNs;
        _isBetween = true;
        turn.CancelTimer(RepeatTimer);
        if (_timestampNs == 0)
        {
            CountAbort();
            // By wound-wait it may ask again at once: it waits for whom it must, and keeps its age.
            turn.SetTimer(NextTimer, options.Conflicts == ConflictRule.WoundWait ? 1 : (long)turn.Random.Below((ulong)options.BackoffNs << Math.Min(_aborted - 1, 6)));
            return;
        }

        Records.Add(new TransactionRecord(_number, _beginNs, nowNs, _timestampNs, _isSnapshot, [.. _keys], [.. _values.Select(value => value.Writer)]));
        LatenciesNs.Add(nowNs - _dueNs);
        _calls[^1] = _calls[^1] with { ReturnNs = nowNs };
        AttemptsMax = Math.Max(AttemptsMax, _aborted + 1);
        _aborted = 0;
        if (!IsDone)
        {
            _dueNs = load is not null ? load.DueNs(Records.Count, nowNs) : options.PeriodNs == 0 ? 0 : _dueNs + Gap(ref turn);
            // One nanosecond later at least: whoever begins at the moment of an answer is no later than it.
            turn.SetTimer(NextTimer, Math.Max(1, _dueNs - nowNs));
        }
    }

    private void CountAbort()
    {
        Aborts++;
        _aborted++;
    }

    private long Gap(ref Turn turn) => (long)turn.Random.Exponential(options.PeriodNs);

    /// <summary>A key as it was read, and under which leader.</summary>
    private readonly record struct ReadValue(bool HasCome, long VersionNs, long Writer, long Term);
}
