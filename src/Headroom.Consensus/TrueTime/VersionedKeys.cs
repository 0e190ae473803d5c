namespace Headroom.Consensus.TrueTime;

/// <summary>All versions of a group's keys.</summary>
internal sealed class VersionedKeys
{
    private readonly SortedDictionary<int, List<(long TimestampNs, long Writer)>> _versions = [];

    /// <summary>Keys that were ever written, ascending, with their versions.</summary>
    public IReadOnlyDictionary<int, List<(long TimestampNs, long Writer)>> All => _versions;

    public (long TimestampNs, long Writer) Last(int key) => _versions.TryGetValue(key, out List<(long TimestampNs, long Writer)>? versions) ? versions[^1] : default;

    /// <summary>The last version up to a timestamp.</summary>
    public (long TimestampNs, long Writer) At(int key, long timestampNs)
    {
        if (_versions.TryGetValue(key, out List<(long TimestampNs, long Writer)>? versions))
        {
            for (int i = versions.Count - 1; i >= 0; i--)
            {
                if (versions[i].TimestampNs <= timestampNs)
                {
                    return versions[i];
                }
            }
        }

        return default;
    }

    public void Write(int key, long timestampNs, long writer)
    {
        if (!_versions.TryGetValue(key, out List<(long TimestampNs, long Writer)>? versions))
        {
            _versions.Add(key, versions = []);
        }

        versions.Add((timestampNs, writer));
    }

    public void Clear() => _versions.Clear();
}
