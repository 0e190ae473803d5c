using Headroom.Consensus.Protocols;
using Headroom.Consensus.Quorum;
using Headroom.Kernel.Findings;
using Headroom.Kernel.Strategies;

namespace Headroom.Consensus.Agreements;

/// <summary>Registers over quorums, without a leader; majorities where nothing else is said.</summary>
public sealed record RegisterStrategy(int? ReadQuorum, int? WriteQuorum) : AgreementStrategy
{
    public static AgreementEntry Entry { get; } = new(
        new StrategyForm("abd", "registers that clients read and write at quorums; no agreement on an order",
            new StrategyParameter("read-quorum", 0, RegisterOptions.ServersMax) { Default = 0 }, new StrategyParameter("write-quorum", 0, RegisterOptions.ServersMax) { Default = 0 }),
        call => new RegisterStrategy(call.Int(0) == 0 ? null : call.Int(0), call.Int(1) == 0 ? null : call.Int(1)), new RegisterStrategy(null, null));

    public override string Name => (ReadQuorum ?? WriteQuorum) is null ? "abd" : $"abd({ReadQuorum ?? 0},{WriteQuorum ?? 0})";

    public override AgreementProtocol Protocol => AgreementRegistry.QuorumRegisters;

    public override bool IsConsensus => false;

    public override bool HasLeader => false;

    public override int CrashesSurvived(int servers) => Options(servers, 1).CrashesMax;

    public override int Holders(int servers) => Options(servers, 1).Writing;

    public override string? Problem(AgreementSetting setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        if (setting.Servers > RegisterOptions.ServersMax)
        {
            return $"{Name}: at most {RegisterOptions.ServersMax} servers";
        }

        RegisterOptions options = Options(setting.Servers, 1);
        return options.Reading > setting.Servers || options.Writing > setting.Servers ? $"{Name}: quorums are among {setting.Servers} servers"
            : options.Reading + options.Writing <= setting.Servers ? $"{Name}: {options.Reading} servers to read and {options.Writing} to write, of {setting.Servers}, may have none in common"
            : setting.Load.ValueBytes > RegisterOptions.ValueBytesMax ? $"{Name}: a value is at most {RegisterOptions.ValueBytesMax} B"
            : null;
    }

    public override long SettlingNs(AgreementSetting setting) => 1_000_000;

    public override AgreementGroup Group(AgreementSetting setting, long warmUpNs, long loadNs)
    {
        ArgumentNullException.ThrowIfNull(setting);
        RegisterOptions options = Options(setting.Servers, setting.Load.ValueBytes) with { Registers = setting.Load.Keys, RetryNs = setting.TimeoutNs };
        return new AgreementGroup(setting, 0, _ => new RegisterServer(options), client => new RegisterClient(options, new RegisterClientOptions
        {
            Operations = setting.WarmUpsOf(client) + setting.OperationsOf(client),
            WarmUps = setting.WarmUpsOf(client),
            StartNs = warmUpNs,
            LoadNs = loadNs,
            PauseNs = 0,
            PeriodNs = setting.PeriodNs(setting.OperationsOf(client)),
            ReadsPercent = setting.Load.ReadsPercent,
        }, setting.Servers + client));
    }

    public override CostCases? Theory(AgreementMetric metric, bool isRead, AgreementSetting setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        int servers = setting.Servers;
        return metric switch
        {
            // Whether a read ends after one phase depends on who answers first.
            AgreementMetric.Messages => isRead ? new CostCases(2 * servers, 2 * servers, double.PositiveInfinity) : new CostCases(4 * servers, 4 * servers, double.PositiveInfinity),
            AgreementMetric.Rounds => isRead ? new CostCases(2, 2, double.PositiveInfinity) : new CostCases(4, 4, double.PositiveInfinity),
            AgreementMetric.Latency => Latency(setting, (journeys, disk) => journeys.Nearest(Options(servers, 1).Reading, 0) + (isRead ? 0 : journeys.Nearest(Options(servers, 1).Writing, disk))),
            AgreementMetric.Bytes => BytesOf(isRead, setting),
            _ => null,
        };
    }

    /// <summary>Messages by <see cref="RegisterMessage"/>: verb, phase and register; a tag and the value in an answer to a query and in a store.</summary>
    private static CostCases BytesOf(bool isRead, AgreementSetting setting)
    {
        var sizes = new MessageSizes(setting, 0);
        int operations = setting.OperationsOf(setting.Clients - 1);
        double plain = 1 + MessageSizes.Mean(1, Math.Max(1, (isRead ? 1 : 2) * operations)) + 1;
        // A client's number times a million, and its operation.
        double content = Math.Max(4, setting.Load.ValueBytes);
        double tagged = plain + MessageSizes.Mean(1, 1 + (isRead ? 0 : setting.Load.Operations / setting.Load.Keys)) + sizes.Client + content;
        double query = sizes.OnWire(plain) + sizes.OnWire(tagged);
        return Bytes(setting.Servers * query * (isRead ? 1 : 2), 0);
    }

    private RegisterOptions Options(int servers, int valueBytes) =>
        new() { Servers = servers, ReadQuorum = ReadQuorum, WriteQuorum = WriteQuorum, ValueBytes = valueBytes, SkipsKnownWriteBack = true };
}
