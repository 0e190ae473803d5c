namespace Headroom.Consensus.Watch;

/// <summary>
/// States of objects. Those that were never written have their first, or are absent where nothing was known at first. Where versions are kept, what an object was at an earlier revision is known too,
/// back to where versions were forgotten.
/// </summary>
internal sealed class ObjectStates(WatchCatalogue catalogue, bool keepsVersions = false, bool isEmpty = false)
{
    private readonly Dictionary<int, (long Revision, byte[]? State)> _latest = [];
    private readonly Dictionary<int, List<(long Revision, byte[]? State)>> _earlier = [];
    private bool _isEmpty = isEmpty;

    /// <summary>Empty for an object that is absent.</summary>
    public ReadOnlySpan<byte> Of(int item) => _latest.TryGetValue(item, out (long Revision, byte[]? State) latest) ? latest.State : First(item);

    /// <summary>As of a revision from which on versions are kept.</summary>
    public ReadOnlySpan<byte> At(int item, long revision)
    {
        if (!_latest.TryGetValue(item, out (long Revision, byte[]? State) latest))
        {
            return First(item);
        }

        if (latest.Revision <= revision || !_earlier.TryGetValue(item, out List<(long Revision, byte[]? State)>? earlier))
        {
            return latest.State;
        }

        int at = earlier.FindLastIndex(version => version.Revision <= revision);
        return at < 0 ? First(item) : earlier[at].State;
    }

    /// <summary>The state to write at a revision: what it was before, or the first state of one that is absent.</summary>
    public Span<byte> ToWrite(int item, long revision)
    {
        bool isKnown = _latest.TryGetValue(item, out (long Revision, byte[]? State) latest);
        if (isKnown && latest.State is not null && (!keepsVersions || latest.Revision == revision))
        {
            return latest.State;
        }

        byte[] state = (latest.State is null ? catalogue.FirstState(item) : latest.State).ToArray();
        Put(item, revision, state);
        return state;
    }

    public void Delete(int item, long revision) => Put(item, revision, null);

    /// <summary>These states in place of all, as of a revision.</summary>
    public void Replace(ObjectStates others, bool keepsOthers = false)
    {
        if (!keepsOthers)
        {
            _latest.Clear();
            _isEmpty = true;
        }

        _earlier.Clear();
        foreach ((int item, (long, byte[]?) latest) in others._latest)
        {
            _latest[item] = latest;
        }
    }

    /// <summary>Forgets an object's versions that nobody who asks for this revision or a later one needs.</summary>
    public void Forget(int item, long revision)
    {
        if (!_earlier.TryGetValue(item, out List<(long Revision, byte[]? State)>? earlier))
        {
            return;
        }

        int needed = _latest[item].Revision <= revision ? earlier.Count : earlier.FindLastIndex(version => version.Revision <= revision);
        if (needed >= earlier.Count)
        {
            _ = _earlier.Remove(item);
        }
        else if (needed > 0)
        {
            earlier.RemoveRange(0, needed);
        }
    }

    private ReadOnlySpan<byte> First(int item) => _isEmpty ? default : catalogue.FirstState(item);

    private void Put(int item, long revision, byte[]? state)
    {
        if (keepsVersions)
        {
            if (!_earlier.TryGetValue(item, out List<(long Revision, byte[]? State)>? earlier))
            {
                _earlier.Add(item, earlier = []);
            }

            earlier.Add(_latest.TryGetValue(item, out (long Revision, byte[]? State) latest) ? latest : (0, _isEmpty ? null : catalogue.FirstState(item).ToArray()));
        }

        _latest[item] = (revision, state);
    }
}
