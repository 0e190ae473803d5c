using Headroom.Kernel.Randomness;

namespace Headroom.Lab.Maelstrom.Networks;

/// <summary>
/// Who does not hear whom. The four kinds and their choice are Maelstrom's: one node alone; a random minority below a third; random halves; and
/// overlapping majorities on a random ring, where every node hears a majority and no two hear the same.
/// </summary>
internal sealed class Partition
{
    private readonly bool[] _drops;
    private readonly int _nodes;

    private Partition(int nodes, string description)
    {
        _nodes = nodes;
        _drops = new bool[nodes * nodes];
        Description = description;
    }

    public string Description { get; }

    public bool Drops(int from, int to) => _drops[(to * _nodes) + from];

    public static Partition Draw(int nodes, ref RandomStream random)
    {
        int[] order = [.. Enumerable.Range(0, nodes)];
        random.Shuffle<int>(order);
        return random.Below(4) switch
        {
            0 => Split(order, 1, "one node alone"),
            1 => Split(order, (nodes - 1) / 3, "less than a third apart"),
            2 => Split(order, nodes / 2, "halves"),
            _ => Ring(order),
        };
    }

    internal static Partition Split(int[] order, int first, string description)
    {
        var partition = new Partition(order.Length, description);
        for (int i = 0; i < order.Length; i++)
        {
            for (int j = 0; j < order.Length; j++)
            {
                partition._drops[(order[i] * order.Length) + order[j]] = (i < first) != (j < first);
            }
        }

        return partition;
    }

    /// <summary>Each node hears the majority of which it is the middle on the ring.</summary>
    internal static Partition Ring(int[] order)
    {
        int nodes = order.Length;
        int majority = (nodes / 2) + 1;
        var partition = new Partition(nodes, "a ring of majorities");
        for (int start = 0; start < nodes; start++)
        {
            int middle = order[(start + (majority / 2)) % nodes];
            for (int j = majority; j < nodes; j++)
            {
                partition._drops[(middle * nodes) + order[(start + j) % nodes]] = true;
            }
        }

        return partition;
    }
}
