using Headroom.Dissemination.Heartbeats;
using Headroom.Kernel.Bounds;
using Headroom.Kernel.Strategies;
using Headroom.Simulation.Messages;
using Headroom.Simulation.Processes;

namespace Headroom.Dissemination.Detection;

/// <summary>Everybody tells everybody each period that it lives.</summary>
public sealed record HeartbeatStrategy(int Misses = 3) : DetectionStrategy
{
    public static DetectionProtocol Entry { get; } = new(
        new StrategyForm("heartbeat", "every member tells all others each period; who was not heard in so many whole periods is dead", new StrategyParameter("misses", 1, 1000) { Default = 3 }),
        call => new HeartbeatStrategy(call.Int(0)),
        new HeartbeatStrategy());

    public override string Name => $"heartbeat({Misses})";

    public override Citation Citation { get; } = new("gupta2001", "section 4");

    public override string? Problem(DetectionSetting setting) => TooMany(setting, HeartbeatTables.MembersMax);

    public override ProcessFamily Family(DetectionSetting setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        return ProcessFamily.Of(() => new HeartbeatTables(setting.Members, setting.PeriodNs, setting.InStep), (tables, _) => new HeartbeatProcess(tables, Misses));
    }

    /// <summary>
    /// The last heartbeat is half a period old when its sender crashes; the first of many observers whose own period ends just after m whole periods
    /// without declares it, the last a period later.
    /// </summary>
    public override double? Theory(DetectionMetric metric, DetectionSetting setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        double seconds = setting.PeriodNs / 1e9;
        double oneWay = (setting.Network.Topology.GreatestLatencyNs + setting.Network.Jitter.MeanNs) / 1e9;
        bool isQuiet = setting.Network.Loss == 0 && setting.Network.Bursts is null && !setting.InStep;
        return metric switch
        {
            DetectionMetric.FirstDetection when isQuiet => ((Misses - 0.5) * seconds) + oneWay,
            DetectionMetric.AllKnow when isQuiet => ((Misses + 0.5) * seconds) + oneWay,
            DetectionMetric.Messages => setting.Members - 1,
            DetectionMetric.Bytes => (setting.Members - 1) * (double)setting.Network.Packets.WireBytes(WireFrame.Length(1, 0)),
            _ => null,
        };
    }
}
