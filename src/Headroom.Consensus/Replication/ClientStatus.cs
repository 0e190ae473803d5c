namespace Headroom.Consensus.Replication;

/// <summary>What an answer to a client says.</summary>
public enum ClientStatus : byte
{
    Done,

    /// <summary>Nothing was done, and will be: ask the named leader, or any other member where none is named.</summary>
    NotLeader,
}
