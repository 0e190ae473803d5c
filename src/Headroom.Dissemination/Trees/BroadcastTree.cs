using System.Diagnostics;

namespace Headroom.Dissemination.Trees;

/// <summary>A rooted tree over members 0 … n-1: each member's children in the order in which it sends to them.</summary>
public sealed class BroadcastTree
{
    private readonly int[] _parents;
    private readonly int[] _offsets;
    private readonly int[] _children;

    /// <summary>From each member's parent (-1 for the root and for members that the tree does not reach) and an order in which parents come before children.</summary>
    public BroadcastTree(int root, int[] parents, ReadOnlySpan<int> order)
    {
        ArgumentNullException.ThrowIfNull(parents);
        Root = root;
        _parents = parents;
        _offsets = new int[parents.Length + 1];
        foreach (int parent in parents)
        {
            if (parent >= 0)
            {
                _offsets[parent + 1]++;
            }
        }

        for (int v = 0; v < parents.Length; v++)
        {
            _offsets[v + 1] += _offsets[v];
        }

        _children = new int[_offsets[^1]];
        var filled = new int[parents.Length];
        foreach (int member in order)
        {
            int parent = parents[member];
            if (parent >= 0)
            {
                _children[_offsets[parent] + filled[parent]++] = member;
            }
        }

        Debug.Assert(filled.Sum() == _children.Length, "every child is in the order");
    }

    public int Root { get; }

    public int Members => _parents.Length;

    /// <summary>Members reached: the edges plus the root.</summary>
    public int Reached => _children.Length + 1;

    public int Parent(int member) => _parents[member];

    public ReadOnlySpan<int> Children(int member) => _children.AsSpan(_offsets[member], _offsets[member + 1] - _offsets[member]);

    /// <summary>The most children of any member.</summary>
    public int WidestFanout()
    {
        int widest = 0;
        for (int member = 0; member < Members; member++)
        {
            widest = Math.Max(widest, Children(member).Length);
        }

        return widest;
    }

    /// <summary>The most links between the root and a member.</summary>
    public int Height()
    {
        var depth = new int[Members];
        var stack = new Stack<int>([Root]);
        int height = 0;
        while (stack.TryPop(out int member))
        {
            foreach (int child in Children(member))
            {
                depth[child] = depth[member] + 1;
                height = Math.Max(height, depth[child]);
                stack.Push(child);
            }
        }

        return height;
    }
}
