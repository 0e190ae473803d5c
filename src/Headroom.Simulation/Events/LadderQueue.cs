using System.Numerics;
using System.Runtime.CompilerServices;

namespace Headroom.Simulation.Events;

/// <summary>
/// A ladder queue (Tang, Goh and Thng 2005 [tang2005]): events wait unsorted in the buckets of a rung; when a bucket's turn comes and it holds
/// too many, they are spread over a finer rung; a small bucket is sorted into <em>bottom</em>, from which events leave. We depart from the paper
/// in four things. Far events wait in the last, endless bucket of each rung rather than in a <em>top</em> of their own, so that a few timers far
/// ahead do not widen the buckets of all others. A rung has so few buckets that the ends of all stay in the cache, and buckets are chains of
/// blocks (<see cref="EventBlocks"/>): hardly an append misses the cache. A rung's width comes from the very events that are spread, so that there
/// is nothing to tune. A large bucket of one and the same time leaves from where it lies, block by block. Amortised O(1) an event for
/// any distribution of times; widths are powers of two nanoseconds; all storage is reused: no allocation in steady state.
/// </summary>
public sealed partial class LadderQueue : IEventQueue
{
    private const int SortedMax = EventBlocks.Length;
    private const int BottomMax = 48;
    private const int InsertedFromTail = 2;
    private const int RungsMax = 16;
    private const int EventsPerBucketBits = 4;
    private const int BucketBitsMax = LadderRung.BucketBitsMax;
    private const int Endless = 64;
    private const int Sampled = 8;

    private readonly LadderRung[] _rungs = new LadderRung[RungsMax];
    private readonly EventBlocks _blocks = new();
    private int _rungCount;

    // Ascending between _head and _tail; before everything else. While there are no rungs, everything.
    private SimulationEvent[] _bottom = new SimulationEvent[2 * BottomMax];
    private int _head;
    private int _tail;

    // Beyond so many bottom needs a closer look; 0 while there is a run.
    private int _bottomLimit = BottomMax;

    public int Count { get; private set; }

    public void Enqueue(in SimulationEvent item)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((ulong)item.TimeNs, (ulong)SimulationEvent.TimeNsMax, nameof(item));
        if (Count++ == 0)
        {
            StartWith(item);
        }
        else
        {
            AddToOthers(item);
        }
    }

    private void AddToOthers(in SimulationEvent item)
    {
        for (int i = 0; i < _rungCount; i++)
        {
            LadderRung rung = _rungs[i];
            if (item.TimeNs >= rung.CurrentStartNs)
            {
                _blocks.Append(ref rung.BucketOf(item.TimeNs), item);
                return;
            }
        }

        AddToBottom(item);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
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

        item = first.Copied();
        _head++;
        Count--;
        return true;
    }

    /// <summary>How often events were sorted anew.</summary>
    internal long Refills { get; private set; }

    /// <summary>Events soon to leave, in no order: those of the next bucket, or if it must be spread first, those sorted already.</summary>
    internal ReadOnlySpan<SimulationEvent> Soon
    {
        get
        {
            if (_rungCount > 0 && !HasRun)
            {
                LadderRung rung = _rungs[_rungCount - 1];
                if (!rung.IsBeyond && rung.Current.Count is > 0 and <= SortedMax)
                {
                    return _blocks.Items(rung.Current.LastBlock, rung.Current.Count);
                }
            }

            return _bottom.AsSpan(_head, _tail - _head);
        }
    }

    private void AddToBottom(in SimulationEvent item)
    {
        if (_tail - _head < _bottomLimit && _tail < _bottom.Length)
        {
            InsertIntoBottom(item);
        }
        else
        {
            AddToFullBottom(item);
        }
    }

    private void AddToFullBottom(in SimulationEvent item)
    {
        if (HasRun && TryAddToRun(item))
        {
            return;
        }

        if (_tail == _bottom.Length)
        {
            MakeRoomInBottom(1);
        }

        if (_tail - _head < BottomMax || _rungCount == RungsMax || _bottom[_head].TimeNs == _bottom[_tail - 1].TimeNs || _bottom[_tail - 1].IsBefore(item))
        {
            InsertIntoBottom(item);
        }
        else
        {
            SpreadBottom();
            AddToOthers(item);
        }
    }

    /// <summary>From the nearer end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void InsertIntoBottom(in SimulationEvent item)
    {
        int head = _head;
        int tail = _tail;
        ref SimulationEvent first = ref _bottom[head];
        ref SimulationEvent place = ref _bottom[tail];
        if (tail - head > InsertedFromTail && head > 0 && item.IsBefore(Unsafe.Add(ref first, (tail - head) >> 1)))
        {
            _head = head - 1;
            place = ref Unsafe.Add(ref first, -1);
            while (Unsafe.Add(ref place, 1).IsBefore(item))
            {
                place = Unsafe.Add(ref place, 1).Copied();
                place = ref Unsafe.Add(ref place, 1);
            }
        }
        else
        {
            _tail = tail + 1;
            while (Unsafe.IsAddressGreaterThan(ref place, ref first) && item.IsBefore(Unsafe.Add(ref place, -1)))
            {
                place = Unsafe.Add(ref place, -1).Copied();
                place = ref Unsafe.Add(ref place, -1);
            }
        }

        place = item.Copied();
    }

    /// <summary>The only event: rungs opened for others are empty and closed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void StartWith(in SimulationEvent item)
    {
        _rungCount = 0;
        _bottom[0] = item.Copied();
        _head = 0;
        _tail = 1;
    }

    /// <summary>A bottom that has grown becomes the finest rung.</summary>
    private void SpreadBottom()
    {
        EventList list = default;
        foreach (ref readonly SimulationEvent item in _bottom.AsSpan(_head, _tail - _head))
        {
            _blocks.Append(ref list, item);
        }

        _head = _tail = 0;
        TakeRun(ref list);
        Spread(ref list, 0, Endless);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool Refill()
    {
        _head = _tail = 0;
        Refills++;
        while (true)
        {
            if (HasRun)
            {
                RefillFromRun();
                return true;
            }

            if (_rungCount == 0)
            {
                return false;
            }

            LadderRung rung = _rungs[_rungCount - 1];
            rung.MoveToNextBucket();
            EventList list = rung.Current;
            rung.Current = default;
            long startNs = rung.CurrentStartNs;
            // What is left at the end of a rung becomes a rung of its own, in this one's place.
            int widthBits = rung.IsBeyond ? Endless : rung.WidthBits;
            if (widthBits == Endless)
            {
                _rungCount--;
            }
            else
            {
                rung.StepPast();
            }

            if (list.Count > SortedMax && _rungCount < RungsMax)
            {
                Spread(ref list, startNs, widthBits);
            }
            else if (list.Count > 0)
            {
                SortIntoBottom(ref list);
                return true;
            }
        }
    }

    private void SortIntoBottom(ref EventList list)
    {
        int count = list.Count;
        MakeRoomInBottom(count);
        Span<SimulationEvent> items = _bottom.AsSpan(_tail, count);
        _tail += count;
        if (count > SortedMax)
        {
            _blocks.MoveTo(ref list, items);
            items.Sort();
        }
        else
        {
            // One block.
            SmallSort.Sort(_blocks.Items(list.LastBlock, count), items);
            _blocks.Free(list.LastBlock);
            list.Count = 0;
        }
    }

    /// <summary>Spreads a bucket over a new finest rung, or makes it the run if all its times are equal.</summary>
    private void Spread(ref EventList list, long startNs, int widthBits)
    {
        int count = list.Count;
        int firstBlock = _blocks.TurnForward(list);
        int bucketBits = BucketBits(count, widthBits);
        int finerBits;
        int buckets;
        // A few of the events tell whether they fill the bucket.
        if (widthBits != Endless && _blocks.Spread(firstBlock, Sampled).RangeNs >> Math.Max(0, widthBits - 3) > 0)
        {
            finerBits = Math.Max(0, widthBits - bucketBits);
            buckets = 1 << (widthBits - finerBits);
        }
        else
        {
            EventSpread spread = _blocks.Spread(firstBlock, count);
            if (spread.RangeNs == 0)
            {
                // What comes later waits in a rung without buckets.
                NextRung().Open(spread.MinNs + 1, 0, 0);
                StartRun(firstBlock, count, spread);
                return;
            }

            // At most a third of the events lie beyond three times their mean.
            long range = Math.Min(spread.RangeNs, (long)(3 * spread.MeanAboveMinNs));
            finerBits = Math.Max(0, BitOperations.Log2((ulong)range | 1) + 1 - bucketBits);
            buckets = (int)(range >> finerBits) + 1;
            startNs = spread.MinNs;
        }

        LadderRung rung = NextRung();
        rung.Open(startNs, finerBits, buckets);
        for (int block = firstBlock, left = count; left > 0; left -= EventBlocks.Length)
        {
            foreach (ref readonly SimulationEvent item in _blocks.Items(block, Math.Min(left, EventBlocks.Length)))
            {
                _blocks.Append(ref rung.BucketOf(item.TimeNs), item);
            }

            block = _blocks.Free(block);
        }
    }

    private LadderRung NextRung() => _rungs[_rungCount++] ??= new LadderRung();

    /// <summary>
    /// Buckets of a new rung, in bits: eight to sixteen events a bucket, in as many levels as the cache asks for, all alike. The events of an endless
    /// bucket lie densest near its start and more come while it is used up: twice as many buckets.
    /// </summary>
    private static int BucketBits(int count, int widthBits)
    {
        int bits = BitOperations.Log2((uint)count) + 1 - EventsPerBucketBits + (widthBits == Endless ? 1 : 0);
        int levels = Math.Max(1, (bits - 2 + BucketBitsMax) / BucketBitsMax);
        return Math.Min((bits + levels - 1) / levels, BucketBitsMax);
    }

    private void MakeRoomInBottom(int more)
    {
        int count = _tail - _head;
        if (count + more > _bottom.Length / 2)
        {
            Array.Resize(ref _bottom, Math.Max(count + more, _bottom.Length) * 2);
        }

        Array.Copy(_bottom, _head, _bottom, 0, count);
        _tail = count;
        _head = 0;
    }
}
