using Headroom.Dissemination.Heartbeats;
using Headroom.Kernel.Arithmetic;
using Headroom.Kernel.Bounds;
using Headroom.Kernel.Strategies;
using Headroom.Simulation.Messages;
using Headroom.Simulation.Processes;

namespace Headroom.Dissemination.Detection;

/// <summary>Heartbeat counters of all members to one random member each period; a fail time of 0 stands for 2 log2 n + 4 periods.</summary>
public sealed record GossipHeartbeatStrategy(int FailPeriods = 0) : DetectionStrategy
{
    public static DetectionProtocol Entry { get; } = new(
        new StrategyForm("gossip-heartbeat", "every member sends all heartbeat counters to a random one each period; whose counter does not rise for fail-periods is dead (0: 2 log2 n + 4)",
            new StrategyParameter("fail-periods", 0, 10_000) { Default = 0 }),
        call => new GossipHeartbeatStrategy(call.Int(0)),
        new GossipHeartbeatStrategy());

    public override string Name => FailPeriods == 0 ? "gossip-heartbeat" : $"gossip-heartbeat({FailPeriods})";

    public override Citation Citation { get; } = new("vanrenesse1998", "section 2");

    public override string? Problem(DetectionSetting setting) => TooMany(setting, GossipHeartbeatProcess.MembersMax);

    /// <summary>After so many periods without a rise a member is held for dead.</summary>
    public int FailAfter(int members) => FailPeriods > 0 ? FailPeriods : 4 + (int)Math.Ceiling(2 * Elementary.Log2(members));

    public override ProcessFamily Family(DetectionSetting setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        int failAfter = FailAfter(setting.Members);
        return ProcessFamily.Of(() => new HeartbeatTables(setting.Members, setting.PeriodNs, setting.InStep), (tables, _) => new GossipHeartbeatProcess(tables, failAfter));
    }

    public override double? Theory(DetectionMetric metric, DetectionSetting setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        return metric switch
        {
            DetectionMetric.Messages => 1,
            DetectionMetric.Bytes => setting.Network.Packets.WireBytes(WireFrame.Length(1 + (4 * setting.Members), 0)),
            _ => null,
        };
    }
}
