namespace Headroom.Simulation.Events;

/// <summary>One rung: buckets of 2^WidthBits nanoseconds, each a list in the pool. The buckets before the current one are empty.</summary>
internal sealed class LadderRung
{
    private int[] _heads = [];
    private int[] _counts = [];
    private long _startNs;
    private int _buckets;
    private int _current;

    public int WidthBits { get; private set; }

    /// <summary>Events at or after this time (and before the rung's end) belong here.</summary>
    public long CurrentStartNs { get; private set; }

    public int CurrentCount => _counts[_current];

    public void Open(long startNs, int widthBits, long endNs)
    {
        long buckets = ((endNs - 1 - startNs) >> widthBits) + 1;
        _startNs = startNs;
        _buckets = checked((int)buckets);
        WidthBits = widthBits;
        CurrentStartNs = startNs;
        _current = 0;
        if (_heads.Length < _buckets)
        {
            int room = Math.Max(_buckets, _heads.Length * 2);
            _heads = new int[room];
            _counts = new int[room];
            Array.Fill(_heads, EventPool.None);
        }
    }

    public void Add(ref EventPool pool, in SimulationEvent item)
    {
        int bucket = (int)((item.TimeNs - _startNs) >> WidthBits);
        _heads[bucket] = pool.Add(item, _heads[bucket]);
        _counts[bucket]++;
    }

    /// <summary>Stops at the first bucket that holds something; false when the rung is used up.</summary>
    public bool MoveToNextBucket()
    {
        while (_current < _buckets && _counts[_current] == 0)
        {
            _current++;
        }

        CurrentStartNs = _startNs + ((long)_current << WidthBits);
        return _current < _buckets;
    }

    /// <summary>Empties the current bucket in the order of its filling, and steps past it.</summary>
    public void TakeCurrent(ref EventPool pool, Span<SimulationEvent> into)
    {
        int node = _heads[_current];
        for (int i = into.Length - 1; i >= 0; i--)
        {
            node = pool.Take(node, out into[i]);
        }

        StepPast();
    }

    public void MoveCurrentTo(ref EventPool pool, LadderRung finer)
    {
        // Reversed twice: first by walking the list from its end, then by adding at the front.
        int node = pool.Reversed(_heads[_current]);
        while (node != EventPool.None)
        {
            int next = pool.Next(node);
            int bucket = (int)((pool.TimeNs(node) - finer._startNs) >> finer.WidthBits);
            pool.Link(node, finer._heads[bucket]);
            finer._heads[bucket] = node;
            finer._counts[bucket]++;
            node = next;
        }

        StepPast();
    }

    private void StepPast()
    {
        _heads[_current] = EventPool.None;
        _counts[_current] = 0;
        _current++;
        CurrentStartNs = _startNs + ((long)_current << WidthBits);
    }
}
