namespace Headroom.Consensus.TrueTime;

/// <summary>Faults put in on purpose, one at a time: each must be caught by the checker. Only tests and the torture's own proof set one.</summary>
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

    /// <summary>A new leader does not hold the keys of what its group has prepared.</summary>
    ForgetPrepared,

    /// <summary>A new leader begins with timestamps as if none had been given or promised.</summary>
    ForgetTimestamps,

    /// <summary>A coordinator does not look at what its group has decided.</summary>
    ForgetDecision,

    /// <summary>A commit is told once its timestamp has passed, whether or not its record counts.</summary>
    AnswerEarly,

    /// <summary>A participant votes before its prepare record counts.</summary>
    VoteEarly,

    /// <summary>Leaders serve snapshots at timestamps that the log does not hold as promised.</summary>
    ReadUnpromised,

    /// <summary>Attempts that read from an earlier leader are taken.</summary>
    TakeOldAttempts,

    /// <summary>A leader works before it has applied what those before it wrote.</summary>
    LeadUnready,

    /// <summary>What is over is taken for new when it comes again.</summary>
    ForgetOver,

    /// <summary>A client whose commit is not answered in time makes a new attempt in place of asking again.</summary>
    AttemptAnew,
}
