namespace Headroom.Consensus.Paxos;

/// <summary>A slot's value in a message: under which ballot it was accepted, (0, 0) if it is chosen; the value null where nothing was accepted.</summary>
internal readonly record struct PaxosEntry(Ballot Ballot, byte[]? Value);
