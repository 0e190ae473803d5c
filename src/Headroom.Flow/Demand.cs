namespace Headroom.Flow;

/// <summary>Traffic from one node to another in bit/s.</summary>
public readonly record struct Demand(int Source, int Target, double RateBps);
