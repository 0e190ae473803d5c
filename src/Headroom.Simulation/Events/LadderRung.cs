using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Headroom.Simulation.Events;

/// <summary>
/// One rung: buckets of 2^<see cref="WidthBits"/> nanoseconds, and one more for whatever lies beyond them. The buckets before the current one
/// are empty.
/// </summary>
internal sealed class LadderRung
{
    public const int BucketBitsMax = 9;
    private const int BucketsMax = 1 << BucketBitsMax;

    private readonly EventList[] _buckets = new EventList[BucketsMax + 1];
    private long _startNs;
    private int _current;
    private int _beyond;

    public int WidthBits { get; private set; }

    /// <summary>Events at or after this time belong here, unless they belong to a coarser rung.</summary>
    public long CurrentStartNs { get; private set; }

    /// <summary>The current bucket is the last, which has no width.</summary>
    public bool IsBeyond => _current == _beyond;

    public ref EventList Current => ref _buckets[_current];

    /// <summary>Opens an empty rung with so many buckets before the last.</summary>
    public void Open(long startNs, int widthBits, int buckets)
    {
        Debug.Assert(buckets is >= 0 and <= BucketsMax, "few enough that their ends stay in the cache");
        _startNs = startNs;
        _beyond = buckets;
        _current = 0;
        WidthBits = widthBits;
        CurrentStartNs = startNs;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref EventList BucketOf(long timeNs)
    {
        long bucket = Math.Min((timeNs - _startNs) >> WidthBits, _beyond);
        Debug.Assert(bucket >= _current, "not before the current bucket");
        return ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_buckets), (nint)bucket);
    }

    /// <summary>Stops at the first bucket that holds something, or at the last.</summary>
    public void MoveToNextBucket()
    {
        while (_current < _beyond && _buckets[_current].Count == 0)
        {
            _current++;
        }

        CurrentStartNs = _startNs + ((long)_current << WidthBits);
    }

    /// <summary>What lies in the current bucket belongs elsewhere from now on.</summary>
    public void StepPast()
    {
        _current++;
        CurrentStartNs = _startNs + ((long)_current << WidthBits);
    }
}
