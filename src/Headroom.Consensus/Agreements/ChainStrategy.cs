using Headroom.Consensus.Chain;
using Headroom.Consensus.KeyValue;
using Headroom.Consensus.Protocols;
using Headroom.Kernel.Findings;
using Headroom.Kernel.Strategies;

namespace Headroom.Consensus.Agreements;

/// <summary>Chain replication from server 0 to the last, each update on every disk; the registrar is the member after the servers. Reads at the tail, or at any server.</summary>
public sealed record ChainStrategy(int Least, ChainReads Reads) : AgreementStrategy
{
    private const long HeartbeatNsMin = 50_000_000;

    public static AgreementEntry Entry { get; } = new(
        new StrategyForm("chain", "chain replication; the tail answers reads while clocks bear out its lease", new StrategyParameter("least", 1, ChainOptions.ServersMax) { Default = 2 }),
        call => new ChainStrategy(call.Int(0), ChainReads.Tail), new ChainStrategy(2, ChainReads.Tail));

    public static AgreementEntry ApportionedEntry { get; } = new(
        new StrategyForm("craq", "chain replication; any server answers reads, and asks the tail where writes are under way", new StrategyParameter("least", 1, ChainOptions.ServersMax) { Default = 2 }),
        call => new ChainStrategy(call.Int(0), ChainReads.Apportioned), new ChainStrategy(2, ChainReads.Apportioned));

    public override string Name => $"{(Reads == ChainReads.Tail ? "chain" : "craq")}({Least})";

    public override AgreementProtocol Protocol => AgreementRegistry.ChainReplication;

    public override int Registrars => 1;

    public override bool CompactsLogs => true;

    public override int CrashesSurvived(int servers) => servers - Least;

    /// <summary>The chain is never shorter; usually all are in it.</summary>
    public override int Holders(int servers) => Least;

    public override string? Problem(AgreementSetting setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        return setting.Servers > ChainOptions.ServersMax ? $"{Name}: at most {ChainOptions.ServersMax} servers"
            : Least > setting.Servers ? $"{Name}: {Least} of {setting.Servers} servers cannot be in the chain"
            : null;
    }

    public override long SettlingNs(AgreementSetting setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        return (4 * HeartbeatNs(setting)) + (8 * (setting.Places.RoundTripNsMax + setting.Network.Jitter.MeanNs + setting.DurabilityNs));
    }

    public override AgreementGroup Group(AgreementSetting setting, long warmUpNs, long loadNs)
    {
        ArgumentNullException.ThrowIfNull(setting);
        var options = new ChainOptions
        {
            Servers = setting.Servers,
            Least = Least,
            Machine = () => new KeyValueMachine(),
            Reads = Reads,
            HeartbeatNs = HeartbeatNs(setting),
            SessionNs = 8 * HeartbeatNs(setting),
            RetryNs = setting.TimeoutNs,
            MessageBytesMax = Math.Max(4096, 4 * setting.Load.ValueBytes),
            SnapshotEvery = setting.SnapshotEvery,
        };
        return new AgreementGroup(setting, Registrars, member => member < setting.Servers ? new ChainServer(options, member) : new ChainRegistrar(options),
            client => new KeyValueClient(StoreClients.Options(setting, client, warmUpNs, loadNs), setting.Servers + Registrars + client));
    }

    public override CostCases? Theory(AgreementMetric metric, bool isRead, AgreementSetting setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        int servers = setting.Servers;
        // Heartbeats and leases flow whatever is done.
        double beats = 2.0 * servers / (HeartbeatNs(setting) / 1e9) / setting.Load.RatePerSecond;
        // Server 0, the head, is asked; it passes a question on to the tail, or answers it.
        int read = servers == 1 || Reads == ChainReads.Apportioned ? 2 : 3;
        return metric switch
        {
            // What comes late, or before what it follows, is sent again.
            AgreementMetric.Messages => isRead ? new CostCases(read, read + beats, double.PositiveInfinity) : new CostCases(2 * servers, (2 * servers) + beats, double.PositiveInfinity),
            AgreementMetric.Rounds => isRead ? new CostCases(read, read, double.PositiveInfinity) : new CostCases(servers + 1, servers + 1, double.PositiveInfinity),
            AgreementMetric.Latency => Latency(setting, (journeys, disk) => !isRead ? journeys.Asked(0, Along(setting, journeys, disk), servers - 1)
                : read == 2 ? journeys.Asked(0, 0, 0) : journeys.Asked(0, journeys.Between(0, servers - 1), servers - 1)),
            // A chain that takes longer than clients wait is asked again.
            AgreementMetric.Bytes when !isRead && new Journeys(setting) is var ways && ways.Asked(0, Along(setting, ways, ways.DiskSeconds), servers - 1) > setting.TimeoutNs / 1e9 => null,
            AgreementMetric.Bytes => BytesOf(isRead, setting, beats, passesOn: read == 3),
            _ => null,
        };
    }

    /// <summary>From the head to the tail, each server's write before it passes an update on.</summary>
    private static double Along(AgreementSetting setting, Journeys journeys, double disk) =>
        Enumerable.Range(0, setting.Servers).Sum(server => disk + (server == 0 ? 0 : journeys.Between(server - 1, server)));

    /// <summary>Heads by <see cref="ChainWire"/>.</summary>
    private CostCases BytesOf(bool isRead, AgreementSetting setting, double beats, bool passesOn)
    {
        var sizes = new MessageSizes(setting, Registrars);
        double beat = sizes.OnWire(1 + 1 + 1 + 2) + sizes.OnWire(1 + 1 + 2);
        double flowing = beats / 2 * beat;
        if (isRead)
        {
            double question = passesOn ? sizes.OnWire(1 + sizes.Client + sizes.Request + MessageSizes.Get) : 0;
            return Bytes(sizes.Asked(MessageSizes.Get) + question + sizes.Answered(sizes.Got), flowing);
        }

        double update = sizes.OnWire(2 + sizes.Index + 1 + MessageSizes.Prefixed(sizes.Entry(sizes.Put)));
        double acknowledged = sizes.OnWire(2 + sizes.Index);
        return Bytes(sizes.Asked(sizes.Put) + sizes.Answered(0) + ((setting.Servers - 1) * (update + acknowledged)), flowing);
    }

    /// <summary>Every fifty milliseconds, or two and a half of the longest round trips where these are long.</summary>
    private static long HeartbeatNs(AgreementSetting setting) => Math.Max(HeartbeatNsMin, 5 * setting.Places.RoundTripNsMax / 2);
}
