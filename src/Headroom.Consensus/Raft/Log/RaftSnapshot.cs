using Headroom.Consensus.Raft.Membership;

namespace Headroom.Consensus.Raft.Log;

/// <summary>The application's state after the entry of this index and term, and the configuration then.</summary>
public sealed record RaftSnapshot(long Index, long Term, Configuration Configuration, ReadOnlyMemory<byte> Data);
