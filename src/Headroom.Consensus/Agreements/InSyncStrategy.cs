using Headroom.Consensus.Groups;
using Headroom.Consensus.InSync;
using Headroom.Consensus.InSync.Storage;
using Headroom.Consensus.Protocols;
using Headroom.Consensus.Wire;
using Headroom.Kernel.Arithmetic;
using Headroom.Kernel.Findings;
using Headroom.Kernel.Quantities;
using Headroom.Kernel.Strategies;

namespace Headroom.Consensus.Agreements;

/// <summary>In-sync replicas as Kafka has them: replica 0 leads first, the registrar is the member after the replicas. Values are records; a read is a consumer's fetch of a batch at its leader.</summary>
/// <param name="MinInSync"><c>min.insync.replicas</c>.</param>
/// <param name="Acks">Whose acknowledgement a producer waits for.</param>
/// <param name="Flush">What is flushed to disk before it is acknowledged.</param>
/// <param name="Batch">Records that a producer gathers before it sends them; it waits for them as long as two such batches take to come, at most ten seconds.</param>
public sealed record InSyncStrategy(int MinInSync, Acknowledgement Acks, FlushPolicy Flush, int Batch = 1) : AgreementStrategy
{
    private const int BatchMax = 10_000;
    private const long LingerNsMax = 10_000_000_000;

    /// <summary><c>batch.size</c>.</summary>
    private const int BatchBytes = 16_384;

    private const int RecordHeadMax = 4;
    private const int RecordRoom = 100;

    /// <summary>Of a message what its heads may take.</summary>
    private const int HeadRoom = 1000;
    private const long SettlingNsMin = 1_000_000_000;

    public static AgreementEntry NoneEntry { get; } = new(
        new StrategyForm("isr-none", "in-sync replicas, no acknowledgements: a record counts when it is sent"),
        _ => new InSyncStrategy(1, Acknowledgement.None, FlushPolicy.Never));

    /// <summary>Answers what its leader has in memory; the others fetch it later: asynchronous replication.</summary>
    public static InSyncStrategy Later { get; } = new(1, Acknowledgement.Leader, FlushPolicy.Never);

    private static readonly StrategyParameter MinInSyncParameter = new("min-in-sync", 1, InSyncOptions.ReplicasMax) { Default = 2 };
    private static readonly StrategyParameter BatchParameter = new("batch", 1, BatchMax) { Default = 1 };

    public static AgreementEntry Entry { get; } = new(
        new StrategyForm("isr", "in-sync replicas, acks of all, never flushed: as Kafka does it", MinInSyncParameter, BatchParameter),
        call => new InSyncStrategy(call.Int(0), Acknowledgement.All, FlushPolicy.Never, call.Int(1)), new InSyncStrategy(2, Acknowledgement.All, FlushPolicy.Never));

    public static AgreementEntry FlushEntry { get; } = new(
        new StrategyForm("isr-flush", "in-sync replicas, acks of all, each batch flushed to disk", MinInSyncParameter, BatchParameter),
        call => new InSyncStrategy(call.Int(0), Acknowledgement.All, FlushPolicy.Each, call.Int(1)), new InSyncStrategy(2, Acknowledgement.All, FlushPolicy.Each));

    public static AgreementEntry LeaderEntry { get; } = new(
        new StrategyForm("isr-leader", "in-sync replicas, acks of the leader alone, never flushed"),
        _ => Later, Later);

    public override string Name => Acks == Acknowledgement.None ? "isr-none" : Acks == Acknowledgement.Leader ? "isr-leader" : $"{(Flush == FlushPolicy.Each ? "isr-flush" : "isr")}({MinInSync}{(Batch > 1 ? $",{Batch}" : "")})";

    /// <summary>To fill a batch takes time, and no message.</summary>
    public override AgreementStrategy WithoutWaiting => this with { Batch = 1 };

    public override AgreementProtocol Protocol => AgreementRegistry.InSyncReplication;

    public override int Registrars => 1;

    public override bool IsDurable => Flush == FlushPolicy.Each;

    /// <summary>A leader that was replaced and does not know it yet answers fetches; and with acknowledgements of the leader alone answered writes are lost with it.</summary>
    public override bool IsLinearizable => false;

    public override int CrashesSurvived(int servers) => servers - MinInSync;

    public override int Holders(int servers) => Acks switch { Acknowledgement.All => MinInSync, Acknowledgement.Leader => 1, _ => 0 };

    public override string? Problem(AgreementSetting setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        return setting.Servers > InSyncOptions.ReplicasMax ? $"{Name}: at most {InSyncOptions.ReplicasMax} replicas"
            : MinInSync > setting.Servers ? $"{Name}: {MinInSync} of {setting.Servers} replicas cannot be in sync"
            : setting.Load.ValueBytes > RecordBytesMax ? $"{Name}: a record is at most {Print.Significant(RecordBytesMax, 6)} B; an answer to a fetch is one message here"
            : Batch > 1 && (long)Batch * (RecordBytes(setting) + RecordHeadMax) > RecordBytesMax ? $"{Name}: {Batch} records of {setting.Load.ValueBytes} B are more than a batch holds, {RecordBytesMax} B"
            : GatheredBytes(setting) > FetchBytesMax(setting) ? $"{Name}: a batch of up to {GatheredBytes(setting)} B goes in one message, and a datagram holds {FetchBytesMax(setting)} B of records: state smaller values or batches, or a transport without datagrams"
            : null;
    }

    public override long SettlingNs(AgreementSetting setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        return SettlingNsMin + (8 * (setting.Places.RoundTripNsMax + setting.Network.Jitter.MeanNs + setting.DurabilityNs));
    }

    public override AgreementGroup Group(AgreementSetting setting, long warmUpNs, long loadNs)
    {
        ArgumentNullException.ThrowIfNull(setting);
        var options = new InSyncOptions { Replicas = setting.Servers, MinInSync = MinInSync, Flush = Flush, FetchBytesMax = FetchBytesMax(setting) };
        var replicas = new InSyncReplica?[setting.Servers];
        var registrar = new PartitionRegistrar(options);
        return new AgreementGroup(setting, Registrars, member => member < setting.Servers ? replicas[member] = new InSyncReplica(options, member) : registrar,
            client => new InSyncClient(Producer(setting, client, warmUpNs, loadNs), Consumer(setting, client, loadNs)))
        {
            Facts = () => Facts(replicas, registrar.State),
        };
    }

    /// <summary>A period of writing out, and as long as fetches may wait.</summary>
    public override long WritebackNs => Flush == FlushPolicy.Each ? 0 : Timing.WritebackNs + (2 * Timing.FetchWaitNs);

    /// <summary>Every record that was acknowledged by all must be on as many disks as must be in sync.</summary>
    public override DurableVerdict? Judge(IReadOnlyList<IReadOnlyList<ReadOnlyMemory<byte>>> durable, IReadOnlyList<IGroupClient> clients)
    {
        ArgumentNullException.ThrowIfNull(durable);
        ArgumentNullException.ThrowIfNull(clients);
        if (Acks != Acknowledgement.All)
        {
            return null;
        }

        var kept = new KeptRecords();
        for (int replica = 0; replica < durable.Count; replica++)
        {
            kept.Take(replica, durable[replica]);
        }

        (long acknowledged, long lost, int copiesMin) = (0, 0, durable.Count);
        foreach (InSyncProducer producer in clients.OfType<InSyncClient>().Select(client => client.Producer))
        {
            for (int number = 0; number < producer.CallCount; number++)
            {
                if (producer.Call(number).IsAnswered)
                {
                    int copies = kept.Copies(producer.Self, number);
                    acknowledged++;
                    lost += copies < MinInSync ? 1 : 0;
                    copiesMin = Math.Min(copiesMin, copies);
                }
            }
        }

        return kept.Problem is { } problem ? new DurableVerdict(false, problem)
            : lost > 0 ? new DurableVerdict(false, $"{lost} of {acknowledged} acknowledged records are on fewer than {MinInSync} disks in the end, one of them on {copiesMin}")
            : new DurableVerdict(true, $"each of {acknowledged} acknowledged records is on {copiesMin} disks in the end, where {MinInSync} must have it");
    }

    private static InSyncOptions Timing { get; } = new() { Replicas = 1 };

    private static IReadOnlyList<(string Name, string Unit, double Value)> Facts(InSyncReplica?[] replicas, PartitionState state)
    {
        InSyncReplica? leader = state.Leader < 0 ? null : replicas[state.Leader];
        return
        [
            ("replicas in sync", "", state.InSyncCount),
            ("next offset", "", leader?.Log.EndOffset ?? 0),
            ("watermark", "", leader?.Watermark ?? 0),
            ("log", "B", leader is null ? 0 : Enumerable.Range(0, leader.Log.Count).Sum(i => (double)leader.Log[i].Records.Length)),
        ];
    }

    public override CostCases? Theory(AgreementMetric metric, bool isRead, AgreementSetting setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        int others = setting.Servers - 1;
        var options = new InSyncOptions { Replicas = setting.Servers };
        double gathered = Batch == 1 ? 1 : Math.Min(Batch, 1 + (LingerNs(setting.ClientPeriodNs) / (double)setting.ClientPeriodNs));
        AgreementSetting batches = setting with { Load = setting.Load with { RatePerSecond = setting.Load.RatePerSecond / gathered } };
        double heartbeats = setting.Servers / (options.HeartbeatNs / 1e9) / setting.Load.RatePerSecond;
        // A fetch that finds nothing is answered after the longest wait.
        var journeys = new Journeys(setting);
        double idle = Enumerable.Range(1, others).Sum(other => 2 / ((options.FetchWaitNs / 1e9) + journeys.RoundTrip(0, other))) / setting.Load.RatePerSecond;
        // Writes that come while a follower's fetch is on its way go together; between two that are long to come fetches end without any, and are made again: x to a longest wait
        // and its way make 1/(e^x - 1) of them, where they come at random, and whole ones where batches come evenly.
        double turnRate = batches.Load.RatePerSecond;
        double fetches = Enumerable.Range(1, others).Sum(other =>
        {
            double wait = (options.FetchWaitNs / 1e9) + journeys.RoundTrip(0, other);
            return TurnsPerOperation(turnRate, journeys.RoundTrip(0, other)) + (Batch == 1 ? 1 / (Elementary.Exp(turnRate * wait) - 1) : Math.Floor(1 / (turnRate * wait)));
        }) / gathered;
        bool waits = !isRead && Acks == Acknowledgement.All;
        return metric switch
        {
            AgreementMetric.Messages when isRead => new CostCases(2, 2 + heartbeats + idle, 2 + heartbeats + (2 * idle)),
            AgreementMetric.Messages => new CostCases(2 * others / Math.Max(1, InSyncOptions.BatchBytesLimit / (double)setting.Load.ValueBytes), ((Acks == Acknowledgement.None ? 1 : 2) / gathered) + (2 * fetches) + heartbeats, 2 + (2 * others) + heartbeats + idle),
            // A client has one request on its way; what falls due meanwhile waits for it.
            AgreementMetric.Rounds => !isRead && Acks == Acknowledgement.None ? CostCases.Exactly(0) : waits && others > 0 ? new CostCases(4, 4, double.PositiveInfinity) : new CostCases(2, 2, double.PositiveInfinity),
            // With acknowledgements of all a write waits for fetches, and those for each other.
            AgreementMetric.Latency when isRead || (Acks == Acknowledgement.Leader && Batch == 1) => Latency(setting, (ways, _) => ways.Asked(0, 0, 0)),
            AgreementMetric.Bytes => BytesOf(isRead, setting, gathered, fetches, heartbeats, idle / 2),
            _ => null,
        };
    }

    /// <summary>Heads by <see cref="InSync.Messages.InSyncWire"/>.</summary>
    private CostCases BytesOf(bool isRead, AgreementSetting setting, double gathered, double fetches, double heartbeats, double idle)
    {
        var sizes = new MessageSizes(setting, Registrars);
        double beats = heartbeats * sizes.OnWire(1 + 2);
        double wait = MessageSizes.Mean(Timing.FetchWaitNs, Timing.FetchWaitNs);
        double fetch = sizes.OnWire(3 + sizes.Index + sizes.Index + 1 + wait);
        double head = 3 + sizes.Index + sizes.Index + 1;
        // Base offset, count, epoch, producer, sequence, length: a producer's number is its member's times a million.
        double batchHead = sizes.Index + 1 + 1 + 4 + sizes.Request;
        if (isRead)
        {
            double asked = sizes.OnWire(3 + sizes.Request + 1 + MessageSizes.Mean(setting.Load.ValueBytes, setting.Load.ValueBytes) + 1);
            double found = sizes.OnWire(2 + 1 + sizes.Request + 1 + 1 + batchHead + MessageSizes.Prefixed(sizes.Record));
            return Bytes(asked + found, beats + (idle * (fetch + sizes.OnWire(head))));
        }

        double records = gathered * sizes.Record;
        double produce = sizes.OnWire(1 + sizes.Request + 1 + 4 + sizes.Request + 1 + MessageSizes.Prefixed(records)) / gathered;
        double answer = Acks == Acknowledgement.None ? 0 : sizes.OnWire(2 + sizes.Request + sizes.Index + 1) / gathered;
        int others = setting.Servers - 1;
        // What a fetch finds is as many batches as came since the one before.
        double each = others == 0 ? 0 : others / (fetches * gathered);
        double carried = others == 0 ? 0 : fetches * (fetch + sizes.OnWire(head + (each * (batchHead + MessageSizes.Prefixed(records)))));
        // At best many records share every message, and its head; those who need not have them fetch them later.
        return Bytes(produce + answer + carried, beats) with { Best = sizes.Record * Math.Max(1, Holders(setting.Servers)) };
    }

    private long LingerNs(long periodNs) => Math.Min(LingerNsMax, 2 * Batch * periodNs);

    private static int FetchBytesMax(AgreementSetting setting) => Math.Min(InSyncOptions.BatchBytesLimit, setting.MessageBytesMax - HeadRoom);

    /// <summary>The longest batch: its last record begins just below the size that closes it.</summary>
    private long GatheredBytes(AgreementSetting setting) => Batch == 1 ? BatchBytes + RecordBytes(setting) + RecordHeadMax : (long)Batch * (RecordBytes(setting) + RecordHeadMax);

    private static int RecordBytesMax => InSyncOptions.BatchBytesLimit - BatchBytes - RecordRoom;

    private static int RecordBytes(AgreementSetting setting) => Math.Max(ProducerOptions.RecordBytesMin, setting.Load.ValueBytes);

    private InSyncProducer Producer(AgreementSetting setting, int client, long warmUpNs, long loadNs)
    {
        int warmUps = setting.WarmUpsOf(client);
        int writes = setting.OperationsOf(client) - Reads(setting, client);
        return new InSyncProducer(new ProducerOptions
        {
            Replicas = setting.Servers,
            Records = warmUps + writes,
            WarmUps = warmUps,
            StartNs = warmUpNs,
            WarmUpPeriodNs = (loadNs - warmUpNs) / (setting.Load.Keys + 1),
            LoadNs = loadNs,
            PeriodNs = setting.PeriodNs(writes),
            RecordBytes = RecordBytes(setting),
            // The last record of a batch closes it. Where nothing but the warm-up is written nobody waits.
            BatchBytes = Batch == 1 ? BatchBytes : ((Batch - 1) * (RecordBytes(setting) + Varint.Length(RecordBytes(setting)))) + 1,
            LingerNs = Batch == 1 || writes == 0 ? 0 : LingerNs(setting.PeriodNs(writes)),
            Acks = Acks,
            TimeoutNs = setting.TimeoutNs,
            DeliveryNs = Math.Max(120_000_000_000, 4 * setting.Load.DurationNs),
        }, setting.Servers + Registrars + client);
    }

    private static InSyncConsumer Consumer(AgreementSetting setting, int client, long loadNs)
    {
        int reads = Reads(setting, client);
        return new InSyncConsumer(new ConsumerOptions
        {
            Replicas = setting.Servers,
            Fetches = reads,
            LoadNs = loadNs,
            PeriodNs = setting.PeriodNs(reads),
            FetchBytes = setting.Load.ValueBytes,
            TimeoutNs = setting.TimeoutNs,
        });
    }

    /// <summary>A client's part of all reads, dealt out so that shares below one a client are not lost: none only where none were asked for.</summary>
    private static int Reads(AgreementSetting setting, int client)
    {
        (long all, int percent) = (setting.Load.Operations, setting.Load.ReadsPercent);
        long reads = Math.Max(percent > 0 ? 1 : 0, Math.Min(all - (percent < 100 ? 1 : 0), ((all * percent) + 50) / 100));
        return (int)((setting.OperationsBefore(client + 1) * reads / all) - (setting.OperationsBefore(client) * reads / all));
    }
}
