namespace Headroom.Consensus.Torture;

/// <summary>A check that did not hold: when, and how.</summary>
public sealed record Violation(string Check, long AtNs, string What);
