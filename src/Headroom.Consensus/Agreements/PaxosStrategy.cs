using Headroom.Consensus.KeyValue;
using Headroom.Consensus.Paxos;
using Headroom.Consensus.Protocols;
using Headroom.Kernel.Findings;
using Headroom.Kernel.Strategies;

namespace Headroom.Consensus.Agreements;

/// <summary>Multi-Paxos: server 0 leads first; majorities, or a second quorum of its own size; reads by lease, or through the log.</summary>
public sealed record PaxosStrategy(int? Accepting, PaxosReads Reads) : AgreementStrategy
{
    private const long HeartbeatNsMin = 50_000_000;

    public static AgreementEntry Entry { get; } = new(new StrategyForm("multipaxos", "Multi-Paxos with majorities; a leader answers reads by itself while clocks bear out its lease"), _ => new PaxosStrategy(null, PaxosReads.Lease), new PaxosStrategy(null, PaxosReads.Lease));

    public static AgreementEntry LogEntry { get; } = new(new StrategyForm("multipaxos-log", "Multi-Paxos with majorities; a read goes through the log as a write does"), _ => new PaxosStrategy(null, PaxosReads.Log));

    public static AgreementEntry FlexibleEntry { get; } = new(
        new StrategyForm("flexpaxos", "Multi-Paxos; so many servers hold a write, and as many as must meet them elect a leader", new StrategyParameter("holders", 1, PaxosOptions.ServersMax) { Default = 2 }),
        call => new PaxosStrategy(call.Int(0), PaxosReads.Lease));

    public override string Name => Accepting is { } holders ? $"flexpaxos({holders})" : Reads == PaxosReads.Lease ? "multipaxos" : "multipaxos-log";

    public override AgreementProtocol Protocol => AgreementRegistry.MultiPaxos;

    /// <summary>A new leader needs n + 1 less the holders, and they must be up too.</summary>
    public override int CrashesSurvived(int servers) => servers - Math.Max(Holders(servers), servers + 1 - Holders(servers));

    public override int Holders(int servers) => Accepting ?? ((servers / 2) + 1);

    public override string? Problem(AgreementSetting setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        return setting.Servers > PaxosOptions.ServersMax ? $"{Name}: at most {PaxosOptions.ServersMax} servers"
            : Holders(setting.Servers) > setting.Servers ? $"{Name}: {Accepting} of {setting.Servers} servers cannot hold a write"
            : null;
    }

    public override long SettlingNs(AgreementSetting setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        return (4 * (setting.Places.RoundTripNsMax + setting.Network.Jitter.MeanNs + setting.DurabilityNs)) + (setting.Network.Loss > 0 ? 16 * HeartbeatNs(setting) : HeartbeatNs(setting));
    }

    public override AgreementGroup Group(AgreementSetting setting, long warmUpNs, long loadNs)
    {
        ArgumentNullException.ThrowIfNull(setting);
        int holders = Holders(setting.Servers);
        var options = new PaxosOptions
        {
            Servers = setting.Servers,
            Phase1Quorum = Accepting is null ? holders : setting.Servers + 1 - holders,
            Phase2Quorum = holders,
            Machine = () => new KeyValueMachine(),
            HeartbeatNs = HeartbeatNs(setting),
            ElectionNs = 4 * HeartbeatNs(setting),
            RetryNs = setting.TimeoutNs,
            Window = 4096,
            MessageBytesMax = Math.Max(4096, 4 * setting.Load.ValueBytes),
            Reads = Reads,
            FirstLeader = 0,
        };
        return new AgreementGroup(setting, 0, server => new PaxosServer(options, server), client => new KeyValueClient(StoreClients.Options(setting, client, warmUpNs, loadNs), setting.Servers + client));
    }

    public override CostCases? Theory(AgreementMetric metric, bool isRead, AgreementSetting setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        int others = setting.Servers - 1;
        bool isLocal = isRead && Reads == PaxosReads.Lease;
        // Between client and leader one way each; heartbeats flow whatever is done.
        double beats = 2.0 * others / (HeartbeatNs(setting) / 1e9) / setting.Load.RatePerSecond;
        double asked = isLocal ? 0 : 2 * others;
        bool isAlone = isLocal || Holders(setting.Servers) == 1;
        return metric switch
        {
            // What comes late is sent again.
            AgreementMetric.Messages => new CostCases(2 + asked, 2 + asked + beats, double.PositiveInfinity),
            AgreementMetric.Rounds => isLocal ? CostCases.Exactly(2) : new CostCases(isAlone ? 2 : 4, isAlone ? 2 : 4, double.PositiveInfinity),
            AgreementMetric.Latency => isLocal ? Latency(setting, (journeys, _) => journeys.Asked(0, 0, 0)) : Latency(setting, (journeys, disk) => journeys.Asked(0, journeys.Kept(0, Holders(setting.Servers), disk), 0)),
            AgreementMetric.Bytes => BytesOf(isRead, setting, beats),
            _ => null,
        };
    }

    /// <summary>Heads by <see cref="PaxosWire"/>: verb and ballot, a round and a proposer, before all.</summary>
    private CostCases BytesOf(bool isRead, AgreementSetting setting, double beats)
    {
        const int Head = 3;
        var sizes = new MessageSizes(setting, 0);
        double asked = isRead ? sizes.Asked(MessageSizes.Get) + sizes.Answered(sizes.Got) : sizes.Asked(sizes.Put) + sizes.Answered(0);
        double entry = sizes.Entry(isRead ? MessageSizes.Get : sizes.Put);
        double accept = sizes.OnWire(Head + (2 * sizes.Index) + 1 + MessageSizes.Prefixed(entry)) + sizes.OnWire(Head + sizes.Index + 1);
        double round = sizes.OnWire(Head + sizes.Index + 2) + sizes.OnWire(Head + 2);
        return Bytes(asked + (isRead && Reads == PaxosReads.Lease ? 0 : (setting.Servers - 1) * accept), beats / 2 * round);
    }

    /// <summary>Every fifty milliseconds, or two and a half of the longest round trips where these are long.</summary>
    private static long HeartbeatNs(AgreementSetting setting) => Math.Max(HeartbeatNsMin, 5 * setting.Places.RoundTripNsMax / 2);
}
