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

    /// <summary>Broadcasts that a member remembers, to know a copy when it sees one.</summary>
    public int Remembered { get; init; } = 1;

    /// <summary>Run in synchronous rounds: times count rounds.</summary>
    public bool InRounds { get; init; }

    public int Members => Network.Topology.Members;

    /// <summary>Members that live: the failures are a fixed number, rounded down, the origin spared.</summary>
    public int Live => Members - Math.Min(Members - 1, (int)Math.Floor((Members * Failures) + 1e-9));

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
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)Origin, (uint)Members, nameof(Origin));
        if (!(Failures >= 0 && Failures < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(Failures), Failures, "a share of failures is at least 0 and below 1");
        }
    }
}
