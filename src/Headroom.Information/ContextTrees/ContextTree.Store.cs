namespace Headroom.Information.ContextTrees;

/// <summary>Where nodes and contexts are kept, and how they are taken back.</summary>
public sealed partial class ContextTree
{
    // Open addressing from (node of the shorter context for no bits, a few bytes more) to the node of the longer context for no bits.
    private readonly int[] _contexts;
    private ulong[] _keys = new ulong[1024];
    private int[] _values = new int[1024];
    private int _contextCount;

    /// <summary>A node of that order visited once; 0 if the tree is full.</summary>
    private int Create(int order, int above, int shorter, uint context, int bit, int first)
    {
        if (_nodeCount >= _nodesMax)
        {
            // From here on no node is made at all, so that every node with children has them all or none.
            _frozen = true;
            return 0;
        }

        int index = Allocate();
        _nodes[index] = new Node { Beta = 1, Zeros = 1 - bit, Ones = bit, First = first };
        if (_bits > 0)
        {
            Link(above, index);
        }
        else if (order > 0)
        {
            InsertContext(shorter, context, index);
        }

        if (_bits == 0 && (order == 0 || context == _current[order - 1]))
        {
            _contexts[order] = index;
        }

        return index;
    }

    private int Allocate()
    {
        if (_nodeCount == _nodes.Length)
        {
            Array.Resize(ref _nodes, 2 * _nodes.Length);
        }

        return _nodeCount++;
    }

    /// <summary>Hangs a node under the one for a bit less; the last of the bits so far says on which side.</summary>
    private void Link(int above, int index)
    {
        Remember(above);
        if ((_partial & 1) == 1)
        {
            _nodes[above].ChildOne = index;
        }
        else
        {
            _nodes[above].ChildZero = index;
        }
    }

    /// <summary>At a byte's beginning: the nodes of the current contexts for no bits.</summary>
    private void FindContexts()
    {
        Array.Clear(_path);
        Array.Clear(_previous);
        Array.Clear(_contexts);
        for (int k = 0; k < _depth; k++)
        {
            _current[k] = Context(_length, k);
        }

        int node = _nodeCount > 1 ? 1 : 0;
        for (int k = 0; node != 0; k++)
        {
            _contexts[k] = node;
            _path[k] = node;
            node = k < _depth ? FindContext(node, _current[k]) : 0;
        }
    }

    private int FindContext(int shorter, uint context)
    {
        ulong key = ((ulong)shorter << 32) | context;
        uint mask = (uint)_keys.Length - 1;
        for (uint slot = Slot(key, mask); ; slot = (slot + 1) & mask)
        {
            if (_values[slot] == 0)
            {
                return 0;
            }

            if (_keys[slot] == key)
            {
                return _values[slot];
            }
        }
    }

    private void InsertContext(int shorter, uint context, int node)
    {
        if (2 * (_contextCount + 1) > _keys.Length)
        {
            Rehash(2 * _keys.Length, int.MaxValue);
        }

        ulong key = ((ulong)shorter << 32) | context;
        uint mask = (uint)_keys.Length - 1;
        uint slot = Slot(key, mask);
        while (_values[slot] != 0)
        {
            slot = (slot + 1) & mask;
        }

        _keys[slot] = key;
        _values[slot] = node;
        _contextCount++;
        if (_onTrial)
        {
            _trialSlots.Push(slot);
        }
    }

    private void Rehash(int slots, int nodesMax)
    {
        (ulong[] keys, int[] values) = (_keys, _values);
        _keys = new ulong[slots];
        _values = new int[slots];
        _contextCount = 0;
        _trialSlots.Clear();
        _rebuilt = _onTrial;
        for (int i = 0; i < keys.Length; i++)
        {
            if (values[i] != 0 && values[i] < nodesMax)
            {
                InsertContext((int)(keys[i] >> 32), (uint)keys[i], values[i]);
            }
        }
    }

    private void ClearContexts()
    {
        Array.Clear(_values);
        _contextCount = 0;
    }

    private static uint Slot(ulong key, uint mask) => (uint)((key * 0x9E3779B97F4A7C15UL) >> 36) & mask;
}
