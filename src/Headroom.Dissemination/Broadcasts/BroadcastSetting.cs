using Headroom.Simulation.Faults;
using Headroom.Simulation.Networks;

namespace Headroom.Dissemination.Broadcasts;

/// <summary>One broadcast to be made: over what, from whom, how large, and how many members are dead without anybody knowing.</summary>
public sealed record BroadcastSetting
{
    public required NetworkOptions Network { get; init; }

    public required int PayloadBytes { get; init; }

    public int Origin { get; init; }

    /// <summary>Share of the members that failed before the start, at random, the origin spared.</summary>
    public double Failures { get; init; }

    /// <summary>Written faults besides, their times counted from the request.</summary>
    public FaultPlan Faults { get; init; } = FaultPlan.None;

    /// <summary>
    /// Faults of every kind besides, drawn anew for each run from its seed (<see cref="SwarmFaults"/>), until so long after the request, when a core with
    /// the origin in it is healed for good; null for none.
    /// </summary>
    public long? SwarmNs { get; init; }

    /// <summary>Broadcasts that a member remembers, to know a copy when it sees one.</summary>
    public int Remembered { get; init; } = 1;

    /// <summary>Run in synchronous rounds: times count rounds.</summary>
    public bool InRounds { get; init; }

    public int Members => Network.Topology.Members;

    /// <summary>Members that live: the failures are a fixed number, rounded down, the origin spared.</summary>
    public int Live => Members - Math.Min(Members - 1, (int)Math.Floor((Members * Failures) + 1e-9));

    /// <summary>Whether anything befalls members or links while the broadcast is under way.</summary>
    public bool HasFaults => Faults.Faults.Count > 0 || SwarmNs is not null;

    /// <summary>Whether at some time links begin to lose nothing: then no floor may reckon with their loss.</summary>
    public bool HealsLoss => SwarmNs is not null || Faults.Faults.Any(fault => fault.Kind == FaultKind.HealCore);

    /// <summary>
    /// Members that live at the end whatever is drawn, at least: without faults <see cref="Live"/>; who crashes, leaves or joins under a written plan is not
    /// counted, and of a swarm's members none but more than half.
    /// </summary>
    public int LeastLive
    {
        get
        {
            int dead = Members - Live;
            int struck = Faults.Faults.Where(fault => fault.Kind is FaultKind.Crash or FaultKind.CrashWithMemory or FaultKind.Leave or FaultKind.Join).Select(fault => fault.Member).Distinct().Count();
            int spared = SwarmNs is null ? Members : (Members / 2) + 1;
            return Math.Max(0, spared - struck - dead);
        }
    }

    /// <summary>The network as it runs: in rounds, or as it is.</summary>
    public NetworkOptions EffectiveNetwork => InRounds ? Network.Rounds() : Network;

    public void Validate()
    {
        ArgumentNullException.ThrowIfNull(Network);
        Network.Validate();
        ArgumentOutOfRangeException.ThrowIfLessThan(PayloadBytes, 1, nameof(PayloadBytes));
        ArgumentOutOfRangeException.ThrowIfLessThan(Remembered, 1, nameof(Remembered));
        ArgumentNullException.ThrowIfNull(Faults);
        Faults.Validate(Members);
        ArgumentOutOfRangeException.ThrowIfLessThan(SwarmNs ?? 1, 1, nameof(SwarmNs));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(SwarmNs ?? 1, FaultPlan.TimeNsMax, nameof(SwarmNs));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)Origin, (uint)Members, nameof(Origin));
        if (!(Failures >= 0 && Failures < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(Failures), Failures, "a share of failures is at least 0 and below 1");
        }
    }
}
