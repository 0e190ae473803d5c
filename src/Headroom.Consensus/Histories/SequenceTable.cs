namespace Headroom.Consensus.Histories;

/// <summary>
/// Sequences of numbers, each by one name: a trie whose nodes are the sequences. Equal sequences have equal names, so that a text of two thousand characters is compared
/// by one comparison and extended by one look-up for each character added. The name of the empty sequence is 0.
/// </summary>
public sealed class SequenceTable
{
    public const int Empty = 0;

    private readonly SequenceTable? _base;
    private readonly int _baseCount;
    private readonly Dictionary<(int Parent, long Last), int> _children = [];
    private readonly List<(int Parent, long Last, int Length)> _nodes = [];

    public SequenceTable() => _nodes.Add((-1, 0, 0));

    private SequenceTable(SequenceTable origin) => (_base, _baseCount) = (origin, origin.Count);

    /// <summary>How many sequences have names.</summary>
    public int Count => _baseCount + _nodes.Count;

    /// <summary>A table that knows all sequences of this one by the same names and gives names to others without touching this one, which must not grow meanwhile.</summary>
    public SequenceTable Branch() => new(this);

    public int Length(int sequence) => Node(sequence).Length;

    /// <summary>The name of the sequence followed by one more number.</summary>
    public int Append(int sequence, long last)
    {
        if (TryFind(sequence, last, out int found))
        {
            return found;
        }

        int name = Count;
        _nodes.Add((sequence, last, Node(sequence).Length + 1));
        _children.Add((sequence, last), name);
        return name;
    }

    /// <summary>The name of one sequence followed by another; takes as many look-ups as the second is long.</summary>
    public int Concatenate(int first, int second)
    {
        int length = Length(second);
        Span<long> tail = length <= 256 ? stackalloc long[length] : new long[length];
        CopyTo(second, tail);
        return Extend(first, tail);
    }

    public int Extend(int sequence, ReadOnlySpan<long> tail)
    {
        foreach (long number in tail)
        {
            sequence = Append(sequence, number);
        }

        return sequence;
    }

    public int OfText(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        int sequence = Empty;
        foreach (char character in text)
        {
            sequence = Append(sequence, character);
        }

        return sequence;
    }

    public string Text(int sequence) => string.Create(Length(sequence), (Table: this, sequence), static (span, source) =>
    {
        int at = source.sequence;
        for (int i = span.Length - 1; i >= 0; i--)
        {
            (at, long last, _) = source.Table.Node(at);
            span[i] = (char)last;
        }
    });

    /// <summary>Writes the sequence to the start of a span that is at least as long.</summary>
    public void CopyTo(int sequence, Span<long> numbers)
    {
        for (int i = Length(sequence) - 1; i >= 0; i--)
        {
            (sequence, numbers[i], _) = Node(sequence);
        }
    }

    private (int Parent, long Last, int Length) Node(int sequence) => sequence < _baseCount ? _base!.Node(sequence) : _nodes[sequence - _baseCount];

    private bool TryFind(int sequence, long last, out int found)
    {
        if (sequence < _baseCount && _base!.TryFind(sequence, last, out found) && found < _baseCount)
        {
            return true;
        }

        return _children.TryGetValue((sequence, last), out found);
    }
}
