using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Headroom.Simulation.Hosting;

namespace Headroom.Simulation.Events;

/// <summary>
/// Lists of events in blocks of <see cref="Length"/> neighbours: an append writes beside the append before it, so that a list costs a cache line
/// every few events rather than one each. Freed blocks are used again, last in, first out. Each block links to the one filled before it.
/// </summary>
internal sealed class EventBlocks
{
    public const int Length = 1 << LengthBits;
    private const int LengthBits = 5;
    private const int None = -1;
    private const int Lines = (Length * 24 + 63) / 64;

    private SimulationEvent[] _events = new SimulationEvent[16 * Length];
    private int[] _links = new int[16];
    private int _used;
    private int _free = None;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Append(ref EventList list, in SimulationEvent item)
    {
        int within = list.Count & (Length - 1);
        if (within == 0)
        {
            Extend(ref list);
        }

        list.Count++;
        Place(list.LastBlock, within) = item.Copied();
    }

    /// <summary>Empties a list, in the order of its filling.</summary>
    public void MoveTo(ref EventList list, Span<SimulationEvent> into)
    {
        Debug.Assert(into.Length == list.Count, "room for the whole list");
        int block = list.LastBlock;
        int start = (list.Count - 1) & -Length;
        int count = list.Count - start;
        while (start >= 0)
        {
            Items(block, count).CopyTo(into[start..]);
            block = Free(block);
            start -= Length;
            count = Length;
        }

        list.Count = 0;
    }

    /// <summary>Turns the links of a list so that they lead forward, and gives the first block.</summary>
    public int TurnForward(in EventList list)
    {
        int block = list.LastBlock;
        int next = None;
        for (int left = list.Count; left > 0; left -= Length)
        {
            CacheHint.AskLines(_events[block << LengthBits], Lines);
            int before = _links[block];
            _links[block] = next;
            next = block;
            block = before;
        }

        return next;
    }

    /// <summary>What the first so many events of a chain of blocks have in common.</summary>
    public EventSpread Spread(int block, int count)
    {
        var spread = new EventSpread { MinNs = long.MaxValue, MaxNs = 0, LastOrder = long.MinValue, IsOrdered = true };
        long someNs = _events[block << LengthBits].TimeNs;
        double sum = 0;
        for (int left = count; left > 0; left -= Length, block = _links[block])
        {
            foreach (ref readonly SimulationEvent item in Items(block, Math.Min(left, Length)))
            {
                spread.MinNs = Math.Min(spread.MinNs, item.TimeNs);
                spread.MaxNs = Math.Max(spread.MaxNs, item.TimeNs);
                sum += item.TimeNs - someNs;
                spread.IsOrdered &= item.Order > spread.LastOrder;
                spread.LastOrder = item.Order;
            }
        }

        spread.MeanAboveMinNs = (sum / count) + (someNs - spread.MinNs);
        return spread;
    }

    public Span<SimulationEvent> Items(int block, int count) => _events.AsSpan(block << LengthBits, count);

    /// <summary>Gives a block back; the answer is the block that it linked to.</summary>
    public int Free(int block)
    {
        ref int link = ref _links[block];
        int linked = link;
        link = _free;
        _free = block;
        return linked;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Extend(ref EventList list)
    {
        int block = _free;
        if (block != None)
        {
            _free = _links[block];
        }
        else
        {
            if (_used == _links.Length)
            {
                Array.Resize(ref _links, _used * 2);
                Array.Resize(ref _events, _used * 2 * Length);
            }

            block = _used++;
        }

        _links[block] = list.LastBlock;
        list.LastBlock = block;
    }

    /// <summary>A place in the array without a bounds check: blocks come from <see cref="Extend"/> alone.</summary>
    private ref SimulationEvent Place(int block, int within)
    {
        Debug.Assert((uint)block < (uint)_used && (uint)within < Length, "a rented block");
        return ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_events), (block << LengthBits) + within);
    }
}

/// <summary>A list in <see cref="EventBlocks"/>; the default value is empty. The last block holds what is left over from full ones.</summary>
internal struct EventList
{
    public int LastBlock;
    public int Count;
}

/// <summary>The times of some events, and whether their order numbers ascend.</summary>
internal struct EventSpread
{
    public long MinNs;
    public long MaxNs;
    public double MeanAboveMinNs;
    public long LastOrder;
    public bool IsOrdered;

    public readonly long RangeNs => MaxNs - MinNs;
}
