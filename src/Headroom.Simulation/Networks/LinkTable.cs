namespace Headroom.Simulation.Networks;

/// <summary>
/// A value for each directed link that was ever asked for, all zero at first: open addressing on the pair of members, so that a few used links of a
/// large complete topology cost only themselves.
/// </summary>
internal sealed class LinkTable<T>
    where T : struct
{
    private long[] _keys = new long[16];
    private T[] _values = new T[16];

    public int Count { get; private set; }

    public ref T this[int from, int to]
    {
        get
        {
            long key = Key(from, to);
            int at = Find(_keys, key);
            if (_keys[at] == 0)
            {
                if (Count * 4 >= _keys.Length * 3)
                {
                    Grow();
                    at = Find(_keys, key);
                }

                _keys[at] = key;
                Count++;
            }

            return ref _values[at];
        }
    }

    /// <summary>All links with their values, by sender and then receiver.</summary>
    public (int From, int To, T Value)[] InOrder()
    {
        var links = new (int From, int To, T Value)[Count];
        var keys = new long[Count];
        int count = 0;
        for (int i = 0; i < _keys.Length; i++)
        {
            if (_keys[i] != 0)
            {
                keys[count] = _keys[i];
                links[count++] = ((int)((_keys[i] - 1) >> 32), (int)(_keys[i] - 1), _values[i]);
            }
        }

        Array.Sort(keys, links);
        return links;
    }

    /// <summary>Zero means an empty place.</summary>
    private static long Key(int from, int to) => (((long)from << 32) | (uint)to) + 1;

    private static int Find(long[] keys, long key)
    {
        int mask = keys.Length - 1;
        int at = (int)(((ulong)key * 0x9E3779B97F4A7C15UL) >> 32) & mask;
        while (keys[at] != 0 && keys[at] != key)
        {
            at = (at + 1) & mask;
        }

        return at;
    }

    private void Grow()
    {
        var keys = new long[_keys.Length * 2];
        var values = new T[keys.Length];
        for (int i = 0; i < _keys.Length; i++)
        {
            if (_keys[i] != 0)
            {
                int at = Find(keys, _keys[i]);
                keys[at] = _keys[i];
                values[at] = _values[i];
            }
        }

        _keys = keys;
        _values = values;
    }
}
