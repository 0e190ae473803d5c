using Headroom.Dissemination.Gossip;
using Headroom.Dissemination.Protocols;

namespace Headroom.Dissemination.Broadcasts;

/// <summary>Push gossip: to so many random peers, so many times, one link latency apart.</summary>
public sealed record PushStrategy(int Fanout, int Times = 1) : BroadcastStrategy
{
    public override string Name => Times == 1 ? $"push({Fanout})" : $"push({Fanout},{Times})";

    public override Protocol Protocol => ProtocolTable.Push;

    public override int ContactsPerRoundMax(BroadcastSetting setting) => Fanout;

    public override BroadcastPlan Plan(BroadcastSetting setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        setting.Validate();
        var options = new PushOptions
        {
            Topology = setting.Network.Topology,
            Fanout = Fanout,
            Times = Times,
            PeriodNs = Periods.OneWayNs(setting),
        };
        options.Validate();
        return (seed, cancellation) => Run(setting, seed, _ => new PushProcess(options), cancellation);
    }
}
