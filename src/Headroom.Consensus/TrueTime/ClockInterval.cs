using Headroom.Simulation.Processes;

namespace Headroom.Consensus.TrueTime;

/// <summary>True time lies between the two ends, if the clock keeps what it states [corbett2013, section 3].</summary>
public readonly record struct ClockInterval(long EarliestNs, long LatestNs)
{
    /// <summary>The reading plus or minus its uncertainty and more: what a clock may have drifted since it was set right.</summary>
    public static ClockInterval Of(ClockReading reading, long driftNs) =>
        new(reading.LocalNs - reading.UncertaintyNs - driftNs, reading.LocalNs + reading.UncertaintyNs + driftNs);

    public long UncertaintyNs => (LatestNs - EarliestNs) / 2;
}
