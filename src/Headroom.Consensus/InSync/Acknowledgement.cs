namespace Headroom.Consensus.InSync;

/// <summary>What a producer waits for: Kafka's <c>acks</c>.</summary>
public enum Acknowledgement : byte
{
    /// <summary>Nothing: there is no answer.</summary>
    None,

    /// <summary>The leader's log holds it.</summary>
    Leader,

    /// <summary>The logs of all in-sync replicas hold it, and these are at least <see cref="InSyncOptions.MinInSync"/>.</summary>
    All,
}
