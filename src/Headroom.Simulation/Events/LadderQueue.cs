using System.Numerics;

namespace Headroom.Simulation.Events;

/// <summary>
/// A ladder queue (Tang, Goh and Thng 2005 [tang2005]): far events wait unsorted in <em>top</em>; when everything nearer is used up they are
/// spread over a rung of buckets about eight events wide; a bucket with too many events is spread over a finer rung; a small bucket is
/// sorted into <em>bottom</em>, from which events leave. Amortised O(1) an event for any smooth distribution; a bucket of equal times is
/// sorted by sequence, O(log n). Widths are powers of two nanoseconds. All storage is reused: no allocation in steady state.
/// </summary>
public sealed class LadderQueue : IEventQueue
{
    private const int SortedBucketMax = 64;
    private const int BottomMax = 192;
    private const int RungsMax = 12;
    private const int EventsPerBucketBits = 3;

    private readonly LadderRung[] _rungs = new LadderRung[RungsMax];
    private EventPool _pool = new();
    private int _rungCount;

    // Events at or after _topStartNs wait here.
    private SimulationEvent[] _top = new SimulationEvent[64];
    private int _topCount;
    private long _topStartNs;
    private long _topMinNs = long.MaxValue;
    private long _topMaxNs = long.MinValue;

    // Ascending between _head and _tail.
    private SimulationEvent[] _bottom = new SimulationEvent[256];
    private int _head;
    private int _tail;

    public int Count { get; private set; }

    public void Enqueue(in SimulationEvent item)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((ulong)item.TimeNs, (ulong)SimulationEvent.TimeNsMax, nameof(item));
        Count++;
        if (item.TimeNs >= _topStartNs)
        {
            AddToTop(item);
            return;
        }

        for (int i = 0; i < _rungCount; i++)
        {
            LadderRung rung = _rungs[i];
            if (item.TimeNs >= rung.CurrentStartNs)
            {
                rung.Add(ref _pool, item);
                return;
            }
        }

        AddToBottom(item);
    }

    public bool TryDequeue(long untilNs, out SimulationEvent item)
    {
        if (_head == _tail && !Refill())
        {
            item = default;
            return false;
        }

        ref SimulationEvent first = ref _bottom[_head];
        if (first.TimeNs > untilNs)
        {
            item = default;
            return false;
        }

        item = first;
        _head++;
        Count--;
        return true;
    }

    private void AddToTop(in SimulationEvent item)
    {
        if (_topCount == _top.Length)
        {
            Array.Resize(ref _top, _topCount * 2);
        }

        _top[_topCount++] = item;
        _topMinNs = Math.Min(_topMinNs, item.TimeNs);
        _topMaxNs = Math.Max(_topMaxNs, item.TimeNs);
    }

    private void AddToBottom(in SimulationEvent item)
    {
        if (_tail == _bottom.Length)
        {
            MakeRoomInBottom(1);
        }

        if (_head == _tail || _bottom[_tail - 1].IsBefore(item))
        {
            _bottom[_tail++] = item;
            return;
        }

        if (_tail - _head >= BottomMax && _rungCount < RungsMax && _bottom[_head].TimeNs < _bottom[_tail - 1].TimeNs && item.TimeNs >= _bottom[_head].TimeNs)
        {
            SpreadBottom();
            _rungs[_rungCount - 1].Add(ref _pool, item);
            return;
        }

        int at = _tail++;
        while (at > _head && item.IsBefore(_bottom[at - 1]))
        {
            _bottom[at] = _bottom[at - 1];
            at--;
        }

        _bottom[at] = item;
    }

    /// <summary>A bottom that has grown becomes the finest rung; it reaches to where the next rung (or top) begins.</summary>
    private void SpreadBottom()
    {
        long start = _bottom[_head].TimeNs;
        long end = _rungCount > 0 ? _rungs[_rungCount - 1].CurrentStartNs : _topStartNs;
        LadderRung rung = NextRung();
        rung.Open(start, WidthBits(end - start, _tail - _head), end);
        for (int i = _head; i < _tail; i++)
        {
            rung.Add(ref _pool, _bottom[i]);
        }

        _head = _tail = 0;
    }

    private bool Refill()
    {
        _head = _tail = 0;
        while (true)
        {
            while (_rungCount > 0)
            {
                LadderRung rung = _rungs[_rungCount - 1];
                if (!rung.MoveToNextBucket())
                {
                    _rungCount--;
                    continue;
                }

                int count = rung.CurrentCount;
                if (count > SortedBucketMax && rung.WidthBits > 0 && _rungCount < RungsMax)
                {
                    SpreadBucket(rung, count);
                    continue;
                }

                MakeRoomInBottom(count);
                rung.TakeCurrent(ref _pool, _bottom.AsSpan(0, count));
                _tail = count;
                SortBottom();
                return true;
            }

            if (_topCount == 0)
            {
                return false;
            }

            if (SpreadTop())
            {
                return true;
            }
        }
    }

    private void SpreadBucket(LadderRung rung, int count)
    {
        long start = rung.CurrentStartNs;
        LadderRung finer = NextRung();
        // The finer rung covers the bucket exactly: buckets are powers of two wide.
        finer.Open(start, Math.Max(0, rung.WidthBits - (BitOperations.Log2((uint)count) + 1 - EventsPerBucketBits)), start + (1L << rung.WidthBits));
        rung.MoveCurrentTo(ref _pool, finer);
    }

    /// <summary>True when top was small enough to be sorted at once.</summary>
    private bool SpreadTop()
    {
        bool sorted = _topCount <= SortedBucketMax || _topMinNs == _topMaxNs;
        _topStartNs = _topMaxNs + 1;
        if (sorted)
        {
            MakeRoomInBottom(_topCount);
            Array.Copy(_top, _bottom, _topCount);
            _tail = _topCount;
            SortBottom();
        }
        else
        {
            LadderRung rung = NextRung();
            rung.Open(_topMinNs, WidthBits(_topMaxNs - _topMinNs, _topCount), _topStartNs);
            for (int i = 0; i < _topCount; i++)
            {
                rung.Add(ref _pool, _top[i]);
            }
        }

        _topCount = 0;
        _topMinNs = long.MaxValue;
        _topMaxNs = long.MinValue;
        return sorted;
    }

    private LadderRung NextRung() => _rungs[_rungCount++] ??= new LadderRung();

    private void MakeRoomInBottom(int more)
    {
        if (_head > 0)
        {
            Array.Copy(_bottom, _head, _bottom, 0, _tail - _head);
            _tail -= _head;
            _head = 0;
        }

        if (_tail + more > _bottom.Length)
        {
            Array.Resize(ref _bottom, Math.Max(_tail + more, _bottom.Length * 2));
        }
    }

    private void SortBottom()
    {
        Span<SimulationEvent> items = _bottom.AsSpan(0, _tail);
        if (items.Length > SortedBucketMax)
        {
            items.Sort();
            return;
        }

        // Few and nearly in order: buckets come out in the order of scheduling.
        for (int i = 1; i < items.Length; i++)
        {
            if (!items[i].IsBefore(items[i - 1]))
            {
                continue;
            }

            SimulationEvent item = items[i];
            int at = i;
            while (at > 0 && item.IsBefore(items[at - 1]))
            {
                items[at] = items[at - 1];
                at--;
            }

            items[at] = item;
        }
    }

    /// <summary>Bits of a bucket's width such that a bucket holds about eight events: fewer lists to touch, and so few are sorted in the first-level cache.</summary>
    private static int WidthBits(long spanNs, int events)
    {
        long width = Math.Max(1, spanNs / events);
        return BitOperations.Log2((ulong)width) + EventsPerBucketBits;
    }
}
