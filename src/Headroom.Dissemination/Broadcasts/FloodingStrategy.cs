using Headroom.Dissemination.Flooding;
using Headroom.Dissemination.Protocols;

namespace Headroom.Dissemination.Broadcasts;

/// <summary>Everybody to everybody they know.</summary>
public sealed record FloodingStrategy(bool Echo = false) : BroadcastStrategy
{
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

    public override BroadcastPlan Plan(BroadcastSetting setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        setting.Validate();
        return (seed, cancellation) => Run(setting, seed, _ => new FloodingProcess(setting.Network.Topology, Echo), cancellation);
    }
}
