namespace Headroom.Coding.Bounds;

/// <summary>One corner of the trade-off: what a node stores and what its repair receives, both as shares of the data.</summary>
public readonly record struct StorageRepairCorner(double Stored, double Received);
