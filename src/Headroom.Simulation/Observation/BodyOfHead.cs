namespace Headroom.Simulation.Observation;

/// <summary>Of which body's broadcast a message without a body speaks, read off its head; 0 where that is unknown or several.</summary>
public delegate int BodyOfHead(ReadOnlySpan<byte> head);
