namespace Headroom.Dissemination.AntiEntropy;

/// <summary>
/// A tree of hashes over a set of numbers for each member [merkle1987]: sixteen children a node, leaves by the first hexadecimal digits of a number's hash. A
/// node's hash is the exclusive or of a second hash of its numbers, so that adding and taking out touch one path. Two sets of this size differ in the
/// hash of a node where they differ below it, but for a chance of 2^-64 each; against somebody who chooses the numbers to deceive it does not guard.
/// </summary>
public sealed class HashTrees
{
    public const int Fanout = 16;

    /// <summary>Numbers that a leaf holds on average when a set is full.</summary>
    private const int LeafSize = 8;

    private readonly ulong[] _hashes;
    private readonly int[] _counts;
    private readonly int[] _levelStarts;
    private readonly int _nodes;

    /// <param name="members">Members with a tree.</param>
    /// <param name="capacity">Numbers that a set may come to hold.</param>
    public HashTrees(int members, int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(members);
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        var starts = new List<int>();
        int level = 1;
        while (true)
        {
            starts.Add(_nodes);
            _nodes += level;
            if ((long)level * LeafSize >= capacity)
            {
                break;
            }

            level *= Fanout;
        }

        _levelStarts = [.. starts];
        _hashes = new ulong[checked(members * _nodes)];
        _counts = new int[_hashes.Length];
    }

    /// <summary>Levels below the root; 0 where the root is the only leaf.</summary>
    public int Depth => _levelStarts.Length - 1;

    /// <summary>Whether there is such a node: the digits that lead to it, as a number.</summary>
    public bool Holds(int level, int prefix) => level >= 0 && level <= Depth && prefix >= 0 && prefix < 1L << (4 * level);

    public ulong Hash(int member, int level, int prefix) => _hashes[Node(member, level, prefix)];

    /// <summary>Numbers below a node.</summary>
    public int Count(int member, int level, int prefix) => _counts[Node(member, level, prefix)];

    /// <summary>The node of a level that a number lies below.</summary>
    public static int Prefix(long number, int level) => level == 0 ? 0 : (int)(Mix((ulong)number) >> (64 - (4 * level)));

    public void Add(int member, long number) => Change(member, number, 1);

    /// <summary>Takes out a number that was added.</summary>
    public void Remove(int member, long number) => Change(member, number, -1);

    public void Clear(int member)
    {
        _hashes.AsSpan(member * _nodes, _nodes).Clear();
        _counts.AsSpan(member * _nodes, _nodes).Clear();
    }

    private void Change(int member, long number, int by)
    {
        ulong hash = Mix((ulong)number ^ 0xA0761D6478BD642FUL);
        for (int level = 0; level <= Depth; level++)
        {
            int node = Node(member, level, Prefix(number, level));
            _hashes[node] ^= hash;
            _counts[node] += by;
        }
    }

    private int Node(int member, int level, int prefix) => (member * _nodes) + _levelStarts[level] + prefix;

    /// <summary>The finaliser of SplitMix64 ([steele2014] figure 17).</summary>
    private static ulong Mix(ulong z)
    {
        z += 0x9E3779B97F4A7C15UL;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }
}
