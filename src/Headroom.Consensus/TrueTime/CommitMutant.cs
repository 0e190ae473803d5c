namespace Headroom.Consensus.TrueTime;

/// <summary>Faults put in on purpose, one at a time: each must be caught by the checker. Only tests set one.</summary>
internal enum CommitMutant
{
    None,

    /// <summary>Answers as soon as the commit is replicated.</summary>
    SkipCommitWait,

    /// <summary>Waits until the clock's middle has passed the timestamp, not its earliest end.</summary>
    ReleaseEarly,

    /// <summary>Commits at a timestamp below those that participants promised.</summary>
    IgnorePrepareTimestamps,

    /// <summary>Serves snapshots of keys that a prepared transaction may yet write below the snapshot's timestamp.</summary>
    ReadPastPrepared,

    /// <summary>Promises nothing to a snapshot: later transactions may commit below its timestamp.</summary>
    ForgetReadPromise,

    /// <summary>Prepares without looking whether what was read still stands.</summary>
    SkipValidation,

    /// <summary>Wound-wait: the older wait too, and with them, in a circle, everybody.</summary>
    WoundNobody,
}
