using Headroom.Dissemination.Gossip;
using Headroom.Dissemination.Memory;
using Headroom.Dissemination.Protocols;
using Headroom.Kernel.Findings;
using Headroom.Kernel.Strategies;
using Headroom.Simulation.Processes;

namespace Headroom.Dissemination.Broadcasts;

/// <summary>
/// Pull and push-pull gossip: see <see cref="CallGossip"/>. A broadcast is sent to callers for <paramref name="Lifetime"/> periods of one link latency
/// and, with pushes, to those called for <paramref name="PushLifetime"/>; 0 takes what so many members need.
/// </summary>
public sealed record CallStrategy(bool Pushes, int Calls = 1, int Lifetime = 0, int PushLifetime = 0) : BroadcastStrategy
{
    private static readonly StrategyParameter CallsParameter = new("calls", 1, CallGossip.CallsMax) { Default = 1 };
    private static readonly StrategyParameter PeriodsParameter = new("periods", 0, CallGossipOptions.PeriodsMax) { Default = 0 };

    public static BroadcastProtocol PullEntry { get; } = new(
        new StrategyForm("pull", "each period everybody asks random members for what is new (periods = 0: as many as the members need)", CallsParameter, PeriodsParameter),
        call => new CallStrategy(Pushes: false, call.Int(0), call.Int(1)), new CallStrategy(Pushes: false));

    public static BroadcastProtocol PushPullEntry { get; } = new(
        new StrategyForm("push-pull", "each period everybody calls random members, tells them what is new and asks for it", CallsParameter, PeriodsParameter,
            new StrategyParameter("push-periods", 0, CallGossipOptions.PeriodsMax) { Default = 0 }),
        call => new CallStrategy(Pushes: true, call.Int(0), call.Int(1), call.Int(2)), new CallStrategy(Pushes: true));

    public override string Name => (Pushes ? "push-pull" : "pull")
        + (PushLifetime > 0 ? $"({Calls},{Lifetime},{PushLifetime})" : Lifetime > 0 ? $"({Calls},{Lifetime})" : $"({Calls})");

    public override Protocol Protocol => Pushes ? CallProtocols.PushPull : CallProtocols.Pull;

    /// <summary>Whoever has it answers whoever calls.</summary>
    public override int ContactsPerRoundMax(BroadcastSetting setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        return Math.Max(1, setting.Members - 1);
    }

    public override string? Problem(BroadcastSetting setting) => TooWide("calls", Calls, setting);

    public override ProcessFamily Family(BroadcastSetting setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        CallGossipOptions options = Options(setting);
        options.Validate();
        return ProcessFamily.Of(
            () => new BroadcastMemory<ushort>(setting.Members, setting.Remembered), (memory, _) => new CallGossip(options, memory));
    }

    /// <summary>Two periods: phases are spread and calls under way when the broadcast begins.</summary>
    public override long SettlingNs(BroadcastSetting setting) => 2 * Periods.OneWayNs(setting);

    public override long? WatchNs(BroadcastSetting setting) => (WatchedPeriods(setting) * Periods.OneWayNs(setting)) - 1;

    public override CostCases? Theory(BroadcastMetric metric, BroadcastSetting setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        if (!Costs.IsMixed(setting))
        {
            return null;
        }

        return CallTheory.Of(metric, setting, Options(setting));
    }

    private CallGossipOptions Options(BroadcastSetting setting)
    {
        int periods = Lifetime > 0 ? Lifetime : CallGossipOptions.PeriodsFor(setting.Members);
        return new CallGossipOptions
        {
            Topology = setting.Network.Topology,
            Calls = Calls,
            PeriodNs = Periods.OneWayNs(setting),
            PullPeriods = periods,
            PushPeriods = !Pushes ? 0 : PushLifetime > 0 ? PushLifetime : Math.Min(periods, CallGossipOptions.PushPeriodsFor(setting.Members, Calls)),
            IsAligned = setting.InRounds,
        };
    }

    /// <summary>Until broadcasts have aged.</summary>
    private long WatchedPeriods(BroadcastSetting setting) => CallTheory.WatchedPeriods(Options(setting));
}
