namespace Headroom.Dissemination.Ordering;

/// <summary>The stamps of the latest payloads of each member, by the body's handle. A member's room is made when it needs it first and used again.</summary>
internal sealed class StampRows(int members, int capacity, int lengthMax)
{
    private readonly Row[] _rows = new Row[members];

    /// <summary>Keeps the stamp of a body, in place of an earlier one of that body, else of the oldest.</summary>
    public void Put(int member, int body, ReadOnlySpan<byte> stamp)
    {
        ref Row row = ref _rows[member];
        row.Bodies ??= new int[capacity];
        row.Lengths ??= new ushort[capacity];
        row.Bytes ??= new byte[capacity * lengthMax];
        int at = Array.IndexOf(row.Bodies, body);
        if (at < 0)
        {
            at = row.Next;
            row.Next = (at + 1) % capacity;
        }

        row.Bodies[at] = body;
        row.Lengths[at] = (ushort)stamp.Length;
        stamp.CopyTo(row.Bytes.AsSpan(at * lengthMax));
    }

    /// <summary>The stamp of a body; empty when it is not kept.</summary>
    public ReadOnlySpan<byte> Get(int member, int body)
    {
        ref Row row = ref _rows[member];
        int at = row.Bodies is null ? -1 : Array.IndexOf(row.Bodies, body);
        return at < 0 ? default : row.Bytes.AsSpan(at * lengthMax, row.Lengths![at]);
    }

    public void Clear(int member) => _rows[member] = default;

    private struct Row
    {
        public int[]? Bodies;
        public ushort[]? Lengths;
        public byte[]? Bytes;
        public int Next;
    }
}
