namespace Headroom.Consensus.Watch;

/// <summary>The first byte of every message between a store, relays and watchers; all numbers that follow are in base 128.</summary>
internal enum WatchVerb : byte
{
    /// <summary>
    /// The revision that its receivers were told up to before, how many revisions it goes beyond that, then of each change how much its revision is above the last one's, and the change. Without
    /// changes it is a bookmark: there was nothing for these receivers.
    /// </summary>
    Changes = 1,

    /// <summary>The asker's revision: for what came after it.</summary>
    Resume = 2,

    /// <summary>A list's number, one more than its revision or 0 for whatever is the newest, the place among topics and among a topic's objects from which on it is asked for.</summary>
    List = 3,

    /// <summary>The list's number, its revision, the place asked for, the place of the next page, then objects whole, as they were at the revision.</summary>
    Page = 4,

    /// <summary>The asker's revision: what came after it is known no more.</summary>
    TooOld = 5,

    /// <summary>The list's number: what was at its revision is known no more.</summary>
    Expired = 6,
}
