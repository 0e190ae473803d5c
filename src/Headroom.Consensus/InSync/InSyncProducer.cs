using Headroom.Consensus.Groups;
using Headroom.Consensus.InSync.Log;
using Headroom.Consensus.InSync.Messages;
using Headroom.Consensus.Wire;
using Headroom.Simulation.Processes;

namespace Headroom.Consensus.InSync;

/// <summary>
/// A producer: every record holds its own number and that of its producer. A batch is closed when it is large enough or has waited long enough, and no earlier than the one before it is done.
/// </summary>
public sealed class InSyncProducer : IGroupClient
{
    public const int TimerCount = 3;

    private const int RecordTimer = 0;
    private const int LingerTimer = 1;
    private const int RetryTimer = 2;
    private const int GenerationsPerMember = 1 << 20;

    private readonly ProducerOptions _options;
    private readonly InSyncWitness? _witness;
    private readonly int _self;
    private readonly Queue<(byte[] Records, int Count)> _closed = new();
    private readonly List<RecordBatch> _batches = [];
    private readonly long[] _incarnations = new long[InSyncOptions.ReplicasMax];
    private readonly List<(long MadeNs, long DoneNs)> _times = [];
    private readonly byte[] _open;
    private readonly byte[] _outgoing;
    private int _openLength;
    private int _openCount;
    private bool _hasLingered;
    private byte[] _sent = [];
    private int _sentCount;
    private long _sentNs;
    private bool _isWaiting;
    private long _number;
    private long _sequence;
    private int _generation = 1;
    private int _leader;
    private bool _isBackingOff;

    /// <summary>Records of batches that were acknowledged or given up: those that come first.</summary>
    private int _settled;

    public InSyncProducer(ProducerOptions options, int self, InSyncWitness? witness = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _options = options;
        _self = self;
        _witness = witness;
        // The last record may begin just below the size at which a batch is closed.
        _open = new byte[options.BatchBytes + options.RecordBytes + Varint.LengthMax];
        _outgoing = new byte[InSyncWire.FixedBytesMax + _open.Length];
    }

    /// <summary>Records made so far.</summary>
    public int Produced { get; private set; }

    /// <summary>Records that were acknowledged; with no acknowledgements, sent.</summary>
    public int Acknowledged { get; private set; }

    /// <summary>Records of batches that were given up.</summary>
    public int GivenUp { get; private set; }

    /// <summary>Batches sent, repeats included.</summary>
    public int Sent { get; private set; }

    /// <summary>Answers that fewer replicas than there must be are in sync.</summary>
    public int Refused { get; private set; }

    /// <summary>When the last record was acknowledged.</summary>
    public long AcknowledgedNs { get; private set; }

    /// <summary>Its number among all members, which its records begin with.</summary>
    public int Self => _self;

    public int CallCount => _times.Count;

    /// <summary>A record is made when it is due; what waits for room in a batch, or for the batch before, waits for its answer.</summary>
    public GroupCall Call(int index) => new(IsRead: false, _times[index].MadeNs, _times[index].MadeNs, _times[index].DoneNs);

    public bool IsDone => Acknowledged + GivenUp == _options.Records;

    public void On(in ProcessInput input, ref Turn turn)
    {
        switch (input.Kind)
        {
            case InputKind.Start when _options.Records > 0:
                turn.SetTimer(RecordTimer, _options.WarmUps > 0 || _options.LoadNs == 0 ? _options.StartNs : UntilNextNs(ref turn));
                break;
            case InputKind.Timer when input.Number == RecordTimer:
                Produce(ref turn);
                break;
            case InputKind.Timer when input.Number == LingerTimer:
                _hasLingered = true;
                SendNext(ref turn);
                break;
            case InputKind.Timer when _isWaiting:
                Retry(ref turn);
                break;
            case InputKind.Message:
                OnAnswer(input, ref turn);
                break;
            default:
                break;
        }
    }

    private void Produce(ref Turn turn)
    {
        if (Produced == _options.Records)
        {
            return;
        }

        var writer = new VarintWriter(_open.AsSpan(_openLength));
        writer.Number(_options.RecordBytes);
        int start = writer.Length;
        writer.Number(_self);
        writer.Number(Produced++);
        writer.Zeros(Math.Max(0, _options.RecordBytes - (writer.Length - start)));

        _times.Add((turn.Clock.LocalNs, GroupCall.Never));
        _openLength += writer.Length;
        if (++_openCount == 1)
        {
            _hasLingered = _options.LingerNs == 0;
            if (!_hasLingered)
            {
                turn.SetTimer(LingerTimer, _options.LingerNs);
            }
        }

        if (_openLength >= _options.BatchBytes)
        {
            Close(ref turn);
        }

        SendNext(ref turn);
        if (Produced < _options.Records)
        {
            turn.SetTimer(RecordTimer, Produced < _options.WarmUps ? _options.WarmUpPeriodNs : UntilNextNs(ref turn));
        }
    }

    private long UntilNextNs(ref Turn turn) => _options.LoadNs == 0 ? _options.PeriodNs
        : Math.Max(0, _options.LoadNs + ((Produced - _options.WarmUps) * _options.PeriodNs) + (long)turn.Random.Below((ulong)_options.PeriodNs) - turn.Clock.LocalNs);

    private void Close(ref Turn turn)
    {
        _closed.Enqueue((_open.AsSpan(0, _openLength).ToArray(), _openCount));
        (_openLength, _openCount, _hasLingered) = (0, 0, false);
        turn.CancelTimer(LingerTimer);
    }

    private void SendNext(ref Turn turn)
    {
        while (!_isWaiting)
        {
            if (_closed.Count == 0)
            {
                if (_openCount == 0 || !_hasLingered)
                {
                    return;
                }

                Close(ref turn);
            }

            (_sent, _sentCount) = _closed.Dequeue();
            _sentNs = turn.Clock.LocalNs;
            _number++;
            _isWaiting = _options.Acks != Acknowledgement.None;
            Send(ref turn);
            if (!_isWaiting)
            {
                Finish(turn.Clock.LocalNs);
            }
        }
    }

    private void Send(ref Turn turn)
    {
        Sent++;
        VarintWriter writer = InSyncWire.Write(_outgoing, new InSyncMessage
        {
            Verb = InSyncVerb.Produce,
            Number = _number,
            Acks = _options.Acks,
            ProducerId = _options.IsIdempotent ? ((long)_self * GenerationsPerMember) + _generation : 0,
            Sequence = _options.IsIdempotent ? _sequence : 0,
            Count = _sentCount,
            Records = _sent,
        });
        turn.Send(_leader, turn.Compose(_outgoing.AsSpan(0, writer.Length)));
        if (_isWaiting)
        {
            turn.SetTimer(RetryTimer, _options.TimeoutNs);
            _isBackingOff = false;
        }
    }

    private void Retry(ref Turn turn)
    {
        if (!_isBackingOff)
        {
            _leader = (_leader + 1) % _options.Replicas;
        }

        if (turn.Clock.LocalNs - _sentNs >= _options.DeliveryNs)
        {
            // What comes of this batch is unknown: its sequence cannot be given to another.
            GivenUp += _sentCount;
            _settled += _sentCount;
            (_isWaiting, _sequence) = (false, 0);
            _generation++;
            SendNext(ref turn);
            return;
        }

        Send(ref turn);
    }

    private void OnAnswer(in ProcessInput input, ref Turn turn)
    {
        if (!InSyncWire.TryRead(input.Head.ToArray(), _batches, _incarnations, out InSyncMessage message) || message.Verb != InSyncVerb.ProduceAnswer
            || message.Number != _number || !_isWaiting)
        {
            return;
        }

        if (message.Status == ReplicaStatus.Done)
        {
            if (_options.Acks == Acknowledgement.All)
            {
                _witness?.Acknowledged(_self, message.Offset, _sentCount, _sent, turn.Clock.LocalNs);
            }

            turn.CancelTimer(RetryTimer);
            Finish(turn.Clock.LocalNs);
            _isWaiting = false;
            SendNext(ref turn);
            return;
        }

        Refused += message.Status is ReplicaStatus.NotEnoughReplicas or ReplicaStatus.NotEnoughReplicasAfterAppend ? 1 : 0;
        if (_isBackingOff)
        {
            return;
        }

        if (message.Status == ReplicaStatus.NotLeader && message.Leader <= _options.Replicas)
        {
            _leader = message.Leader > 0 ? message.Leader - 1 : (input.Peer + 1) % _options.Replicas;
        }

        _isBackingOff = true;
        turn.SetTimer(RetryTimer, _options.BackoffNs);
    }

    private void Finish(long nowNs)
    {
        Acknowledged += _sentCount;
        for (int end = _settled + _sentCount; _settled < end; _settled++)
        {
            _times[_settled] = _times[_settled] with { DoneNs = nowNs };
        }

        AcknowledgedNs = nowNs;
        _sequence += _sentCount;
    }
}
