using System.Runtime.InteropServices;

namespace Headroom.Consensus.Histories;

/// <summary>
/// Sequences of numbers, each by one name. Equal sequences have equal names however they were made, so that texts of two thousand characters are compared by one comparison,
/// and joined without being copied: a joined sequence remembers its two halves. Sequences are found again by a polynomial hash modulo 2^61 - 1, which of two halves gives that of
/// the whole, and by comparison where the hash agrees. The name of the empty sequence is 0.
/// </summary>
public sealed class SequenceTable
{
    public const int Empty = 0;

    private const ulong Prime = (1UL << 61) - 1;
    private const ulong Base = 0x0B3A_5D1F_2E97_C46DUL;

    /// <summary>Either two halves, or numbers that lie in the pool from <paramref name="Start"/> on; then <paramref name="First"/> is negative.</summary>
    private readonly record struct Node(int First, int Second, int Start, int Length, ulong Hash, ulong Power, int SameHash);

    private readonly SequenceTable? _origin;
    private readonly int _originCount;
    private readonly List<Node> _nodes = [];
    private readonly List<long> _pool = [];
    private readonly Dictionary<(int First, int Second), int> _joined = [];
    private readonly Dictionary<(ulong Hash, int Length), int> _found = [];

    public SequenceTable()
    {
        _nodes.Add(new Node(-1, -1, 0, 0, 0, 1, -1));
        _found.Add((0, 0), Empty);
    }

    private SequenceTable(SequenceTable origin) => (_origin, _originCount) = (origin, origin.Count);

    /// <summary>How many sequences have names.</summary>
    public int Count => _originCount + _nodes.Count;

    /// <summary>How many numbers are kept; joined sequences keep none of their own.</summary>
    public int Numbers => _pool.Count + (_origin?.Numbers ?? 0);

    /// <summary>A table that knows all sequences of this one by the same names and gives names to others without touching this one, which must not grow meanwhile.</summary>
    public SequenceTable Branch() => new(this);

    public int Length(int sequence) => At(sequence).Length;

    /// <summary>The name of the sequence followed by one more number.</summary>
    public int Append(int sequence, long last) => Concatenate(sequence, Of([last]));

    /// <summary>The name of one sequence followed by another.</summary>
    public int Concatenate(int first, int second)
    {
        if (first == Empty || second == Empty)
        {
            return first + second;
        }

        if (TryJoined(first, second, out int known))
        {
            return known;
        }

        Node before = At(first);
        Node after = At(second);
        ulong hash = Sum(Product(before.Hash, after.Power), after.Hash);
        int length = checked(before.Length + after.Length);
        int name = Find(hash, length, out int sameHash) is not null && TryMatch(first, second, sameHash, out int equal) ? equal
            : Add(new Node(first, second, 0, length, hash, Product(before.Power, after.Power), sameHash));
        _joined.Add((first, second), name);
        return name;
    }

    public int Extend(int sequence, ReadOnlySpan<long> tail) => Concatenate(sequence, Of(tail));

    public int Of(ReadOnlySpan<long> numbers)
    {
        ulong hash = 0;
        ulong power = 1;
        foreach (long number in numbers)
        {
            // Numbers from 0 up give different terms, and no number gives none.
            hash = Sum(Product(hash, Base), ((ulong)number % (Prime - 1)) + 1);
            power = Product(power, Base);
        }

        for (int? name = Find(hash, numbers.Length, out int sameHash); ; name = Following(name.Value))
        {
            if (name is not { } candidate)
            {
                int start = _pool.Count;
                _pool.AddRange(numbers);
                return Add(new Node(-1, -1, start, numbers.Length, hash, power, sameHash));
            }

            if (Holds(candidate, numbers))
            {
                return candidate;
            }
        }
    }

    public int OfText(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        long[] characters = new long[text.Length];
        for (int i = 0; i < characters.Length; i++)
        {
            characters[i] = text[i];
        }

        return Of(characters);
    }

    public string Text(int sequence)
    {
        long[] characters = new long[Length(sequence)];
        CopyTo(sequence, characters);
        return string.Create(characters.Length, characters, static (span, from) =>
        {
            for (int i = 0; i < span.Length; i++)
            {
                span[i] = (char)from[i];
            }
        });
    }

    /// <summary>Writes the sequence to the start of a span that is at least as long.</summary>
    public void CopyTo(int sequence, Span<long> numbers)
    {
        var left = new Stack<(int Sequence, int At)>();
        left.Push((sequence, 0));
        while (left.TryPop(out (int Sequence, int At) next))
        {
            Node node = At(next.Sequence);
            if (node.First >= 0)
            {
                left.Push((node.Second, next.At + At(node.First).Length));
                left.Push((node.First, next.At));
            }
            else
            {
                Kept(next.Sequence, node).CopyTo(numbers[next.At..]);
            }
        }
    }

    private ReadOnlySpan<long> Kept(int sequence, in Node node) =>
        sequence < _originCount ? _origin!.Kept(sequence, node) : CollectionsMarshal.AsSpan(_pool).Slice(node.Start, node.Length);

    private Node At(int sequence) => sequence < _originCount ? _origin!.At(sequence) : _nodes[sequence - _originCount];

    private int Add(in Node node)
    {
        int name = Count;
        _nodes.Add(node);
        _found[(node.Hash, node.Length)] = name;
        return name;
    }

    private bool TryJoined(int first, int second, out int name) =>
        (first < _originCount && second < _originCount && _origin!.TryJoined(first, second, out name) && name < _originCount) || _joined.TryGetValue((first, second), out name);

    /// <summary>The sequence of that hash and length that was named last, and the same to be linked from the next: sequences of one hash are a list.</summary>
    private int? Find(ulong hash, int length, out int sameHash)
    {
        if (_found.TryGetValue((hash, length), out int name) || (_origin is not null && _origin.TryFound(hash, length, _originCount, out name)))
        {
            sameHash = name;
            return name;
        }

        sameHash = -1;
        return null;
    }

    private bool TryFound(ulong hash, int length, int below, out int name)
    {
        if (!_found.TryGetValue((hash, length), out name))
        {
            return _origin is not null && _origin.TryFound(hash, length, _originCount, out name);
        }

        while (name >= below && name >= 0)
        {
            name = At(name).SameHash;
        }

        return name >= 0;
    }

    private int? Following(int sequence) => At(sequence).SameHash is >= 0 and int next ? next : null;

    private bool TryMatch(int first, int second, int head, out int equal)
    {
        long[] numbers = new long[At(first).Length + At(second).Length];
        CopyTo(first, numbers);
        CopyTo(second, numbers.AsSpan(At(first).Length));
        for (int? at = head; at is { } name; at = Following(name))
        {
            if (Holds(name, numbers))
            {
                equal = name;
                return true;
            }
        }

        equal = -1;
        return false;
    }

    private bool Holds(int sequence, ReadOnlySpan<long> numbers)
    {
        Node node = At(sequence);
        if (node.Length != numbers.Length)
        {
            return false;
        }

        if (node.First < 0)
        {
            return Kept(sequence, node).SequenceEqual(numbers);
        }

        long[] own = new long[node.Length];
        CopyTo(sequence, own);
        return numbers.SequenceEqual(own);
    }

    private static ulong Sum(ulong a, ulong b)
    {
        ulong sum = a + b;
        return sum >= Prime ? sum - Prime : sum;
    }

    private static ulong Product(ulong a, ulong b)
    {
        UInt128 product = (UInt128)a * b;
        return Sum((ulong)(product >> 61), (ulong)product & Prime);
    }
}
