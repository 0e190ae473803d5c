namespace Headroom.Consensus.TrueTime;

/// <summary>Keys of one leader that a transaction which may yet commit, or has just done so, keeps from others.</summary>
internal sealed class KeyHolds
{
    private readonly Dictionary<int, (long Number, long PromisedNs)> _holds = [];

    public bool IsHeld(int key) => _holds.ContainsKey(key);

    /// <summary>The transaction that holds the key commits at this timestamp or later, if it does; the greatest number for a key that is free.</summary>
    public long PromisedNs(int key) => _holds.TryGetValue(key, out (long Number, long PromisedNs) hold) ? hold.PromisedNs : long.MaxValue;

    public void Hold(int key, long number, long promisedNs) => _holds[key] = (number, promisedNs);

    public void Free(int key, long number)
    {
        if (_holds.TryGetValue(key, out (long Number, long PromisedNs) hold) && hold.Number == number)
        {
            _ = _holds.Remove(key);
        }
    }
}
