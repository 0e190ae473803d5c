using Headroom.Dissemination.Flooding;
using Headroom.Dissemination.Memory;
using Headroom.Dissemination.Protocols;
using Headroom.Kernel.Findings;
using Headroom.Kernel.Strategies;
using Headroom.Simulation.Processes;

namespace Headroom.Dissemination.Broadcasts;

/// <summary>Everybody to everybody they know.</summary>
public sealed record FloodingStrategy(bool Echo = false) : BroadcastStrategy
{
    public static BroadcastProtocol Entry { get; } = new(
        new StrategyForm("flooding", "who first gets the payload sends it on every other link"), _ => new FloodingStrategy(), new FloodingStrategy());

    public static BroadcastProtocol EchoEntry { get; } = new(
        new StrategyForm("flooding-with-echo", "the same, also back where it came from"), _ => new FloodingStrategy(Echo: true));

    public override string Name => Echo ? "flooding-with-echo" : "flooding";

    public override Protocol Protocol => ProtocolTable.Flooding;

    public override int ContactsPerRoundMax(BroadcastSetting setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        int most = 0;
        for (int member = 0; member < setting.Members; member++)
        {
            most = Math.Max(most, setting.Network.Topology.Degree(member));
        }

        return most;
    }

    public override CostCases? Theory(BroadcastMetric metric, BroadcastSetting setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        return new FloodingTheory(setting, Echo).Of(metric);
    }

    public override ProcessFamily Family(BroadcastSetting setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        return ProcessFamily.Of(
            () => new BroadcastMemory<Nothing>(setting.Members, setting.Remembered), (memory, _) => new FloodingProcess(setting.Network.Topology, memory, Echo));
    }
}
