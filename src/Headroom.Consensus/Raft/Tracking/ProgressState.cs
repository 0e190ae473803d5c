namespace Headroom.Consensus.Raft.Tracking;

/// <summary>How a leader feeds a follower.</summary>
public enum ProgressState : byte
{
    /// <summary>Where the logs part is not known: one message at a time, until one is accepted.</summary>
    Probe,

    /// <summary>Entries are sent as they come, without waiting for answers.</summary>
    Replicate,

    /// <summary>A snapshot is on its way; nothing else is sent.</summary>
    Snapshot,
}
