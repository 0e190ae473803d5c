using Headroom.Audit.Links;
using Headroom.Dissemination.Broadcasts;
using Headroom.Dissemination.Protocols;
using Headroom.Kernel.Findings;
using Headroom.Simulation.Faults;
using Headroom.Simulation.Networks;

namespace Headroom.Audit.Comparisons.Broadcasts;

/// <summary>
/// What theory says of a broadcast, where its formulas hold: they reckon with links that lose independently, deliver once, hold back nobody and queue
/// without end, and with members that nothing befalls on the way. Elsewhere it steps aside, and says why.
/// </summary>
internal static class BroadcastTheory
{
    /// <summary>Why no formula speaks of this setting, or null.</summary>
    public static string? SteppedAside(BroadcastSetting setting) => setting.HasFaults ? "formulas know no faults on the way" : PlainLinks.Problem(setting.Network);

    /// <summary>Null where theory says nothing, or steps aside.</summary>
    public static CostCases? Of(BroadcastStrategy strategy, BroadcastMetric metric, BroadcastSetting setting)
    {
        // What the regions and a tail other than exponential or uniform do to the last of many is not in the formulas of time.
        bool isTimed = metric is BroadcastMetric.Latency or BroadcastMetric.Hops && !setting.InRounds;
        bool isKnown = setting.Network.Topology.RegionCount == 1 && setting.Network.Jitter.Shape is JitterShape.Exponential or JitterShape.Uniform;
        return SteppedAside(setting) is not null || (isTimed && !isKnown) ? null : strategy.Theory(metric, setting);
    }

    /// <summary>Messages that one broadcast is expected to take, wherever formulas hold: the work of a run. Members count where theory gives no end.</summary>
    public static double MessagesExpected(BroadcastStrategy strategy, BroadcastSetting setting, double perMember) =>
        MessagesOnPlainLinks(strategy, setting) is { } messages && double.IsFinite(messages.Average) ? messages.Average : perMember * setting.Members;

    /// <summary>What theory says of the messages where links lose as much, but independently, and do nothing else.</summary>
    public static CostCases? MessagesOnPlainLinks(BroadcastStrategy strategy, BroadcastSetting setting)
    {
        NetworkOptions network = setting.Network with { Bursts = null, Loss = Math.Max(setting.Network.Loss, setting.Network.Bursts?.Mean ?? 0), Duplication = 0, Reordering = 0, InOrder = false, QueueBytesMax = null };
        return strategy.Theory(BroadcastMetric.Messages, setting with { Network = network, Faults = FaultPlan.None, SwarmNs = null });
    }

    /// <summary>Why the strategy has no run in synchronous rounds here, or null.</summary>
    public static string? NoRounds(BroadcastStrategy strategy, BroadcastSetting setting) => setting.HasFaults
        ? "faults strike at moments, and synchronous rounds have none"
        : strategy.Problem(setting with { InRounds = true });
}
