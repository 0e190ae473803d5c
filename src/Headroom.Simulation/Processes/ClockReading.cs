namespace Headroom.Simulation.Processes;

/// <summary>What the member's own clock shows, which may be off by as much as the uncertainty (and by more if the clock is broken).</summary>
public readonly record struct ClockReading(long LocalNs, long UncertaintyNs);
