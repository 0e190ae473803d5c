using System.Diagnostics;
using Headroom.Simulation.Hosting;
using Headroom.Simulation.Networks;

namespace Headroom.Dissemination.Memory;

/// <summary>
/// For each member a row of other members, ascending, of bounded length, each with a mark: one integer an entry. Members share the arrays; a member touches
/// only its own row. A look-up takes O(log of the row), a change O(row).
/// </summary>
public sealed class MemberRows
{
    /// <summary>The place of a member that is not in the row.</summary>
    public const int None = -1;

    private const int MarkBit = int.MinValue;

    private readonly int[] _entries;
    private readonly int[] _counts;
    private readonly int[] _offsets;
    private readonly int _capacity;

    /// <summary>Empty rows of one capacity.</summary>
    public MemberRows(int members, int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(members);
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        _capacity = capacity;
        _offsets = [];
        _counts = new int[members];
        _entries = new int[checked(members * capacity)];
    }

    private MemberRows(int[] offsets)
    {
        _offsets = offsets;
        _counts = new int[offsets.Length - 1];
        _entries = new int[offsets[^1]];
    }

    /// <summary>Each member's row holds its peers in a topology, unmarked, and has room for no others.</summary>
    public static MemberRows Of(Topology topology)
    {
        ArgumentNullException.ThrowIfNull(topology);
        var offsets = new int[topology.Members + 1];
        for (int member = 0; member < topology.Members; member++)
        {
            offsets[member + 1] = checked(offsets[member] + topology.Degree(member));
        }

        var rows = new MemberRows(offsets);
        for (int member = 0; member < topology.Members; member++)
        {
            rows.Fill(member, topology);
        }

        return rows;
    }

    public int Members => _counts.Length;

    /// <summary>Asks for a member's row, ahead of its turn.</summary>
    public void Foresee(int member)
    {
        CacheHint.Ask(_counts[member]);
        int offset = Offset(member);
        if (offset < _entries.Length)
        {
            CacheHint.Ask(_entries[offset]);
        }
    }

    public int Count(int member) => _counts[member];

    public int Capacity(int member) => _offsets.Length == 0 ? _capacity : _offsets[member + 1] - _offsets[member];

    public bool IsFull(int member) => Count(member) == Capacity(member);

    public int this[int member, int i] => _entries[Offset(member) + i] & ~MarkBit;

    public bool IsMarked(int member, int i) => _entries[Offset(member) + i] < 0;

    public void Mark(int member, int i, bool isMarked)
    {
        ref int entry = ref _entries[Offset(member) + i];
        entry = isMarked ? entry | MarkBit : entry & ~MarkBit;
    }

    /// <summary>Where a peer stands in a member's row; <see cref="None"/> when it does not.</summary>
    public int IndexOf(int member, int peer)
    {
        int i = Place(member, peer);
        return i < Count(member) && this[member, i] == peer ? i : None;
    }

    public bool Contains(int member, int peer) => IndexOf(member, peer) != None;

    /// <summary>Adds a peer unmarked; false when it is there already or the row is full.</summary>
    public bool Add(int member, int peer)
    {
        Debug.Assert(peer >= 0 && peer != member, "a row holds other members");
        int at = Place(member, peer);
        int count = Count(member);
        if (IsFull(member) || (at < count && this[member, at] == peer))
        {
            return false;
        }

        int offset = Offset(member);
        _entries.AsSpan(offset + at, count - at).CopyTo(_entries.AsSpan(offset + at + 1));
        _entries[offset + at] = peer;
        _counts[member]++;
        return true;
    }

    public bool Remove(int member, int peer)
    {
        int i = IndexOf(member, peer);
        if (i != None)
        {
            RemoveAt(member, i);
        }

        return i != None;
    }

    public void RemoveAt(int member, int i)
    {
        int offset = Offset(member);
        int count = _counts[member]--;
        _entries.AsSpan(offset + i + 1, count - i - 1).CopyTo(_entries.AsSpan(offset + i));
    }

    public void Clear(int member) => _counts[member] = 0;

    /// <summary>A member's row as at first in <see cref="Of(Topology)"/>.</summary>
    internal void Fill(int member, Topology topology)
    {
        Clear(member);
        for (int i = 0; i < topology.Degree(member); i++)
        {
            Add(member, topology.Peer(member, i));
        }
    }

    private int Offset(int member) => _offsets.Length == 0 ? member * _capacity : _offsets[member];

    /// <summary>Where a peer stands or would stand.</summary>
    private int Place(int member, int peer)
    {
        int low = 0;
        int high = Count(member);
        while (low < high)
        {
            int middle = (low + high) >> 1;
            (low, high) = this[member, middle] < peer ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
