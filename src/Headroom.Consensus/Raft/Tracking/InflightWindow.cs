namespace Headroom.Consensus.Raft.Tracking;

/// <summary>The last index of each message with entries that is on its way to a follower: a ring that grows up to its limit.</summary>
internal sealed class InflightWindow(int limit)
{
    private long[] _last = new long[Math.Min(limit, 8)];
    private int _start;

    public int Count { get; private set; }

    public bool IsFull => Count == limit;

    public void Add(long lastIndex)
    {
        if (Count == _last.Length)
        {
            long[] larger = new long[(int)Math.Min(limit, 2L * Count)];
            for (int i = 0; i < Count; i++)
            {
                larger[i] = _last[(_start + i) % _last.Length];
            }

            (_last, _start) = (larger, 0);
        }

        _last[(_start + Count++) % _last.Length] = lastIndex;
    }

    /// <summary>The follower has everything up to this index.</summary>
    public void FreeUpTo(long index)
    {
        while (Count > 0 && _last[_start] <= index)
        {
            _start = (_start + 1) % _last.Length;
            Count--;
        }
    }

    public void Clear() => Count = 0;
}
