using Headroom.Audit.Comparisons.Broadcasts;
using Headroom.Dissemination.Broadcasts;
using Headroom.Kernel.Randomness;
using Headroom.Lab.Sockets;

namespace Headroom.Audit.Laboratory;

/// <summary>What is to be run over sockets and beside it in the simulator.</summary>
public sealed record LabPlan
{
    /// <summary>More than periods of a round trip have to spare, less than two sockets on one machine take.</summary>
    public const long UsualLagNs = 10_000;

    public required BroadcastStrategy Strategy { get; init; }

    public required BroadcastNetwork Network { get; init; }

    public required Transport Transport { get; init; }

    /// <summary>What the simulator beside adds to every message's way: no real link is exactly as fast as its minimum.</summary>
    public long LagNs { get; init; } = UsualLagNs;

    /// <summary>Broadcasts over sockets; each has a fresh start.</summary>
    public required int Trials { get; init; }

    public required Seed Seed { get; init; }

    public required TimeSpan TimeMax { get; init; }

    /// <summary>The options of one trial, the same in every process that takes part in it.</summary>
    public LabOptions Options(int trial) => new()
    {
        // Packet headers as this transport's packets have them.
        Setting = Setting,
        Strategy = Strategy,
        Transport = Transport,
        Seed = Seed.Named("lab").At(trial),
        TimeMax = TimeMax,
    };

    /// <summary>The same with the lag.</summary>
    public BroadcastSetting SimulatedSetting => Setting with { Network = Setting.Network with { LagNs = LagNs } };

    /// <summary>The broadcast, with the packet headers of the transport.</summary>
    public BroadcastSetting Setting => Network.Setting with { Network = Network.Setting.Network with { Packets = LabPackets.Of(Transport) } };
}
