using Headroom.Consensus.Groups;
using Headroom.Consensus.InSync.Log;
using Headroom.Consensus.InSync.Messages;
using Headroom.Simulation.Processes;

namespace Headroom.Consensus.InSync;

/// <summary>A consumer: fetches from the leader what lies below the watermark.</summary>
public sealed class InSyncConsumer : IGroupClient
{
    /// <summary>Behind those of a producer, which may be in the same member.</summary>
    private const int NextTimer = InSyncProducer.TimerCount;
    private const int RetryTimer = InSyncProducer.TimerCount + 1;

    private readonly ConsumerOptions _options;
    private readonly List<GroupCall> _calls = [];
    private readonly List<RecordBatch> _batches = [];
    private readonly long[] _incarnations = new long[InSyncOptions.ReplicasMax];
    private readonly byte[] _outgoing = new byte[InSyncWire.FixedBytesMax];
    private long _dueNs;
    private long _watermark;
    private long _offset;
    private int _leader;
    private bool _isWaiting;
    private bool _isBackingOff;

    public InSyncConsumer(ConsumerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _options = options;
    }

    public int CallCount => _calls.Count;

    public bool IsDone => _calls.Count == _options.Fetches && !_isWaiting;

    /// <summary>Records that it was handed.</summary>
    public long Consumed { get; private set; }

    /// <summary>Behind the last record that it was handed.</summary>
    public long OffsetMax { get; private set; }

    public GroupCall Call(int index) => _calls[index];

    public void On(in ProcessInput input, ref Turn turn)
    {
        switch (input.Kind)
        {
            case InputKind.Start:
                BeginLater(ref turn);
                break;
            case InputKind.Timer when input.Number == NextTimer:
                _calls.Add(new GroupCall(IsRead: true, Math.Min(_dueNs, turn.Clock.LocalNs), turn.Clock.LocalNs, GroupCall.Never));
                _offset = _watermark == 0 ? 0 : (long)turn.Random.Below((ulong)_watermark);
                _isWaiting = true;
                Fetch(ref turn);
                break;
            case InputKind.Timer when _isWaiting:
                _leader = _isBackingOff ? _leader : (_leader + 1) % _options.Replicas;
                Fetch(ref turn);
                break;
            case InputKind.Message when _isWaiting:
                OnAnswer(input, ref turn);
                break;
            default:
                break;
        }
    }

    private void BeginLater(ref Turn turn)
    {
        if (_calls.Count < _options.Fetches)
        {
            _dueNs = _options.LoadNs + (_calls.Count * _options.PeriodNs) + (long)turn.Random.Below((ulong)_options.PeriodNs);
            turn.SetTimer(NextTimer, Math.Max(0, _dueNs - turn.Clock.LocalNs));
        }
    }

    private void Fetch(ref Turn turn)
    {
        _isBackingOff = false;
        int length = InSyncWire.Write(_outgoing, new InSyncMessage { Verb = InSyncVerb.Fetch, Number = _calls.Count, Offset = _offset, MinBytes = _options.FetchBytes }).Length;
        turn.Send(_leader, turn.Compose(_outgoing.AsSpan(0, length)));
        turn.SetTimer(RetryTimer, _options.TimeoutNs);
    }

    private void OnAnswer(in ProcessInput input, ref Turn turn)
    {
        if (_isBackingOff || !InSyncWire.TryRead(input.Head.ToArray(), _batches, _incarnations, out InSyncMessage message) || message.Verb != InSyncVerb.FetchAnswer || message.Number != _calls.Count)
        {
            return;
        }

        if (message.Status != ReplicaStatus.Done)
        {
            _leader = (_leader + 1) % _options.Replicas;
            _isBackingOff = true;
            turn.SetTimer(RetryTimer, _options.BackoffNs);
            return;
        }

        foreach (RecordBatch batch in _batches)
        {
            Consumed += batch.Count;
            OffsetMax = Math.Max(OffsetMax, batch.EndOffset);
        }

        _watermark = Math.Max(_watermark, message.Watermark);
        _calls[^1] = _calls[^1] with { ReturnNs = turn.Clock.LocalNs };
        _isWaiting = false;
        turn.CancelTimer(RetryTimer);
        BeginLater(ref turn);
    }
}
