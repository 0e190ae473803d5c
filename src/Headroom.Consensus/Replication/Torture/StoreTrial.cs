using Headroom.Consensus.Groups;
using Headroom.Simulation.Faults;

namespace Headroom.Consensus.Replication.Torture;

/// <summary>What a seed draws of one protocol: its servers (and registrars behind them), and the faults.</summary>
public sealed record StoreTrial
{
    /// <summary>The role of a server or registrar; called again when it starts again.</summary>
    public required Func<int, IGroupRole> Create { get; init; }

    /// <summary>Servers and registrars; clients are numbered from here.</summary>
    public required int Members { get; init; }

    public required FaultPlan Faults { get; init; }

    /// <summary>What the protocol takes at most, without faults, to find out who leads.</summary>
    public required long SettlingNs { get; init; }

    /// <summary>At the end, by the healed core: the servers that must have all that was applied anywhere; null where nothing is promised any more.</summary>
    public required Func<IReadOnlyList<int>, IReadOnlyList<(int Server, long Applied)>?> Holders { get; init; }
}
