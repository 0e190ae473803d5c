namespace Headroom.Dissemination.Batching;

/// <summary>A message that waits to be sent, its head in the member's buffer.</summary>
internal readonly record struct Waiting(int Peer, int Order, int Body, int Start, int Length);

/// <summary>The messages that wait, by member. Room is made when a member needs it first, and used again; bounded.</summary>
public sealed class BatchTables(int members)
{
    /// <summary>Messages that a member lets wait at a time.</summary>
    public const int WaitingMax = 4096;

    /// <summary>Bytes of their heads.</summary>
    public const int HeadBytesMax = 1 << 18;

    private readonly Row[] _rows = new Row[members];

    internal Span<Waiting> Of(int member) => _rows[member].Waiting.AsSpan(0, _rows[member].Count);

    internal ReadOnlySpan<byte> Head(int member, in Waiting waiting) => _rows[member].Heads.AsSpan(waiting.Start, waiting.Length);

    /// <summary>Adds a message, whose head is kept once for all peers it goes to; false when there is no room.</summary>
    internal bool Add(int member, int peer, ReadOnlySpan<byte> head, int body, bool isSameAsLast)
    {
        ref Row row = ref _rows[member];
        isSameAsLast &= row.Count > 0;
        if (row.Count == WaitingMax || (!isSameAsLast && row.Used + head.Length > HeadBytesMax))
        {
            return false;
        }

        row.Waiting ??= new Waiting[8];
        if (row.Count == row.Waiting.Length)
        {
            Array.Resize(ref row.Waiting, 2 * row.Count);
        }

        int start = isSameAsLast ? row.Waiting[row.Count - 1].Start : row.Used;
        if (!isSameAsLast)
        {
            row.Heads ??= new byte[256];
            while (row.Used + head.Length > row.Heads.Length)
            {
                Array.Resize(ref row.Heads, 2 * row.Heads.Length);
            }

            head.CopyTo(row.Heads.AsSpan(start));
            row.Used += head.Length;
        }

        row.Waiting[row.Count] = new Waiting(peer, row.Count, body, start, head.Length);
        row.Count++;
        return true;
    }

    internal void Clear(int member)
    {
        _rows[member].Count = 0;
        _rows[member].Used = 0;
    }

    private struct Row
    {
        public Waiting[]? Waiting;
        public byte[]? Heads;
        public int Count;
        public int Used;
    }
}
