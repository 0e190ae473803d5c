namespace Headroom.Simulation.Observation;

/// <summary>What was sent over one directed link, dropped copies included: messages, those with a body, and bytes with headers.</summary>
public readonly record struct LinkLoad(int From, int To, long Messages, long PayloadCopies, long WireBytes);
