using Headroom.Consensus.InSync.Log;
using Headroom.Consensus.InSync.Messages;
using Headroom.Consensus.InSync.Storage;
using Headroom.Consensus.Replication;
using Headroom.Consensus.Wire;
using Headroom.Simulation.Processes;

namespace Headroom.Consensus.InSync;

/// <summary>
/// One replica of a partition, which leads or follows as the registrar says [kreps2011], [kafka]. Each start has an incarnation, one more than the last, durable before anything is said: who
/// returns without memory is known to be another (Kafka's broker epoch).
/// </summary>
public sealed partial class InSyncReplica : DurableServer
{
    public const int TimerCount = 6;

    private const int HeartbeatTimer = 0;
    private const int RetryTimer = 1;
    private const int WaitTimer = 2;
    private const int LagTimer = 3;
    private const int WritebackTimer = 4;
    private const int ProposalTimer = 5;
    private const int BatchesPerRecord = 256;

    private readonly InSyncOptions _options;
    private readonly InSyncWitness? _witness;
    private readonly int _self;
    private readonly List<RecordBatch> _batches = [];
    private readonly long[] _readIncarnations = new long[InSyncOptions.ReplicasMax];
    private readonly long[] _incarnations = new long[InSyncOptions.ReplicasMax];
    private readonly List<(int Record, long EndOffset)> _writing = [];
    private byte[] _incoming = new byte[256];
    private long _incarnation;
    private long _written;
    private long _durableEnd;

    public InSyncReplica(InSyncOptions options, int self, InSyncWitness? witness = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)self, (uint)options.Replicas);
        _options = options;
        _self = self;
        _witness = witness;
        _followers = new Follower[options.Replicas];
        for (int i = 0; i < options.Replicas; i++)
        {
            _followers[i] = new Follower();
        }
    }

    public PartitionLog Log { get; private set; } = new();

    /// <summary>The last that the registrar said.</summary>
    public PartitionState State { get; private set; } = new(0, -1, 0, 0);

    /// <summary>Records before it are known to be in all logs that are in sync. Not kept over a crash (Kafka writes it down now and then).</summary>
    public long Watermark { get; private set; }

    public bool IsLeader => IsStarted && State.Leader == _self;

    /// <summary>Where this replica's own log counts for the watermark: with a flush of each batch only what is durable.</summary>
    private long OwnEnd => _options.Flush == FlushPolicy.Each ? _durableEnd : Log.EndOffset;

    private protected override void Start(ref Turn turn) => Begin(ref turn);

    private protected override RecordRecovery NewRecovery() => new PartitionRecovery();

    private protected override void Recovered(RecordRecovery records, ref Turn turn)
    {
        var found = (PartitionRecovery)records;
        (_incarnation, Log) = (found.Incarnation, found.Log);
        _written = _durableEnd = Log.EndOffset;
        _witness?.Restarted(_self, Log, turn.Clock.LocalNs);
        Begin(ref turn);
    }

    private protected override void Refuse(string problem, long nowNs)
    {
        base.Refuse(problem, nowNs);
        _witness?.Refused(_self, problem, nowNs);
    }

    private void Begin(ref Turn turn)
    {
        _incarnation++;
        Persist(PartitionRecord.Start, _incarnation, ref turn);
        Heartbeat(ref turn);
        if (_options.Flush == FlushPolicy.Never)
        {
            turn.SetTimer(WritebackTimer, 1 + (long)turn.Random.Below((ulong)_options.WritebackNs));
        }
    }

    private protected override void OnTimer(int timer, ref Turn turn)
    {
        switch (timer)
        {
            case HeartbeatTimer:
                Heartbeat(ref turn);
                break;
            case RetryTimer:
                AskAgain(ref turn);
                break;
            case WaitTimer:
                AnswerOverdue(ref turn);
                break;
            case LagTimer:
                LookForLag(ref turn);
                break;
            case WritebackTimer:
                WriteOut(ref turn);
                turn.SetTimer(WritebackTimer, _options.WritebackNs);
                break;
            default:
                SendProposal(ref turn);
                break;
        }
    }

    private protected override void OnMessage(in ProcessInput input, ref Turn turn)
    {
        if (input.Head.IsEmpty || !TryRead(input.Head, out InSyncMessage message))
        {
            MalformedCount++;
            return;
        }

        bool isReplica = (uint)input.Peer < (uint)_options.Replicas && input.Peer != _self;
        bool isRegistrar = input.Peer == _options.Replicas;
        switch (message.Verb)
        {
            case InSyncVerb.Fetch when isReplica:
                OnFetch(input.Peer, message, ref turn);
                break;
            case InSyncVerb.Fetch when !isRegistrar:
                OnRead(input.Peer, message, ref turn);
                break;
            case InSyncVerb.FetchAnswer when isReplica:
                OnFetchAnswer(input.Peer, message, ref turn);
                break;
            case InSyncVerb.EpochQuestion when isReplica:
                OnEpochQuestion(input.Peer, message, ref turn);
                break;
            case InSyncVerb.EpochAnswer when isReplica:
                OnEpochAnswer(input.Peer, message, ref turn);
                break;
            case InSyncVerb.Produce when !isReplica && !isRegistrar:
                OnProduce(input.Peer, message, ref turn);
                break;
            case InSyncVerb.State when isRegistrar:
                OnState(message, ref turn);
                break;
            case InSyncVerb.ProposalRefused when isRegistrar:
                OnRefused(message, ref turn);
                break;
            default:
                MalformedCount++;
                break;
        }
    }

    /// <summary>What may stay in the log is read from memory of its own.</summary>
    private bool TryRead(ReadOnlySpan<byte> head, out InSyncMessage message)
    {
        ReadOnlyMemory<byte> memory;
        if ((InSyncVerb)head[0] is InSyncVerb.FetchAnswer or InSyncVerb.Produce)
        {
            byte[] own = GC.AllocateUninitializedArray<byte>(head.Length);
            head.CopyTo(own);
            memory = own;
        }
        else
        {
            if (_incoming.Length < head.Length)
            {
                _incoming = new byte[2 * head.Length];
            }

            head.CopyTo(_incoming);
            memory = _incoming.AsMemory(0, head.Length);
        }

        return InSyncWire.TryRead(memory, _batches, _readIncarnations, out message);
    }

    /// <summary>The registrar's word counts if it is newer and meant for this incarnation.</summary>
    private void OnState(in InSyncMessage message, ref Turn turn)
    {
        PartitionState next = message.State;
        if (message.Incarnation != _incarnation || next.Version <= State.Version || next.Leader >= _options.Replicas)
        {
            return;
        }

        bool isNewEpoch = next.LeaderEpoch > State.LeaderEpoch;
        bool wasLeader = IsLeader;
        State = next;
        _readIncarnations.CopyTo(_incarnations, 0);
        EndProposal(ref turn);
        if (isNewEpoch)
        {
            if (wasLeader)
            {
                StopLeading(ref turn);
            }

            if (IsLeader)
            {
                Lead(ref turn);
            }
            else
            {
                Follow(ref turn);
            }
        }
        else if (IsLeader)
        {
            Advance(ref turn);
        }
    }

    private void Heartbeat(ref Turn turn)
    {
        // Rests on the incarnation's being durable, whatever is flushed.
        turn.Send(_options.Replicas, InSyncWire.Compose(new InSyncMessage { Verb = InSyncVerb.Heartbeat, Incarnation = _incarnation, Version = State.Version }, ref turn));
        turn.SetTimer(HeartbeatTimer, _options.HeartbeatNs);
    }

    private void Send(int peer, in InSyncMessage message, ref Turn turn, scoped ReadOnlySpan<long> incarnations = default) =>
        turn.Send(peer, InSyncWire.Compose(message, ref turn, incarnations), urgent: _options.Flush == FlushPolicy.Never);

    private void Append(in RecordBatch batch, ref Turn turn)
    {
        Log.Append(batch);
        _witness?.Appended(_self, batch, turn.Clock.LocalNs);
    }

    private void Truncate(long offset, ref Turn turn)
    {
        if (offset >= Log.EndOffset)
        {
            return;
        }

        Log.Truncate(offset);
        offset = Log.EndOffset;
        Watermark = Math.Min(Watermark, offset);
        if (_written > offset)
        {
            Persist(PartitionRecord.Truncation, offset, ref turn);
            _written = offset;
        }

        _durableEnd = Math.Min(_durableEnd, offset);
        for (int i = 0; i < _writing.Count; i++)
        {
            _writing[i] = _writing[i] with { EndOffset = Math.Min(_writing[i].EndOffset, offset) };
        }
    }

    /// <summary>Hands what the log holds to the disk.</summary>
    private void WriteOut(ref Turn turn)
    {
        for (int from = Log.Find(_written); from < Log.Count; from += BatchesPerRecord)
        {
            int to = Math.Min(Log.Count, from + BatchesPerRecord);
            VarintWriter writer = BeginRecord(Room(NumberedRecord.HeadBytesMax + InSyncWire.BatchesBytesMax(Log, from, to)), PartitionRecord.Batches);
            InSyncWire.WriteBatches(ref writer, Log, from, to);
            Persist(writer, ref turn);
            _written = Log[to - 1].EndOffset;
            _writing.Add((Appended, _written));
        }
    }

    private void Persist(byte kind, long value, ref Turn turn)
    {
        VarintWriter writer = BeginRecord(Room(NumberedRecord.HeadBytesMax + Varint.LengthMax), kind);
        writer.Number(value);
        Persist(writer, ref turn);
    }

    private protected override void OnDurable(int records, ref Turn turn)
    {
        int done = 0;
        while (done < _writing.Count && _writing[done].Record <= records)
        {
            _durableEnd = _writing[done++].EndOffset;
        }

        _writing.RemoveRange(0, done);
        if (done > 0 && IsLeader)
        {
            Advance(ref turn);
        }
    }

    private void Raise(long watermark, long nowNs)
    {
        if (watermark > Watermark)
        {
            (long from, Watermark) = (Watermark, watermark);
            _witness?.Advanced(_self, Log, from, watermark, nowNs);
        }
    }
}
