using Headroom.Consensus.Histories;

namespace Headroom.Consensus.Tests.Linearizability;

/// <summary>All five objects once more, as plainly as they can be said: a state is a text. Null where the answer would be another.</summary>
internal static class PlainObject
{
    public static string? Step(string state, in Operation operation, SequenceTable sequences)
    {
        Func<long, string> show = v => v == Value.None ? "nil" : sequences.Count > 1 ? $"'{sequences.Text((int)v)}'" : $"{v}";
        (string next, string answer) = operation.Kind switch
        {
            OperationKind.Read => (state, state),
            OperationKind.Write => (show(operation.Input), "nil"),
            OperationKind.CompareAndSet => state == show(operation.Expected) ? (show(operation.Input), "1") : (state, "0"),
            OperationKind.Append => (state == "nil" ? show(operation.Input) : $"'{state.Trim('\'')}{show(operation.Input).Trim('\'')}'", "nil"),
            OperationKind.Delete => ("nil", "nil"),
            _ => Collection(state == "nil" ? [] : state.Split(','), operation),
        };
        string given = operation.Kind switch
        {
            OperationKind.Read => show(operation.Output),
            OperationKind.Members => string.Join(',', Numbers(sequences, (int)operation.Output)),
            _ => operation.Output == Value.None ? "nil" : $"{operation.Output}",
        };
        bool isSilent = operation.Kind is OperationKind.Add or OperationKind.Remove && operation.Output == Value.None;
        return operation.IsPending || isSilent || given == answer ? next : null;
    }

    private static (string Next, string Answer) Collection(string[] items, in Operation operation)
    {
        string input = $"{operation.Input}";
        bool isThere = items.Contains(input);
        (string[] next, string answer) = operation.Kind switch
        {
            OperationKind.Enqueue => ([.. items, input], "nil"),
            OperationKind.Dequeue => items.Length == 0 ? (items, "nil") : (items[1..], items[0]),
            OperationKind.Add => ([.. items.Append(input).Distinct()], isThere ? "0" : "1"),
            OperationKind.Remove => ([.. items.Where(i => i != input)], isThere ? "1" : "0"),
            OperationKind.Contains => (items, isThere ? "1" : "0"),
            _ => (items, string.Join(',', items.Order())),
        };
        return (next.Length == 0 ? "nil" : string.Join(',', next), answer);
    }

    private static long[] Numbers(SequenceTable sequences, int name)
    {
        long[] numbers = new long[sequences.Length(name)];
        sequences.CopyTo(name, numbers);
        return numbers;
    }
}
