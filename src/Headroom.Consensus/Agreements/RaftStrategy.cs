using Headroom.Consensus.KeyValue;
using Headroom.Consensus.Protocols;
using Headroom.Consensus.Raft;
using Headroom.Consensus.Raft.Hosting;
using Headroom.Consensus.Raft.Membership;
using Headroom.Kernel.Arithmetic;
using Headroom.Kernel.Findings;
using Headroom.Kernel.Strategies;

namespace Headroom.Consensus.Agreements;

/// <summary>Raft: server 0 leads first; reads by read-index, by lease, or through the log. Followers hold appends that overtook others for a tick, or refuse them at once as etcd's do.</summary>
public sealed record RaftStrategy(ReadMode Reads, bool HoldsEarlyAppends = true) : AgreementStrategy
{
    private const long TickNsMin = 10_000_000;
    private const int HeartbeatTicks = 5;
    private const int ElectionTicks = 20;

    public static AgreementEntry Entry { get; } = new(new StrategyForm("raft", "Raft; a read asks a quorum whether its leader still leads"), _ => new RaftStrategy(ReadMode.Index), new RaftStrategy(ReadMode.Index));

    public static AgreementEntry LeaseEntry { get; } = new(new StrategyForm("raft-lease", "Raft; a leader answers reads by itself while clocks bear out its lease"), _ => new RaftStrategy(ReadMode.Lease), new RaftStrategy(ReadMode.Lease));

    public static AgreementEntry LogEntry { get; } = new(new StrategyForm("raft-log", "Raft; a read goes through the log as a write does"), _ => new RaftStrategy(ReadMode.Log));

    public static AgreementEntry RefusingEntry { get; } = new(
        new StrategyForm("raft-refusing", "Raft whose followers refuse at once what overtook others, as etcd's do"), _ => new RaftStrategy(ReadMode.Index, HoldsEarlyAppends: false));

    public override string Name => !HoldsEarlyAppends ? "raft-refusing" : Reads switch { ReadMode.Index => "raft", ReadMode.Lease => "raft-lease", _ => "raft-log" };

    public override AgreementProtocol Protocol => AgreementRegistry.Raft;

    public override bool CompactsLogs => true;

    public override int CrashesSurvived(int servers) => (servers - 1) / 2;

    public override int Holders(int servers) => (servers / 2) + 1;

    public override long SettlingNs(AgreementSetting setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        return (4 * TickNs(setting)) + (4 * (setting.Places.RoundTripNsMax + setting.Network.Jitter.MeanNs + setting.DurabilityNs)) + (setting.Network.Loss > 0 ? 4 * ElectionTicks * TickNs(setting) : 0);
    }

    public override AgreementGroup Group(AgreementSetting setting, long warmUpNs, long loadNs)
    {
        ArgumentNullException.ThrowIfNull(setting);
        var group = new RaftGroup
        {
            Options = new RaftOptions
            {
                ElectionTicks = ElectionTicks,
                HeartbeatTicks = HeartbeatTicks,
                Reads = Reads,
                SendsCommitAtOnce = false,
                MessageBytesMax = Math.Max(4096, 4 * setting.Load.ValueBytes),
            },
            Founding = new Configuration { Voters = IdSet.Of(Enumerable.Range(1, setting.Servers)) },
            Machine = () => new KeyValueMachine(),
            TickNs = TickNs(setting),
            FirstLeader = 0,
            HoldsEarlyAppends = HoldsEarlyAppends,
            SnapshotEvery = setting.SnapshotEvery,
            // A follower that lags by less needs no snapshot.
            Retained = setting.SnapshotEvery / 4,
        };
        return new AgreementGroup(setting, 0, server => new RaftServer(group, server), client => new KeyValueClient(StoreClients.Options(setting, client, warmUpNs, loadNs), setting.Servers + client));
    }

    public override CostCases? Theory(AgreementMetric metric, bool isRead, AgreementSetting setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        int others = setting.Servers - 1;
        bool isLocal = isRead && Reads == ReadMode.Lease;
        // Between client and leader one way each; heartbeats flow whatever is done.
        double beats = 2.0 * others / (HeartbeatTicks * TickNs(setting) / 1e9) / setting.Load.RatePerSecond;
        // An answer to a heartbeat that finds commands on their way to the follower has the leader ask it again.
        var ways = new Journeys(setting);
        double again = others == 0 || (isRead && Reads != ReadMode.Log) ? 0 : Enumerable.Range(1, others).Average(other => 1 - Elementary.Exp(-setting.Load.RatePerSecond * ways.RoundTrip(0, other)));
        // A read that comes while heartbeats are under way waits for them, half of their way on average, and then for its own.
        double waits = isRead && Reads == ReadMode.Index ? setting.Places.RoundTripNsMax / (double)(HeartbeatTicks * TickNs(setting)) : 0;
        double asked = 2 * others * (isRead && Reads == ReadMode.Index ? TurnsPerOperation(setting.Load.RatePerSecond, new Journeys(setting).Kept(0, Holders(setting.Servers), 0)) : 1);
        return metric switch
        {
            AgreementMetric.Messages => isLocal ? new CostCases(2, 2 + beats, 2 + beats) : new CostCases(isRead ? 2 : 2 + (2 * others), 2 + asked + (beats * (1 + again)), 2 + (4 * others) + (2 * beats)),
            AgreementMetric.Rounds => isLocal ? CostCases.Exactly(2) : new CostCases(setting.Servers == 1 ? 2 : 4, setting.Servers == 1 ? 2 : 4 + waits, double.PositiveInfinity),
            // How long a read by read-index waits for those before it hangs on the rate.
            AgreementMetric.Latency when isLocal => Latency(setting, (journeys, _) => journeys.Asked(0, 0, 0)),
            AgreementMetric.Latency when !isRead || Reads == ReadMode.Log => Latency(setting, (journeys, disk) => journeys.Asked(0, journeys.Kept(0, Holders(setting.Servers), disk), 0)),
            AgreementMetric.Bytes => BytesOf(isRead, setting, beats, again),
            _ => null,
        };
    }

    /// <summary>Heads by <see cref="Raft.Messages.RaftWire"/>: kind, flags and term before all.</summary>
    private CostCases BytesOf(bool isRead, AgreementSetting setting, double beats, double again)
    {
        int others = setting.Servers - 1;
        var sizes = new MessageSizes(setting, 0);
        double asked = isRead ? sizes.Asked(MessageSizes.Get) + sizes.Answered(sizes.Got) : sizes.Asked(sizes.Put) + sizes.Answered(0);
        double entry = sizes.Entry(isRead ? MessageSizes.Get : sizes.Put);
        double empty = 3 + sizes.Index + 1 + sizes.Index + 1;
        double accepted = sizes.OnWire(3 + sizes.Index);
        double round = sizes.OnWire(3 + sizes.Index + 2) + sizes.OnWire(3 + 2);
        double flowing = beats / 2 * (round + (again * (sizes.OnWire(empty) + accepted)));
        return isRead && Reads == ReadMode.Lease ? Bytes(asked, flowing)
            : isRead && Reads == ReadMode.Index ? new CostCases(asked, asked + (others * TurnsPerOperation(setting.Load.RatePerSecond, new Journeys(setting).Kept(0, Holders(setting.Servers), 0)) * round) + flowing, double.PositiveInfinity)
            : Bytes(asked + (others * (sizes.OnWire(empty + 2 + MessageSizes.Prefixed(entry)) + accepted)), flowing);
    }

    /// <summary>Heartbeats every fifty milliseconds, or two and a half of the longest round trips where these are long.</summary>
    private static long TickNs(AgreementSetting setting) => Math.Max(TickNsMin, setting.Places.RoundTripNsMax / 2);
}
