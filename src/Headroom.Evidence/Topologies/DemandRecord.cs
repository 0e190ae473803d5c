namespace Headroom.Evidence.Topologies;

/// <summary>A line of a demand file: from which node to which, how much, and where it stands.</summary>
public readonly record struct DemandRecord(string Label, int Source, int Target, double RateBps, int Line);
