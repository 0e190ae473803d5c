namespace Headroom.Consensus.Watch;

/// <summary>Faults put in, for tests of what finds them.</summary>
internal enum WatchMutant
{
    None,

    /// <summary>A watcher takes a message although one before it is missing.</summary>
    IgnoreGaps,

    /// <summary>Deltas are made against the first state instead of the one before.</summary>
    StaleBase,

    /// <summary>A topic's last group is never told.</summary>
    ForgetGroup,

    /// <summary>Who resumes is not told of the first change after its revision.</summary>
    ResumeLate,
}
