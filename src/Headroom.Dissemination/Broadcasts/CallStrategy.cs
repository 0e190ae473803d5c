using Headroom.Dissemination.Gossip;
using Headroom.Dissemination.Memory;
using Headroom.Dissemination.Models;
using Headroom.Dissemination.Protocols;
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

        CallGossipOptions options = Options(setting);
        double live = setting.Live;
        CallRecursion.Course course = CallRecursion.Of(setting.Members, live, Calls, options.PushPeriods, options.PullPeriods, setting.Network.Loss);
        double calls = live * Calls * WatchedPeriods(setting);
        double copies = live * (course.Pushes + course.Answers);
        double copiesMost = live * Calls * (options.PushPeriods + options.PullPeriods);
        switch (metric)
        {
            case BroadcastMetric.Payloads:
                return new CostCases(live - 1, copies, copiesMost);
            case BroadcastMetric.Messages:
                return new CostCases(calls, calls + (live * course.Answers), calls + copiesMost);
            case BroadcastMetric.Bytes:
                double payload = Costs.Payload(setting, CallHead.PayloadLength);
                double listing = Costs.Control(setting, 9);
                double idle = calls - (live * course.Pushes);
                return new CostCases(
                    ((live - 1) * payload) + ((calls - live + 1) * Costs.Control(setting, 1)),
                    (copies * payload) + (live * course.Blank * Costs.Control(setting, 1)) + ((idle - (live * course.Blank)) * listing),
                    (copiesMost * payload) + (calls * listing));
            case BroadcastMetric.Rounds:
                return new CostCases(live > 1 ? 1 : 0, course.Rounds, double.PositiveInfinity);
            case BroadcastMetric.Delivered:
                return new CostCases(1, live > 1 ? 1 - (course.Missed * live / (live - 1)) : 1, 0);
            default:
                return null;
        }
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
    private long WatchedPeriods(BroadcastSetting setting) => Options(setting).PullPeriods + 3;
}
