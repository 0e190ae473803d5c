namespace Headroom.Consensus.Raft;

/// <summary>How a leader makes sure that a read is not stale [ongaro2014, section 6.4].</summary>
public enum ReadMode : byte
{
    /// <summary>It asks a quorum, after the read came in, whether it still leads.</summary>
    Index,

    /// <summary>
    /// It trusts that a quorum that answered a heartbeat elects nobody else before an election timeout has passed. Rests on clocks that drift no more than
    /// <see cref="RaftOptions.DriftShareMax"/> and do not leap.
    /// </summary>
    Lease,

    /// <summary>As any command: through the log.</summary>
    Log,
}
