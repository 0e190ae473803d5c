namespace Headroom.Consensus.Locks;

/// <summary>Whom a client asks, and for how long it waits for an answer.</summary>
internal sealed record AskOptions(int Servers, int FirstServer, long TimeoutNs);
