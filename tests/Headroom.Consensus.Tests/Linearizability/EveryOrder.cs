using Headroom.Consensus.Histories;

namespace Headroom.Consensus.Tests.Linearizability;

/// <summary>The definition itself: every order of every choice of pending operations, on all keys at once, without memory of what was tried.</summary>
internal static class EveryOrder
{
    public static bool Exists(ReadOnlySpan<Operation> operations, SequenceTable sequences) => Exists(operations.ToArray(), [], [], sequences, null);

    public static bool ExistsFrom(string state, IReadOnlyList<Operation> operations, SequenceTable sequences)
    {
        var states = new SortedDictionary<int, string>();
        foreach (Operation operation in operations)
        {
            states[operation.Key] = state;
        }

        return Exists([.. operations], [], states, sequences, null);
    }

    /// <summary>Every state that some order of some of the operations of one key leaves behind.</summary>
    public static SortedSet<string> Reached(ReadOnlySpan<Operation> operations, SequenceTable sequences)
    {
        var reached = new SortedSet<string>(StringComparer.Ordinal) { "nil" };
        Exists(operations.ToArray(), [], [], sequences, reached);
        return reached;
    }

    /// <summary>Whether this very order explains every answer and contradicts no precedence, with every answered operation in it once.</summary>
    public static bool Holds(ReadOnlySpan<Operation> operations, IReadOnlyList<int> order, SequenceTable sequences)
    {
        var states = new Dictionary<int, string>();
        bool[] isOrdered = new bool[operations.Length];
        foreach (int i in order)
        {
            string? next = PlainObject.Step(states.GetValueOrDefault(operations[i].Key, "nil"), operations[i], sequences);
            if (isOrdered[i] || next is null)
            {
                return false;
            }

            for (int j = 0; j < operations.Length; j++)
            {
                if (!isOrdered[j] && operations[j].Precedes(operations[i]))
                {
                    return false;
                }
            }

            isOrdered[i] = true;
            states[operations[i].Key] = next;
        }

        for (int j = 0; j < operations.Length; j++)
        {
            if (!isOrdered[j] && !operations[j].IsPending)
            {
                return false;
            }
        }

        return true;
    }

    private static bool Exists(Operation[] operations, bool[] isOrdered, SortedDictionary<int, string> states, SequenceTable sequences, SortedSet<string>? reached)
    {
        isOrdered = isOrdered.Length == 0 ? new bool[operations.Length] : isOrdered;
        if (reached is null && !operations.Where((o, i) => !isOrdered[i] && !o.IsPending).Any())
        {
            return true;
        }

        for (int i = 0; i < operations.Length; i++)
        {
            bool mayBeNext = !isOrdered[i] && !operations.Where((o, j) => !isOrdered[j] && o.Precedes(operations[i])).Any();
            string before = states.GetValueOrDefault(operations[i].Key, "nil");
            if (!mayBeNext || PlainObject.Step(before, operations[i], sequences) is not { } next)
            {
                continue;
            }

            reached?.Add(next);
            isOrdered[i] = true;
            states[operations[i].Key] = next;
            bool exists = Exists(operations, isOrdered, states, sequences, reached);
            isOrdered[i] = false;
            states[operations[i].Key] = before;
            if (exists)
            {
                return true;
            }
        }

        return false;
    }
}
