namespace Headroom.Audit.Comparisons.Trials;

/// <summary>Quantiles of values pooled over trials.</summary>
public readonly record struct PooledQuantiles(long Count, double P50, double P90, double P99, double P999);
