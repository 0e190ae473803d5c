namespace Headroom.Dissemination.Memory;

/// <summary>A short list of peers for each member, in one array: bounded, without repetition, in the order of adding until one is removed.</summary>
public sealed class PeerRows
{
    private readonly int[] _peers;
    private readonly int[] _counts;

    public PeerRows(int members, int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(members);
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        Capacity = capacity;
        _peers = new int[checked(members * capacity)];
        _counts = new int[members];
    }

    public int Capacity { get; }

    public int Count(int member) => _counts[member];

    public ReadOnlySpan<int> Of(int member) => Row(member);

    public bool Contains(int member, int peer) => Row(member).Contains(peer);

    /// <summary>False when the list is full or holds the peer already.</summary>
    public bool Add(int member, int peer)
    {
        if (_counts[member] == Capacity || Contains(member, peer))
        {
            return false;
        }

        _peers[(member * Capacity) + _counts[member]++] = peer;
        return true;
    }

    /// <summary>Adds a peer; a full list forgets its first.</summary>
    public void Push(int member, int peer)
    {
        if (_counts[member] == Capacity && !Contains(member, peer))
        {
            Span<int> row = Row(member);
            row[1..].CopyTo(row);
            _counts[member]--;
        }

        Add(member, peer);
    }

    /// <summary>False when the list did not hold the peer. The last takes its place.</summary>
    public bool Remove(int member, int peer)
    {
        Span<int> row = Row(member);
        int at = row.IndexOf(peer);
        if (at < 0)
        {
            return false;
        }

        row[at] = row[^1];
        _counts[member]--;
        return true;
    }

    public void Clear(int member) => _counts[member] = 0;

    private Span<int> Row(int member) => _peers.AsSpan(member * Capacity, _counts[member]);
}
