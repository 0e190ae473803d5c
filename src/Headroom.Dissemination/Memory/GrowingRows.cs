namespace Headroom.Dissemination.Memory;

/// <summary>A list of values for each member, which takes room only once the member has some and keeps it: for what few members have, or few at a time. Bounded.</summary>
public sealed class GrowingRows<T>
    where T : struct
{
    private readonly T[]?[] _rows;
    private readonly int[] _counts;

    public GrowingRows(int members, int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(members);
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        Capacity = capacity;
        _rows = new T[]?[members];
        _counts = new int[members];
    }

    /// <summary>The most values of one member.</summary>
    public int Capacity { get; }

    public Span<T> Of(int member) => _rows[member].AsSpan(0, _counts[member]);

    public int Count(int member) => _counts[member];

    /// <summary>False when the list is full.</summary>
    public bool Add(int member, in T value)
    {
        ref int count = ref _counts[member];
        if (count == Capacity)
        {
            return false;
        }

        T[] row = _rows[member] ??= new T[Math.Min(4, Capacity)];
        if (count == row.Length)
        {
            Array.Resize(ref _rows[member], Math.Min(2 * count, Capacity));
            row = _rows[member]!;
        }

        row[count++] = value;
        return true;
    }

    /// <summary>Takes the i-th value out; the last takes its place.</summary>
    public void RemoveAt(int member, int i)
    {
        T[] row = _rows[member]!;
        row[i] = row[--_counts[member]];
    }

    public void Clear(int member) => _counts[member] = 0;
}
