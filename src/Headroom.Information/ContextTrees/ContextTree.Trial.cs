namespace Headroom.Information.ContextTrees;

/// <summary>Trials: what a message costs after a known past, without the tree learning from it.</summary>
public sealed partial class ContextTree
{
    // What the trial's changes overwrote, in order: places and former nodes.
    private int[] _changedAt = new int[1024];
    private Node[] _changedFrom = new Node[1024];
    private int _changes;
    private readonly Stack<uint> _trialSlots = [];
    private bool _onTrial;
    private bool _rebuilt;
    private int _trialNodes;
    private int _trialLength;
    private bool _trialFrozen;

    /// <summary>Begins a trial, between two bytes: <see cref="EndTrial"/> takes back all that follows. O(changes).</summary>
    public void BeginTrial()
    {
        if (_bits != 0 || _onTrial)
        {
            throw new InvalidOperationException("a trial begins between two bytes and does not nest");
        }

        _onTrial = true;
        _rebuilt = false;
        (_trialNodes, _trialLength, _trialFrozen) = (_nodeCount, _length, _frozen);
    }

    public void EndTrial()
    {
        if (!_onTrial)
        {
            throw new InvalidOperationException("no trial has begun");
        }

        while (_changes > 0)
        {
            _changes--;
            _nodes[_changedAt[_changes]] = _changedFrom[_changes];
        }

        _onTrial = false;
        if (_rebuilt)
        {
            Rehash(_keys.Length, _trialNodes);
        }

        // The last in are the first out, so no probe sequence of what stays is cut.
        while (_trialSlots.TryPop(out uint slot))
        {
            _values[slot] = 0;
            _contextCount--;
        }

        (_nodeCount, _length, _frozen) = (_trialNodes, _trialLength, _trialFrozen);
        (_partial, _bits) = (1, 0);
        FindContexts();
    }

    private void Remember(int index)
    {
        if (!_onTrial || index >= _trialNodes)
        {
            return;
        }

        if (_changes == _changedAt.Length)
        {
            Array.Resize(ref _changedAt, 2 * _changes);
            Array.Resize(ref _changedFrom, 2 * _changes);
        }

        _changedAt[_changes] = index;
        _changedFrom[_changes++] = _nodes[index];
    }
}
