namespace Headroom.Consensus.TrueTime;

/// <summary>The keys of one leader: all their versions, and who has locked them.</summary>
internal sealed class VersionedKeys(int count)
{
    private readonly List<(long TimestampNs, long Writer)>?[] _versions = new List<(long, long)>?[count];
    private readonly long[] _lockedBy = new long[count];
    private readonly long[] _promisedNs = new long[count];

    public (long TimestampNs, long Writer) Last(int key) => _versions[key] is { Count: > 0 } versions ? versions[^1] : default;

    /// <summary>The last version up to a timestamp.</summary>
    public (long TimestampNs, long Writer) At(int key, long timestampNs)
    {
        List<(long TimestampNs, long Writer)>? versions = _versions[key];
        for (int i = (versions?.Count ?? 0) - 1; i >= 0; i--)
        {
            if (versions![i].TimestampNs <= timestampNs)
            {
                return versions[i];
            }
        }

        return default;
    }

    public bool IsLocked(int key) => _lockedBy[key] != 0;

    /// <summary>The transaction that has locked the key commits at this timestamp or later, if it does.</summary>
    public long PromisedNs(int key) => _promisedNs[key];

    public void Lock(int key, long transaction, long promisedNs) => (_lockedBy[key], _promisedNs[key]) = (transaction, promisedNs);

    public void Unlock(int key) => _lockedBy[key] = 0;

    public void Write(int key, long timestampNs, long writer) => (_versions[key] ??= []).Add((timestampNs, writer));
}
