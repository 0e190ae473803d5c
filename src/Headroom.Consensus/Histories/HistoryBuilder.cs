namespace Headroom.Consensus.Histories;

/// <summary>Gathers calls and answers as they happen. Used again after <see cref="Clear"/>, it keeps its memory.</summary>
public sealed class HistoryBuilder
{
    private Operation[] _operations = new Operation[64];
    private bool[] _failed = new bool[64];
    private int[] _lines = new int[64];
    private int _count;
    private int _failedCount;
    private bool _hasLines;
    private readonly List<string> _keyNames = [];
    private readonly Dictionary<string, int> _keys = new(StringComparer.Ordinal);

    public ValueForm Form { get; init; }

    public HistoryClock Clock { get; init; }

    /// <summary>What a store holds under a key that is not there: <see cref="Value.None"/>, or the empty text (<see cref="SequenceTable.Empty"/>).</summary>
    public long Absent { get; init; } = Value.None;

    /// <summary>The texts and lists that values name.</summary>
    public SequenceTable Sequences { get; private set; } = new();

    public int Count => _count;

    public void Clear()
    {
        (_count, _failedCount, _hasLines) = (0, 0, false);
        Sequences = new SequenceTable();
        _keyNames.Clear();
        _keys.Clear();
    }

    /// <summary>The number of a key that has a name.</summary>
    public int Key(string name)
    {
        if (!_keys.TryGetValue(name, out int key))
        {
            key = _keyNames.Count;
            _keys.Add(name, key);
            _keyNames.Add(name);
        }

        return key;
    }

    /// <summary>
    /// Begins an operation, which is pending until <see cref="Return"/> or <see cref="Fail"/>; hands out its number. Nothing is presumed of the order of calls, nor that a
    /// client waits for its answer.
    /// </summary>
    /// <param name="client">The process that calls.</param>
    /// <param name="key">Which of several independent objects it calls.</param>
    /// <param name="kind">What it asks.</param>
    /// <param name="at">The moment on the history's clock.</param>
    /// <param name="input">What <see cref="OperationKind"/> says of the kind.</param>
    /// <param name="expected">The value that a compare-and-set expects.</param>
    /// <param name="line">The line of its source, from 1; 0 where there is none.</param>
    /// <exception cref="ArgumentException">Append in a history whose values are numbers.</exception>
    public int Call(int client, int key, OperationKind kind, long at, long input = Value.None, long expected = Value.None, int line = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(key);
        if (kind == OperationKind.Append && Form != ValueForm.Texts)
        {
            throw new ArgumentException("only texts can be appended: the history's values are numbers", nameof(kind));
        }

        if (_count == _operations.Length)
        {
            Array.Resize(ref _operations, 2 * _count);
            Array.Resize(ref _failed, 2 * _count);
            Array.Resize(ref _lines, 2 * _count);
        }

        _operations[_count] = new Operation(client, key, kind, at, Operation.Never, input, expected, Value.None);
        _failed[_count] = false;
        _lines[_count] = line;
        _hasLines |= line > 0;
        return _count++;
    }

    /// <summary>The operation was answered: it has taken effect between its call and this moment.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No such operation, or the moment lies before its call.</exception>
    public void Return(int operation, long at, long output = Value.None)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)operation, (uint)_count, nameof(operation));
        ArgumentOutOfRangeException.ThrowIfLessThan(at, _operations[operation].Call);
        _operations[operation] = _operations[operation] with { Return = at, Output = output };
    }

    /// <summary>The operation certainly did not take effect, and never will.</summary>
    public void Fail(int operation)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)operation, (uint)_count, nameof(operation));
        _failedCount += _failed[operation] ? 0 : 1;
        _failed[operation] = true;
    }

    /// <summary>What was gathered, in the order of calls (those of one moment in the order in which they were made here).</summary>
    public History Build()
    {
        var operations = new Operation[_count - _failedCount];
        int[] lines = new int[_hasLines ? operations.Length : 0];
        int kept = 0;
        bool ordered = true;
        for (int i = 0; i < _count; i++)
        {
            if (_failed[i])
            {
                continue;
            }

            ordered &= kept == 0 || operations[kept - 1].Call <= _operations[i].Call;
            operations[kept] = _operations[i];
            if (_hasLines)
            {
                lines[kept] = _lines[i];
            }

            kept++;
        }

        if (!ordered)
        {
            // OrderBy is stable, Array.Sort is not.
            int[] order = [.. Enumerable.Range(0, kept).OrderBy(i => operations[i].Call)];
            (operations, lines) = ([.. order.Select(i => operations[i])], _hasLines ? [.. order.Select(i => lines[i])] : lines);
        }

        return new History(operations, Sequences)
        {
            Form = Form,
            Clock = Clock,
            Absent = Absent,
            FailedCount = _failedCount,
            KeyNames = [.. _keyNames],
            Lines = lines,
        };
    }
}
