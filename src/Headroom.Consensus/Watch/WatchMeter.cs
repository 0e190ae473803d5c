using Headroom.Kernel.Statistics;

namespace Headroom.Consensus.Watch;

/// <summary>Counts beside a run; nothing in the run depends on it. Bytes are those of messages, without headers of packets.</summary>
public sealed class WatchMeter
{
    internal Moments CommitMoments;

    internal WatchMeter(WatchUpdate[] updates, int members)
    {
        Updates = updates;
        WasToldBy = new bool[members];
    }

    /// <summary>Entries of the store's log.</summary>
    public long StoreEntries { get; internal set; }

    /// <summary>From an update to the commit of its entry, in ns, the wait for its batch in it.</summary>
    public Moments Commit => CommitMoments;

    /// <summary>Messages encoded: one for a group, however many it goes to.</summary>
    public long Encodings { get; internal set; }

    /// <summary>Messages of changes sent, by the store and by relays.</summary>
    public long Messages { get; internal set; }

    public long StoreMessages { get; internal set; }

    public long SentBytes { get; internal set; }

    public long StoreBytes { get; internal set; }

    /// <summary>Bookmarks: messages without changes to who was told nothing for a while, the heartbeat of a feed; not among <see cref="Messages"/>.</summary>
    public long Bookmarks { get; internal set; }

    public long BookmarkBytes { get; internal set; }

    /// <summary>Questions of watchers and relays for what is after their revision, or for a page of a list, answered or not.</summary>
    public long Questions { get; internal set; }

    public long QuestionBytes { get; internal set; }

    /// <summary>Questions that were not answered since so much had been answered already.</summary>
    public long Unanswered { get; internal set; }

    /// <summary>Questions for what is known no more.</summary>
    public long Refusals { get; internal set; }

    public long RefusalBytes { get; internal set; }

    /// <summary>Pages of lists sent; not among <see cref="Messages"/>.</summary>
    public long Pages { get; internal set; }

    public long PageBytes { get; internal set; }

    /// <summary>Pages taken in.</summary>
    public long PagesRead { get; internal set; }

    /// <summary>Lists that were read to their end, by watchers and relays.</summary>
    public long Lists { get; internal set; }

    /// <summary>When the last of them was, by its reader's clock.</summary>
    public long ListedAtNs { get; internal set; }

    /// <summary>Messages that repair took or was ready with: bookmarks, questions, refusals and pages; what was resumed is among <see cref="Messages"/>.</summary>
    public long RepairMessages => Bookmarks + Questions + Refusals + Pages;

    public long RepairBytes => BookmarkBytes + QuestionBytes + RefusalBytes + PageBytes;

    /// <summary>Those of them that the store sent: bookmarks, refusals and pages.</summary>
    public long StoreRepairMessages { get; internal set; }

    /// <summary>Messages that watchers took in.</summary>
    public long Notifications { get; internal set; }

    public long WatcherBytes { get; internal set; }

    internal WatchUpdate[] Updates { get; }

    /// <summary>The update of each revision, from the first.</summary>
    internal List<int> Committed { get; } = [];

    internal bool[] WasToldBy { get; }

    internal List<double> LatenciesNs { get; } = [];

    internal void Sent(int from, int bytes)
    {
        Messages++;
        SentBytes += bytes;
        if (from == 0)
        {
            StoreMessages++;
            StoreBytes += bytes;
        }
    }

    internal void SentRepair(int from) => StoreRepairMessages += from == 0 ? 1 : 0;

    internal void Learned(int watcher, long revision, long nowNs)
    {
        WasToldBy[watcher] = true;
        if (revision <= Committed.Count)
        {
            LatenciesNs.Add(nowNs - Updates[Committed[(int)revision - 1]].TimeNs);
        }
    }
}
