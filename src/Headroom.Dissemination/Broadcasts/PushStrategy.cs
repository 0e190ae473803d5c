using Headroom.Dissemination.Gossip;
using Headroom.Dissemination.Memory;
using Headroom.Dissemination.Protocols;
using Headroom.Kernel.Findings;
using Headroom.Kernel.Strategies;
using Headroom.Simulation.Processes;

namespace Headroom.Dissemination.Broadcasts;

/// <summary>Push gossip: to so many random peers, so many times, one link latency apart.</summary>
public sealed record PushStrategy(int Fanout, int Times = 1) : BroadcastStrategy
{
    public static BroadcastProtocol Entry { get; } = new(
        new StrategyForm("push", "who gets the payload sends it to fan-out random members, so many times, one link latency apart",
            new StrategyParameter("fan-out", 1, 1000), new StrategyParameter("times", 1, 1000) { Default = 1 }),
        call => new PushStrategy(call.Int(0), call.Int(1)),
        new PushStrategy(5), new PushStrategy(5, 3));

    public override string Name => Times == 1 ? $"push({Fanout})" : $"push({Fanout},{Times})";

    public override Protocol Protocol => ProtocolTable.Push;

    public override int ContactsPerRoundMax(BroadcastSetting setting) => Fanout;

    public override string? Problem(BroadcastSetting setting) => TooWide("a fan-out", Fanout, setting);

    public override CostCases? Theory(BroadcastMetric metric, BroadcastSetting setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        return PushTheory.Of(metric, setting, Fanout, Times);
    }

    public override ProcessFamily Family(BroadcastSetting setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        var options = new PushOptions
        {
            Topology = setting.Network.Topology,
            Fanout = Fanout,
            Times = Times,
            PeriodNs = Periods.OneWayNs(setting),
        };
        options.Validate();
        return ProcessFamily.Of(
            () => new BroadcastMemory<int>(setting.Members, setting.Remembered), (memory, _) => new PushProcess(options, memory));
    }
}
