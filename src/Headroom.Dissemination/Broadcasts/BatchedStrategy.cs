using Headroom.Dissemination.Batching;
using Headroom.Dissemination.Protocols;
using Headroom.Kernel.Bounds;
using Headroom.Kernel.Findings;
using Headroom.Kernel.Quantities;
using Headroom.Simulation.Processes;

namespace Headroom.Dissemination.Broadcasts;

/// <summary>Another strategy whose messages wait so long to share packets, written <c>batch(5 ms)+push(5)</c>: see <see cref="BatchingProcess{TInner}"/>.</summary>
public sealed record BatchedStrategy(BroadcastStrategy Inner, long WaitNs) : BroadcastStrategy
{
    public static string Prefix(long waitNs) => $"batch({Print.Significant(waitNs / 1e6, 12)} ms)+";

    public override string Name => Prefix(WaitNs) + Inner.Name;

    public override Protocol Protocol => Inner.Protocol with
    {
        Name = Prefix(WaitNs) + Inner.Protocol.Name,
        Summary = Inner.Protocol.Summary + "; messages to the same peer wait for each other and share packets",
        FaultModel = Inner.Protocol.FaultModel + "; messages of a packet are lost together",
        Citation = new Citation("nagle1984", "the small-packet problem"),
    };

    public override bool IsRooted => Inner.IsRooted;

    public override bool IsPacedByAnswers => Inner.IsPacedByAnswers;

    public override int ContactsPerRoundMax(BroadcastSetting setting) => Inner.ContactsPerRoundMax(setting);

    public override string? Problem(BroadcastSetting setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        return setting.InRounds ? $"{Name}: synchronous rounds have no time to wait in" : Inner.Problem(setting);
    }

    public override long SettlingNs(BroadcastSetting setting) => Inner.SettlingNs(setting);

    /// <summary>Every hop waits; a watch is longer by as many waits as a minimum of hops, and by the inner one again.</summary>
    public override long? WatchNs(BroadcastSetting setting) => 2 * Inner.WatchNs(setting) + (20 * WaitNs);

    public override ProcessFamily Family(BroadcastSetting setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        ArgumentOutOfRangeException.ThrowIfLessThan(WaitNs, 1);
        return ProcessFamily.Around(Inner.Family(setting), new Batched(setting.Members, WaitNs));
    }

    /// <summary>As many messages and payloads, where waiting changes neither; how much they share depends on what else is under way.</summary>
    public override CostCases? Theory(BroadcastMetric metric, BroadcastSetting setting) =>
        metric is BroadcastMetric.Payloads or BroadcastMetric.Messages && Inner.WatchNs(setting) is null && !Inner.IsPacedByAnswers ? Inner.Theory(metric, setting) : null;
}
