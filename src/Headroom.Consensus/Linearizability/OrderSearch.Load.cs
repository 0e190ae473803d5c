using Headroom.Consensus.Histories;

namespace Headroom.Consensus.Linearizability;

internal sealed partial class OrderSearch<TModel>
{
    private readonly Dictionary<(OperationKind Kind, long Input, long Expected), int> _last = [];
    private readonly Stack<int> _free = [];

    /// <summary>Takes up a part: operations in the order of their calls. Pending operations that only observe are not asked for by any order.</summary>
    public void Load(TModel model, ReadOnlySpan<Operation> operations)
    {
        _model = model;
        _count = operations.Length;
        Steps = 0;
        (BestPosition, _bestDepth) = (0, 0);
        EnsureRoom(_count);
        operations.CopyTo(_operations);
        _answeredCount = 0;
        for (int i = 0; i < _count; i++)
        {
            _observes[i] = TModel.Observes(_operations[i]);
            if (!_operations[i].IsPending)
            {
                _returns[_answeredCount] = _operations[i].Return;
                _byReturn[_answeredCount++] = i;
            }
        }

        // Of operations that return at one moment neither precedes what is called then: their order among themselves is all one.
        _returns.AsSpan(0, _answeredCount).Sort(_byReturn.AsSpan(0, _answeredCount));
        FindTwins();
        int words = (ColourSlots() + 63) / 64;
        if (_mask.Length != Math.Max(1, words))
        {
            _mask = new ulong[Math.Max(1, words)];
        }

        _seen.Reset(_mask.Length + 2);
    }

    private void EnsureRoom(int count)
    {
        if (_operations.Length >= count)
        {
            return;
        }

        int size = Math.Max(count, 2 * _operations.Length);
        _operations = new Operation[size];
        _observes = new bool[size];
        _byReturn = new int[size];
        _returns = new long[size];
        _slot = new int[size];
        _twin = new int[size];
        _next = new int[size + 3];
        _previous = new int[size + 3];
        _isOrdered = new bool[size];
        _chosen = new int[size];
        _stateBefore = new long[size];
        _positionBefore = new int[size];
        _isForced = new bool[size];
        _best = new int[size];
    }

    /// <summary>To each pending operation the last one before it that asks the same.</summary>
    private void FindTwins()
    {
        if (_answeredCount == _count)
        {
            Array.Fill(_twin, NoOperation, 0, _count);
            return;
        }

        _last.Clear();
        for (int i = 0; i < _count; i++)
        {
            _twin[i] = NoOperation;
            if (_operations[i].IsPending)
            {
                (OperationKind, long, long) asks = (_operations[i].Kind, _operations[i].Input, _operations[i].Expected);
                _twin[i] = _last.TryGetValue(asks, out int twin) ? twin : NoOperation;
                _last[asks] = i;
            }
        }
    }

    /// <summary>Gives operations that are open at the same time different slots; says how many slots there are.</summary>
    private int ColourSlots()
    {
        _free.Clear();
        int slots = 0;
        int returned = 0;
        for (int i = 0; i < _count; i++)
        {
            while (returned < _answeredCount && _operations[_byReturn[returned]].Return < _operations[i].Call)
            {
                _free.Push(_slot[_byReturn[returned++]]);
            }

            _slot[i] = _free.Count > 0 ? _free.Pop() : slots++;
        }

        return slots;
    }

    private void Start(long initial)
    {
        (_depth, _position, _state) = (0, 0, initial);
        Array.Clear(_mask);
        Array.Clear(_isOrdered, 0, _count);
        Span<int> last = [Answered, Pending, Observers];
        for (int i = 0; i < _count; i++)
        {
            bool isPending = _operations[i].IsPending;
            if (isPending && _observes[i])
            {
                continue;
            }

            ref int before = ref last[isPending ? 1 : _observes[i] ? 2 : 0];
            _next[before] = i;
            _previous[i] = before;
            before = i;
        }

        for (int list = 0; list < last.Length; list++)
        {
            _next[last[list]] = _count + list;
            _previous[_count + list] = last[list];
        }
    }
}
