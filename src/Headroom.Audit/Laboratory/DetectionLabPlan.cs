using Headroom.Dissemination.Detection;
using Headroom.Kernel.Quantities;
using Headroom.Kernel.Randomness;
using Headroom.Lab.Sockets;

namespace Headroom.Audit.Laboratory;

/// <summary>Members that are to watch each other over sockets and beside it in the simulator.</summary>
public sealed record DetectionLabPlan
{
    public required DetectionStrategy Strategy { get; init; }

    /// <summary>With the packet headers of the transport.</summary>
    public required DetectionSetting Setting { get; init; }

    public required Transport Transport { get; init; }

    /// <summary>Crashes over sockets; each after a fresh start.</summary>
    public required int Trials { get; init; }

    /// <summary>What the simulator beside adds to every message's way.</summary>
    public long LagNs { get; init; } = LabPlan.UsualLagNs;

    public required Seed Seed { get; init; }

    public DetectionSetting SimulatedSetting => Setting with { Network = Setting.Network with { LagNs = LagNs } };

    /// <summary>The options of one trial, the same in every process that takes part in it.</summary>
    public DetectionLabOptions Options(int trial) => new() { Setting = Setting, Strategy = Strategy, Transport = Transport, Seed = Seed.Named("lab").At(trial) };

    /// <summary>In words.</summary>
    public override string ToString()
    {
        string bandwidth = double.IsPositiveInfinity(Setting.Network.BandwidthBps) ? "infinite bandwidth" : new Quantity(Setting.Network.BandwidthBps, Unit.BitPerSecond).ToHumanString();
        return $"{Setting.Members} members, period {Time(Setting.PeriodNs)}, {Time(Setting.Network.Topology.GreatestLatencyNs)}, jitter {Time(Setting.Network.Jitter.MeanNs)}, {bandwidth}, "
            + $"loss {Print.Significant(100 * Setting.Network.Loss, 6)} %, {Setting.Crashes} killed";
    }

    private static string Time(long ns) => ns == 0 ? "0" : new Quantity(ns / 1e9, Unit.Second).ToHumanString();
}
