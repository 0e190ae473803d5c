using Headroom.Consensus.Groups;
using Headroom.Consensus.Wire;
using Headroom.Simulation.Processes;

namespace Headroom.Consensus.TrueTime;

/// <summary>Runs transactions one after the other: reads, then commits what it read; an aborted attempt is made again. Its own clock is right, and it does not know that.</summary>
internal sealed class TransactionClient(TrueTimeOptions options, ZipfKeys keys, int self, CommitMeter meter) : IGroupRole
{
    private const long StartNs = 1_000_000_000;

    private readonly List<int> _keys = [];
    private readonly List<(long VersionNs, long Writer)> _values = [];
    private readonly List<int> _groups = [];
    private int _missing;
    private long _number;
    private long _attempts;
    private int _aborted;
    private bool _isSnapshot;
    private bool _isCommitting;
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

    /// <summary>Whose attempt has this number.</summary>
    public static int Of(long number, TrueTimeOptions options) => (int)(number >> 32) + options.Servers;

    public void On(in ProcessInput input, ref Turn turn)
    {
        switch (input.Kind)
        {
            case InputKind.Start:
                turn.SetTimer(0, StartNs + (options.PeriodNs == 0 ? (long)turn.Random.Below(100_000_000UL) : Gap(ref turn)));
                break;
            case InputKind.Timer:
                Begin(ref turn);
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
        if (_aborted == 0)
        {
            _firstNs = _beginNs;
            _dueNs = _dueNs == 0 ? _beginNs : _dueNs;
            _isSnapshot = turn.Random.Below(100) < options.SnapshotPercent;
            keys.Draw(_keys, options.KeysEach, options.KeysApart ? options.Groups : 1, ref turn.Random);
        }

        if (_isSnapshot && options.Timestamps == TimestampSource.Oracle)
        {
            TransactionMessage.Send(ref turn, meter, options.Oracle, TransactionVerb.AskTime, _number);
            return;
        }

        _timestampNs = options.Timestamps == TimestampSource.LocalClock ? turn.Clock.LocalNs : options.Clocks.Now(self, options.Members, turn.Clock).LatestNs;
        Read(ref turn);
    }

    private void Read(ref Turn turn)
    {
        bool isLocking = !_isSnapshot && options.Conflicts == ConflictRule.WoundWait;
        long third = _isSnapshot ? _timestampNs : isLocking ? _firstNs : -1;
        _missing = _keys.Count;
        _values.Clear();
        foreach (int key in _keys)
        {
            _values.Add(default);
            TransactionMessage.Send(ref turn, meter, options.LeaderOf(key), TransactionVerb.Read, _number, key, _isSnapshot ? 1 : isLocking ? 2 : 0, third);
        }
    }

    private void OnMessage(in ProcessInput input, ref Turn turn)
    {
        var reader = new VarintReader(input.Head);
        var verb = (TransactionVerb)reader.Byte();
        if (reader.Number() != _number || !reader.IsGood)
        {
            return;
        }

        switch (verb)
        {
            case TransactionVerb.Time:
                _timestampNs = reader.Number();
                Read(ref turn);
                break;
            case TransactionVerb.Value:
                int place = _keys.IndexOf(reader.Small(options.Keys - 1));
                long writer = reader.Number();
                _values[place] = (reader.Number(), writer);
                if (--_missing == 0)
                {
                    Go(ref turn);
                }

                break;
            case TransactionVerb.Outcome:
                _timestampNs = reader.Number();
                _isCommitting = false;
                End(ref turn);
                break;
            case TransactionVerb.Wounded when !_isCommitting:
                // One that commits will be refused where it was wounded.
                FindGroups();
                foreach (int leader in _groups)
                {
                    TransactionMessage.Send(ref turn, meter, leader, TransactionVerb.Abandon, _number);
                }

                CountAbort();
                Begin(ref turn);
                break;
            default:
                break;
        }
    }

    private void Go(ref Turn turn)
    {
        if (_isSnapshot)
        {
            End(ref turn);
            return;
        }

        FindGroups();
        _isCommitting = true;
        for (int i = _groups.Count - 1; i >= 0; i--)
        {
            Request(_groups[i], ref turn);
        }
    }

    /// <summary>The leaders of the keys, that of the first one first.</summary>
    private void FindGroups()
    {
        _groups.Clear();
        foreach (int key in _keys)
        {
            int leader = options.LeaderOf(key);
            if (!_groups.Contains(leader))
            {
                _groups.Add(leader);
            }
        }
    }

    private void Request(int leader, ref Turn turn)
    {
        int coordinator = _groups[0];
        int length = 1 + (Varint.LengthMax * (3 + _groups.Count + (2 * _keys.Count))) + (options.ValueBytes * _keys.Count);
        Span<byte> room = length <= 4096 ? stackalloc byte[4096] : new byte[length];
        var writer = new VarintWriter(room);
        writer.Byte((byte)(leader == coordinator ? TransactionVerb.Commit : TransactionVerb.Prepare));
        writer.Number(_number);
        if (leader == coordinator)
        {
            writer.Number(_groups.Count - 1);
            for (int i = 1; i < _groups.Count; i++)
            {
                writer.Number(_groups[i]);
            }
        }
        else
        {
            writer.Number(coordinator);
        }

        for (int i = 0; i < _keys.Count; i++)
        {
            if (options.LeaderOf(_keys[i]) == leader)
            {
                writer.Number(_keys[i]);
                writer.Number(_values[i].VersionNs);
                writer.Zeros(options.ValueBytes);
            }
        }

        meter.Messages++;
        turn.Send(leader, turn.Compose(room[..writer.Length]));
    }

    private void End(ref Turn turn)
    {
        long nowNs = turn.Clock.LocalNs;
        if (_timestampNs == 0)
        {
            CountAbort();
            // By wound-wait it may ask again at once: it waits for whom it must, and keeps its age.
            turn.SetTimer(0, options.Conflicts == ConflictRule.WoundWait ? 1 : (long)turn.Random.Below((ulong)options.BackoffNs << Math.Min(_aborted - 1, 6)));
            return;
        }

        Records.Add(new TransactionRecord(_number, _beginNs, nowNs, _timestampNs, _isSnapshot, [.. _keys], [.. _values.Select(value => value.Writer)]));
        LatenciesNs.Add(nowNs - _dueNs);
        AttemptsMax = Math.Max(AttemptsMax, _aborted + 1);
        _aborted = 0;
        if (Records.Count < options.Transactions)
        {
            _dueNs = options.PeriodNs == 0 ? 0 : _dueNs + Gap(ref turn);
            // One nanosecond later at least: whoever begins at the moment of an answer is no later than it.
            turn.SetTimer(0, Math.Max(1, _dueNs - nowNs));
        }
    }

    private void CountAbort()
    {
        Aborts++;
        _aborted++;
    }

    private long Gap(ref Turn turn) => (long)turn.Random.Exponential(options.PeriodNs);
}
