using Headroom.Consensus.Histories;
using Headroom.Consensus.Linearizability.Models;

namespace Headroom.Consensus.Linearizability;

/// <summary>
/// Looks for a linearization of one part: the depth-first search of Wing and Gong [wing1993] over operations none of whose predecessors is missing, with Lowe's memory of
/// configurations [lowe2017]. What it adds:
/// <list type="bullet">
/// <item>A configuration is not the set of all ordered operations, but how many returns nothing blocks any more, and which of the operations open there are ordered. The open
/// ones share slots as intervals share colours, so that the set is one word where at most 64 operations are open or pending at once.</item>
/// <item>Operations that only observe are ordered as soon as they fit, without a choice.</item>
/// <item>Of pending operations that ask the same, the one called first is taken first; one that would change nothing is not taken.</item>
/// </list>
/// Operations not yet ordered hang in doubly linked lists in the order of their calls: the answered, the pending, those that only observe.
/// </summary>
internal sealed partial class OrderSearch<TModel>
    where TModel : struct, ISequentialModel<TModel>
{
    private const int NoOperation = -1;
    private const int CancellationEvery = 4096;

    /// <summary>What a sequence and its entries in two tables take.</summary>
    private const long BytesHeld = 200;

    private readonly ConfigurationSet _seen = new();
    private TModel _model;
    private int _count;
    private int _answeredCount;

    // The lists' ends stand behind the operations.
    private int Answered => _count;

    private int Pending => _count + 1;

    private int Observers => _count + 2;

    private Operation[] _operations = [];
    private bool[] _observes = [];
    private int[] _byReturn = [];
    private long[] _returns = [];
    private int[] _slot = [];
    private int[] _twin = [];
    private int[] _next = new int[3];
    private int[] _previous = new int[3];
    private bool[] _isOrdered = [];
    private ulong[] _mask = [];

    private int[] _chosen = [];
    private long[] _stateBefore = [];
    private int[] _positionBefore = [];
    private bool[] _isForced = [];
    private int _depth;

    private int[] _best = [];
    private int _bestDepth;

    private int _position;
    private long _state;
    private uint _tries;

    /// <summary>Operations looked at since the last <see cref="Load"/>.</summary>
    public long Steps { get; private set; }

    public int Configurations => _seen.Count;

    public TModel Model => _model;

    /// <summary>After a search that found none: the operation (by its place in what was loaded) before whose return every order got stuck.</summary>
    public int Blocked => _byReturn[BestPosition];

    public int BestPosition { get; private set; }

    /// <summary>The order that got furthest.</summary>
    public ReadOnlySpan<int> Best => _best.AsSpan(0, _bestDepth);

    /// <summary>After a search that found an order: it.</summary>
    public ReadOnlySpan<int> Order => _chosen.AsSpan(0, _depth);

    /// <summary>The different states of the configurations met; null if there are more than so many.</summary>
    public long[]? States(int max)
    {
        var states = new SortedSet<long>();
        for (int i = 0; i < _seen.Count && states.Count <= max; i++)
        {
            states.Add(_seen.State(i));
        }

        return states.Count > max ? null : [.. states];
    }

    /// <summary>Searches from one first state. What earlier searches since the last <see cref="Load"/> met in vain is not searched again.</summary>
    public SearchEnd Run(long initial, long stepsMax, long memoryBytesMax, CancellationToken cancellation)
    {
        Start(initial);
        OrderObservers();
        if (!_seen.TryAdd(_mask, _position, _state))
        {
            return SearchEnd.None;
        }

        int candidate = NoOperation;
        while (_position < _answeredCount)
        {
            bool moved = false;
            while ((candidate = Candidate(candidate)) != NoOperation)
            {
                if (++_tries % CancellationEvery == 0)
                {
                    cancellation.ThrowIfCancellationRequested();
                }

                if (Steps > stepsMax)
                {
                    return SearchEnd.StepsSpent;
                }

                if (_seen.BytesWhenGrown + (_model.Held * BytesHeld) > memoryBytesMax)
                {
                    return SearchEnd.MemorySpent;
                }

                if (TryOrder(candidate))
                {
                    moved = true;
                    break;
                }
            }

            if (moved)
            {
                candidate = NoOperation;
            }
            else
            {
                RememberBest();
                if (!TryBacktrack(out candidate))
                {
                    return SearchEnd.None;
                }
            }
        }

        return SearchEnd.Found;
    }

    /// <summary>The unordered operation after that one, nothing unordered having returned before its call; the answered first.</summary>
    private int Candidate(int after)
    {
        long limit = _operations[_byReturn[_position]].Return;
        bool isPending = after != NoOperation && _operations[after].IsPending;
        if (!isPending)
        {
            int answered = _next[after == NoOperation ? Answered : after];
            if (answered != Answered && _operations[answered].Call <= limit)
            {
                Steps++;
                return answered;
            }
        }

        int pending = _next[isPending ? after : Pending];
        while (pending != Pending && _operations[pending].Call <= limit)
        {
            Steps++;
            if (_twin[pending] == NoOperation || _isOrdered[_twin[pending]])
            {
                return pending;
            }

            pending = _next[pending];
        }

        return NoOperation;
    }

    /// <summary>Orders the operation and every observer that then fits; takes it back and says false if it does not fit or leads where the search was before.</summary>
    private bool TryOrder(int operation)
    {
        ref readonly Operation what = ref _operations[operation];
        if (!_model.TryStep(_state, what, out long next) || (what.IsPending && next == _state))
        {
            return false;
        }

        int depth = _depth;
        Push(operation, next, isForced: false);
        OrderObservers();
        if (_seen.TryAdd(_mask, _position, _state))
        {
            return true;
        }

        while (_depth > depth)
        {
            Pop();
        }

        return false;
    }

    /// <summary>One walk is enough: observers leave the state as it is, so that what did not fit does not fit later in the walk either.</summary>
    private void OrderObservers()
    {
        int at = _next[Observers];
        while (at != Observers && _position < _answeredCount && _operations[at].Call <= _operations[_byReturn[_position]].Return)
        {
            Steps++;
            int following = _next[at];
            if (_model.TryStep(_state, _operations[at], out long next))
            {
                Push(at, next, isForced: true);
            }

            at = following;
        }
    }

    private bool TryBacktrack(out int last)
    {
        while (_depth > 0)
        {
            bool wasForced = _isForced[_depth - 1];
            last = _chosen[_depth - 1];
            Pop();
            if (!wasForced)
            {
                return true;
            }
        }

        last = NoOperation;
        return false;
    }

    private void Push(int operation, long next, bool isForced)
    {
        _chosen[_depth] = operation;
        _stateBefore[_depth] = _state;
        _positionBefore[_depth] = _position;
        _isForced[_depth++] = isForced;
        _state = next;
        _isOrdered[operation] = true;
        _next[_previous[operation]] = _next[operation];
        _previous[_next[operation]] = _previous[operation];
        Flip(_slot[operation]);
        while (_position < _answeredCount && _isOrdered[_byReturn[_position]])
        {
            Flip(_slot[_byReturn[_position++]]);
        }
    }

    private void Pop()
    {
        int operation = _chosen[--_depth];
        while (_position > _positionBefore[_depth])
        {
            Flip(_slot[_byReturn[--_position]]);
        }

        Flip(_slot[operation]);
        _next[_previous[operation]] = operation;
        _previous[_next[operation]] = operation;
        _isOrdered[operation] = false;
        _state = _stateBefore[_depth];
    }

    private void Flip(int slot) => _mask[slot >> 6] ^= 1UL << slot;

    private void RememberBest()
    {
        if (_position > BestPosition || (_position == BestPosition && _depth > _bestDepth))
        {
            BestPosition = _position;
            _bestDepth = _depth;
            _chosen.AsSpan(0, _depth).CopyTo(_best);
        }
    }
}
