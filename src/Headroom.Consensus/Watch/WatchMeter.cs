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

    /// <summary>Questions of watchers and relays for what is after their revision, answered or not.</summary>
    public long Resumes { get; internal set; }

    /// <summary>Messages of changes that watchers took in.</summary>
    public long Notifications { get; internal set; }

    public long WatcherBytes { get; internal set; }

    internal WatchUpdate[] Updates { get; }

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

    internal void Learned(int watcher, long revision, long nowNs)
    {
        WasToldBy[watcher] = true;
        LatenciesNs.Add(nowNs - Updates[revision - 1].TimeNs);
    }
}
