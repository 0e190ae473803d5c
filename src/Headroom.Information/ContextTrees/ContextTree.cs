using System.Diagnostics;

namespace Headroom.Information.ContextTrees;

/// <summary>
/// Context-tree weighting (Willems, Shtarkov and Tjalkens 1995, [willems1995]) over bytes: each of a byte's eight bits, given the bits before it,
/// is predicted in contexts of the last whole bytes: 0, 1, … D of them. Every (context, bits so far) is a node s with an estimator Pe and the
/// weighted probability Pw(s) = (Pe(s) + prod over bytes c of Pw(cs)) / 2, and Pw(s) = Pe(s) at depth D. The mixture at the root is over
/// all tree sources of depth at most D; on data from such a source with the tree S it costs at most |S| (log2(n/|S|)/2 + 1) bits of parameters and
/// 2|S| - 1 bits of tree above that source's own length, for each of the bit positions ([willems1995] Theorem 2).
/// <para>
/// A node keeps beta = Pe / prod Pw(children) instead of the probabilities, whose products would underflow: then
/// P(bit | past) = (beta Pe(bit | past) + P(bit | past, child)) / (beta + 1). A node visited once has Pw = 1/2 whatever lies below it, so
/// what lies below is made only at its second visit, from the remembered place of the first: memory is linear in the data, the mixture exact.
/// </para>
/// <para>Additions, multiplications and divisions only: the same bits on every machine. O(D) per bit. A byte string is preceded by zero bytes.</para>
/// </summary>
public sealed partial class ContextTree
{
    // Beyond these weights a node has decided; the limits only keep beta from under- and overflowing.
    private const double BetaMax = 1e270;
    private const double BetaMin = 1e-270;

    // Orders above zero, and the bytes of context that each holds.
    private readonly int _depth;
    private readonly int[] _contextBytes;
    private readonly int _nodesMax;
    private readonly bool _favourConstant;

    // Per order: the node of the bits so far in the current context, and that of one bit less (0 where there is none); what the next order adds to it.
    private readonly int[] _path;
    private readonly int[] _previous;
    private readonly uint[] _current;
    private readonly double[] _own;
    private readonly double[] _below;

    private Node[] _nodes = new Node[1024];
    private int _nodeCount;
    private byte[] _history = new byte[1024];
    private int _length;
    private int _partial;
    private int _bits;
    private int _deepest;
    private bool _frozen;

    public ContextTree(ContextTreeOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        (_nodesMax, _favourConstant) = (options.NodesMax, options.FavourConstant);
        _contextBytes = [.. options.ContextBytes];
        _depth = _contextBytes.Length - 1;
        _contexts = new int[_depth + 2];
        _path = new int[_depth + 2];
        _previous = new int[_depth + 2];
        _current = new uint[_depth + 2];
        _own = new double[_depth + 2];
        _below = new double[_depth + 2];
        Reset();
    }

    /// <summary>Nodes in the tree.</summary>
    public int Nodes => _nodeCount - 1;

    /// <summary>True once the tree stopped growing (<see cref="ContextTreeOptions.NodesMax"/>).</summary>
    public bool IsFull => _frozen;

    /// <summary>Forgets everything.</summary>
    public void Reset()
    {
        _nodeCount = 1;
        _length = 0;
        _partial = 1;
        _bits = 0;
        _frozen = false;
        ClearContexts();
        FindContexts();
    }

    /// <summary>The probability that the next bit (of a byte, the highest first) is one: above 0 and below 1.</summary>
    public double PredictOne()
    {
        _deepest = Descend();
        // Below the deepest node lies a context never seen (one half for either bit), or nothing: then it predicts alone.
        int leaf = Leaf();
        double p = 0.5;
        for (int k = _deepest; k >= 0; k--)
        {
            ref Node node = ref _nodes[_path[k]];
            double own = EstimateOne(ref node);
            _own[k] = own;
            _below[k] = p;
            // (beta own + p) / (beta + 1), written so that the division waits for nothing.
            p = k == leaf ? own : own + ((p - own) * (1 / (node.Beta + 1)));
        }

        Debug.Assert(p is > 0 and < 1, "a mixture of estimates is strictly between 0 and 1");
        return p;
    }

    /// <summary>Takes the bit that was predicted by the last call of <see cref="PredictOne"/>.</summary>
    public void Update(int bit)
    {
        Debug.Assert(bit is 0 or 1, "a bit");
        int leaf = Leaf();
        for (int k = _deepest; k >= 0; k--)
        {
            ref Node node = ref _nodes[_path[k]];
            Remember(_path[k]);
            if (k != leaf)
            {
                double ratio = bit == 1 ? _own[k] / _below[k] : (1 - _own[k]) / (1 - _below[k]);
                node.Beta = Math.Clamp(node.Beta * ratio, BetaMin, BetaMax);
            }

            if (bit == 1)
            {
                node.Ones++;
            }
            else
            {
                node.Zeros++;
            }
        }

        if (_deepest < _depth && _path[_deepest + 1] == 0)
        {
            int shorter = _deepest < 0 ? 0 : _path[_deepest];
            _path[_deepest + 1] = Create(_deepest + 1, _previous[_deepest + 1], shorter, _deepest < 0 ? 0 : _current[_deepest], bit, _length);
        }

        Advance(bit);
    }

    /// <summary>
    /// The highest order whose node was visited before, or -1: nodes visited once hand their first visit down on the way.
    /// </summary>
    private int Descend()
    {
        if (_path[0] == 0)
        {
            return -1;
        }

        int k = 0;
        while (k < _depth)
        {
            ref Node node = ref _nodes[_path[k]];
            if (node.Zeros + node.Ones == 1 && !_frozen)
            {
                HandDown(k);
            }

            if (_path[k + 1] == 0)
            {
                break;
            }

            k++;
        }

        return k;
    }

    /// <summary>The order of the deepest node if it predicts alone, or -1.</summary>
    private int Leaf() => _deepest == _depth || (_frozen && _path[_deepest + 1] == 0) ? _deepest : -1;

    /// <summary>Makes, one order deeper, the node of the first visit to the current node of order k.</summary>
    private void HandDown(int k)
    {
        Node parent = _nodes[_path[k]];
        int first = parent.First;
        uint context = Context(first, k);
        bool same = context == _current[k];
        if (same && _path[k + 1] != 0)
        {
            return;
        }

        int above = same ? _previous[k + 1] : Walk(k, context);
        int made = Create(k + 1, above, _path[k], context, parent.Ones, first);
        if (same)
        {
            _path[k + 1] = made;
        }
    }

    /// <summary>The node of one bit less than the bits so far, in the current context of order k and this one before it.</summary>
    private int Walk(int k, uint context)
    {
        if (_bits == 0)
        {
            return 0;
        }

        int node = FindContext(_contexts[k], context);
        for (int i = _bits - 1; i > 0; i--)
        {
            node = ((_partial >> i) & 1) == 1 ? _nodes[node].ChildOne : _nodes[node].ChildZero;
        }

        return node;
    }

    /// <summary>The bytes, one to four, by which the context of order k+1 is longer than that of order k.</summary>
    private uint Context(int position, int k)
    {
        uint context = 0;
        for (int back = _contextBytes[k] + 1; back <= _contextBytes[k + 1]; back++)
        {
            context = (context << 8) | (position >= back ? _history[position - back] : 0u);
        }

        return context;
    }

    private void Advance(int bit)
    {
        _partial = (_partial << 1) | bit;
        _bits++;
        if (_bits == 8)
        {
            if (_length == _history.Length)
            {
                Array.Resize(ref _history, 2 * _length);
            }

            _history[_length++] = (byte)_partial;
            _partial = 1;
            _bits = 0;
            FindContexts();
            return;
        }

        for (int k = 0; k <= _depth; k++)
        {
            int node = _path[k];
            _previous[k] = node;
            _path[k] = node == 0 ? 0 : bit == 1 ? _nodes[node].ChildOne : _nodes[node].ChildZero;
        }
    }

    /// <summary>P(next bit is one) by the node's own counts.</summary>
    private double EstimateOne(ref Node node)
    {
        int n = node.Zeros + node.Ones;
        if (!_favourConstant || n == 0 || (node.Zeros > 0 && node.Ones > 0))
        {
            return (node.Ones + 0.5) / (n + 1.0);
        }

        double change = ConstantRuns.ChangeAfter(n);
        return node.Zeros == 0 ? 1 - change : change;
    }

    private struct Node
    {
        public double Beta;
        public int Zeros;
        public int Ones;
        public int First;
        public int ChildZero;
        public int ChildOne;
    }
}
