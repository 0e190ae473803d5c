using System.Numerics;
using Headroom.Simulation.Hosting;

namespace Headroom.Dissemination.Memory;

/// <summary>
/// What members remember of broadcasts: for each member the latest <c>Capacity</c> broadcasts it heard of, each with the handle of its body
/// (0 while only heard of) and the protocol's own state. The oldest is forgotten first, so memory is bounded and a copy that comes after its
/// broadcast was forgotten counts as new. Members share a few arrays; a member touches only its own rows. Up to 16 broadcasts are searched
/// one by one, more by a hash index.
/// </summary>
public sealed class BroadcastMemory<TState>
    where TState : struct
{
    /// <summary>The slot of a broadcast not remembered.</summary>
    public const int None = -1;

    private const int ScanMax = 16;

    private readonly Entry[] _entries;
    private readonly Ring[] _rings;
    private readonly int[] _index;
    private readonly int _indexSize;

    public BroadcastMemory(int members, int capacity = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(members);
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        Capacity = capacity;
        _entries = new Entry[checked(members * capacity)];
        _rings = new Ring[members];
        _indexSize = capacity <= ScanMax ? 0 : (int)BitOperations.RoundUpToPowerOf2((uint)capacity * 2);
        _index = new int[checked(members * _indexSize)];
    }

    public int Capacity { get; }

    /// <summary>How many broadcasts a member remembers.</summary>
    public int Count(int member) => _rings[member].Count;

    /// <summary>The slot of the i-th oldest broadcast that a member remembers.</summary>
    public int SlotAt(int member, int i)
    {
        ref Ring ring = ref _rings[member];
        int at = ring.Next - ring.Count + i;
        return (member * Capacity) + (at < 0 ? at + Capacity : at);
    }

    /// <summary>The slot of a broadcast, or <see cref="None"/>.</summary>
    public int Find(int member, long broadcast)
    {
        if (_indexSize > 0)
        {
            return _index[Probe(member, broadcast)] - 1;
        }

        // An entry tells by itself whether it is in use: a search touches one place in memory.
        int first = member * Capacity;
        foreach (ref readonly Entry entry in _entries.AsSpan(first, Capacity))
        {
            if (entry.BodyPlusOne == 0)
            {
                return None;
            }

            if (entry.Broadcast == broadcast)
            {
                return first;
            }

            first++;
        }

        return None;
    }

    /// <summary>Asks for what a member remembers, ahead of its turn.</summary>
    public void Foresee(int member)
    {
        CacheHint.Ask(_rings[member]);
        CacheHint.Ask(_entries[member * Capacity]);
    }

    /// <summary>Remembers a broadcast not yet remembered, with a fresh state, and gives its slot; the oldest makes room.</summary>
    public int Add(int member, long broadcast, int body)
    {
        ref Ring ring = ref _rings[member];
        int slot = (member * Capacity) + ring.Next;
        if (ring.Count == Capacity)
        {
            if (_indexSize > 0)
            {
                Unindex(member, _entries[slot].Broadcast);
            }
        }
        else
        {
            ring.Count++;
        }

        ring.Next = ring.Next + 1 == Capacity ? 0 : ring.Next + 1;
        _entries[slot] = new Entry { Broadcast = broadcast, BodyPlusOne = body + 1 };
        if (_indexSize > 0)
        {
            _index[Probe(member, broadcast)] = slot + 1;
        }

        return slot;
    }

    public long Broadcast(int slot) => _entries[slot].Broadcast;

    /// <summary>The body's handle; 0 while the member has only heard of the broadcast.</summary>
    public int Body(int slot) => _entries[slot].BodyPlusOne - 1;

    public void SetBody(int slot, int body) => _entries[slot].BodyPlusOne = body + 1;

    public ref TState State(int slot) => ref _entries[slot].State;

    /// <summary>The member lost its memory.</summary>
    public void Clear(int member)
    {
        _rings[member] = default;
        _entries.AsSpan(member * Capacity, Capacity).Clear();
        _index.AsSpan(member * _indexSize, _indexSize).Clear();
    }

    /// <summary>The place in the index that holds the broadcast, or the free one where it would go.</summary>
    private int Probe(int member, long broadcast)
    {
        int start = member * _indexSize;
        int at = Home(broadcast);
        while (_index[start + at] != 0 && _entries[_index[start + at] - 1].Broadcast != broadcast)
        {
            at = (at + 1) & (_indexSize - 1);
        }

        return start + at;
    }

    /// <summary>Takes a broadcast out of the index; those that had to step past its place move back.</summary>
    private void Unindex(int member, long broadcast)
    {
        int start = member * _indexSize;
        int mask = _indexSize - 1;
        int hole = Probe(member, broadcast) - start;
        for (int at = (hole + 1) & mask; _index[start + at] != 0; at = (at + 1) & mask)
        {
            int home = Home(_entries[_index[start + at] - 1].Broadcast);
            if (((at - home) & mask) >= ((at - hole) & mask))
            {
                _index[start + hole] = _index[start + at];
                hole = at;
            }
        }

        _index[start + hole] = 0;
    }

    /// <summary>Fibonacci hashing: the high bits of a product with 2^64 over the golden ratio.</summary>
    private int Home(long broadcast) => (int)(((ulong)broadcast * 0x9E3779B97F4A7C15) >> (64 - BitOperations.Log2((uint)_indexSize)));

    private struct Entry
    {
        public long Broadcast;

        /// <summary>0 in an entry not in use.</summary>
        public int BodyPlusOne;
        public TState State;
    }

    private struct Ring
    {
        public int Count;
        public int Next;
    }
}
