namespace Headroom.Consensus.Watch;

/// <summary>A change as it is told: its revision, its topic, its object, and its bytes.</summary>
internal readonly record struct WatchChange(long Revision, int Topic, int Object, byte[] Bytes);

/// <summary>All changes after a revision, in order; those before were forgotten.</summary>
internal sealed class ChangeHistory
{
    private readonly List<WatchChange> _changes = [];

    /// <summary>Who knows all up to this revision, or a later one, can be told all that came after.</summary>
    public long Oldest { get; private set; }

    public int Count => _changes.Count;

    public WatchChange this[int index] => _changes[index];

    public void Add(in WatchChange change) => _changes.Add(change);

    /// <summary>The place of the first change after a revision.</summary>
    public int After(long revision)
    {
        int first = 0;
        for (int end = _changes.Count; first < end;)
        {
            int middle = first + ((end - first) / 2);
            (first, end) = _changes[middle].Revision > revision ? (first, middle) : (middle + 1, end);
        }

        return first;
    }

    /// <summary>Forgets all up to a revision, and with them versions of the states; how many there were.</summary>
    public int Forget(long upTo, ObjectStates states)
    {
        if (upTo <= Oldest)
        {
            return 0;
        }

        Oldest = upTo;
        int count = After(upTo);
        for (int i = 0; i < count; i++)
        {
            states.Forget(_changes[i].Object, upTo);
        }

        _changes.RemoveRange(0, count);
        return count;
    }

    /// <summary>Begins anew at a revision.</summary>
    public void Restart(long revision)
    {
        _changes.Clear();
        Oldest = revision;
    }
}
