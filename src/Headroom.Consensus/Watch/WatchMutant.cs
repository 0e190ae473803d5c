namespace Headroom.Consensus.Watch;

/// <summary>Faults put in, for tests of what finds them.</summary>
internal enum WatchMutant
{
    None,

    /// <summary>A message is taken although one before it is missing.</summary>
    IgnoreGaps,

    /// <summary>Deltas are made against the first state instead of the one before.</summary>
    StaleBase,

    /// <summary>A topic's last group is never told.</summary>
    ForgetGroup,

    /// <summary>Who resumes is not told of the first change after its revision.</summary>
    ResumeLate,

    /// <summary>Nobody is told that there was nothing to tell.</summary>
    NoBookmark,

    /// <summary>The store tells of updates before they are durable.</summary>
    TellEarly,

    /// <summary>Who resumes from before what is known is told of what is, as if that were all.</summary>
    ResumeBlindly,

    /// <summary>A relay that has listed anew goes on with its children as if nothing were between.</summary>
    SilentRelist,

    /// <summary>Pages after the first show what is now, not what was at the list's revision.</summary>
    MixedPages,

    /// <summary>Changes that are known already are taken again.</summary>
    ApplyOld,

    /// <summary>A list is laid over what was known: what it lacks stays.</summary>
    KeepDeleted,

    /// <summary>After a list its reader goes on from the newest revision that it has heard of.</summary>
    WatchFromNow,

    /// <summary>A relay that lost its memory answers before it has listed itself.</summary>
    AnswerUnready,

    /// <summary>Pages of a list that was given up are taken for those of the next.</summary>
    AnyPage,

    /// <summary>A list of revision 0 is asked on for as if it were of the newest.</summary>
    ListAtZero,

    /// <summary>A list is read to its end although late messages have led on meanwhile.</summary>
    ListBack,

    /// <summary>Questions are asked again soon, whatever happens.</summary>
    AskAgainSoon,

    /// <summary>Whoever asks is answered, however many ask.</summary>
    AnswerAll,

    /// <summary>Whoever misses a message lists.</summary>
    ListOnGap,
}
