using Headroom.Consensus.Protocols;
using Headroom.Consensus.TrueTime;
using Headroom.Kernel.Strategies;

namespace Headroom.Consensus.Agreements;

/// <summary>
/// Transactions over groups that the servers form, one after the other, all alike: a write is a transaction over two keys, a read a snapshot of two. Clocks are right here and drift by up to 200 ppm for all that
/// members know, set right every two seconds.
/// </summary>
/// <param name="Groups">How many; 0 for as many of three servers or more as there can be.</param>
public sealed record TrueTimeStrategy(int Groups) : AgreementStrategy
{
    private const int ReplicasUsual = 3;
    private const long TickNsMin = 10_000_000;

    public static AgreementEntry Entry { get; } = new(
        new StrategyForm("truetime", "transactions over groups of servers, with timestamps of clock intervals", new StrategyParameter("groups", 0, 15) { Default = 0 }),
        call => new TrueTimeStrategy(call.Int(0)));

    public override string Name => Groups == 0 ? "truetime" : $"truetime({Groups})";

    public override AgreementProtocol Protocol => TrueTimeRecord.Record;

    public override bool CompactsLogs => true;

    public override int CrashesSurvived(int servers) => ((servers / GroupsOf(servers)) - 1) / 2;

    public override int Holders(int servers) => (servers / GroupsOf(servers) / 2) + 1;

    public override string? Problem(AgreementSetting setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        return setting.Servers % GroupsOf(setting.Servers) != 0 ? $"{Name}: {setting.Servers} servers form no {Groups} groups that are alike" : null;
    }

    public override long SettlingNs(AgreementSetting setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        return (4 * TickNs(setting)) + (8 * (setting.Places.RoundTripNsMax + setting.Network.Jitter.MeanNs + setting.DurabilityNs));
    }

    public override AgreementGroup Group(AgreementSetting setting, long warmUpNs, long loadNs)
    {
        ArgumentNullException.ThrowIfNull(setting);
        int groups = GroupsOf(setting.Servers);
        var options = new TrueTimeOptions
        {
            Groups = groups,
            Replicas = setting.Servers / groups,
            Regions = 1,
            Clients = setting.Clients,
            Transactions = 1,
            Keys = setting.Load.Keys,
            KeysEach = Math.Min(2, setting.Load.Keys),
            SnapshotPercent = setting.Load.ReadsPercent,
            ValueBytes = setting.Load.ValueBytes,
            Conflicts = ConflictRule.WoundWait,
            Clocks = new ClockSynchronisation { ResidueNs = 0 },
            RepeatNs = setting.TimeoutNs,
            AbandonNs = 4 * setting.TimeoutNs,
            PromiseNs = 250_000_000,
            DurabilityNs = setting.DurabilityNs,
            Revision = (_, raft) => raft with { TickNs = TickNs(setting), SnapshotEvery = setting.SnapshotEvery, Retained = setting.SnapshotEvery / 4, Options = raft.Options with { HeartbeatTicks = 5 } },
        };
        options.Validate();
        Raft.Hosting.RaftGroup[] logs = [.. Enumerable.Range(0, groups).Select(options.RaftOf)];
        var keys = new ZipfKeys(options.Keys, 0);
        var meter = new CommitMeter();
        return new AgreementGroup(setting, 0, server => new TransactionServer(options, logs[server / options.Replicas], server, meter), client =>
        {
            int warmUps = setting.WarmUpsOf(client);
            var load = new TransactionLoad(warmUps + setting.OperationsOf(client), warmUps, warmUpNs, loadNs, setting.ClientPeriodNs);
            return new TransactionClient(options, keys, setting.Servers + client, load);
        });
    }

    private int GroupsOf(int servers) => Groups > 0 ? Groups
        : Enumerable.Range(1, servers).Last(groups => servers % groups == 0 && (groups == 1 || servers / groups >= ReplicasUsual));

    private static long TickNs(AgreementSetting setting) => Math.Max(TickNsMin, setting.Places.RoundTripNsMax / 2);
}
