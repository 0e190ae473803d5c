namespace Headroom.Consensus.InSync;

/// <summary>Faults put in on purpose, one at a time: each must be caught by a check. Nothing outside tests and the proof of the torture sets one.</summary>
internal enum InSyncMutant
{
    None,

    /// <summary>A follower fetches on from its log's end, whatever epochs that holds.</summary>
    SkipEpochTruncation,

    /// <summary>A follower truncates to its watermark, as Kafka did before leader epochs [kip101].</summary>
    TruncateToWatermark,

    /// <summary>The leader counts what it has sent to a follower, not what the follower says it has.</summary>
    AdvanceWatermarkEarly,

    /// <summary>The leader takes and acknowledges records although fewer replicas are in sync than there must be.</summary>
    AcknowledgeBelowMinInSync,

    /// <summary>The registrar takes a live replica that is not in sync for leader.</summary>
    ElectOutsideInSync,

    /// <summary>A new leader does not look for producers' sequences in its log.</summary>
    ForgetSequences,

    /// <summary>A replica that lost its memory keeps its place among those in sync.</summary>
    KeepRestarted,
}
