using Headroom.Consensus.Histories;

namespace Headroom.Consensus.Linearizability.Models;

/// <summary>
/// A set: add, remove, contains, and the whole of it (<see cref="OperationKind.Members"/>). The state is the sequence of its elements in ascending order. Add and remove may
/// answer whether they changed anything; an answer of <see cref="Value.None"/> says nothing. Where nobody asks for the whole, every element is an object of its own.
/// </summary>
public readonly struct SetModel : ISequentialModel<SetModel>
{
    private readonly SequenceTable _sequences;

    private SetModel(SequenceTable sequences) => _sequences = sequences;

    public static IReadOnlyList<(string Name, OperationKind Kind)> Operations { get; } =
    [
        ("add", OperationKind.Add), ("remove", OperationKind.Remove), ("contains", OperationKind.Contains), ("read", OperationKind.Members), ("members", OperationKind.Members),
    ];

    public long Initial => SequenceTable.Empty;

    public int Held => _sequences.Count;

    public static SetModel Create(History history) => new(history.Sequences.Branch());

    public static bool IsApartByInput(IEnumerable<OperationKind> kinds) => !kinds.Contains(OperationKind.Members);

    public static bool Observes(in Operation operation) =>
        operation.Kind is OperationKind.Contains or OperationKind.Members || (!operation.IsPending && operation.Output == Value.False);

    public bool TryStep(long state, in Operation operation, out long next)
    {
        next = state;
        if (operation.Kind == OperationKind.Members)
        {
            return operation.IsPending || operation.Output == state;
        }

        int length = _sequences.Length((int)state);
        Span<long> elements = length <= 256 ? stackalloc long[length] : new long[length];
        _sequences.CopyTo((int)state, elements);
        int at = elements.BinarySearch(operation.Input);
        bool isThere = at >= 0;
        if (operation.Kind == OperationKind.Contains)
        {
            return operation.IsPending || operation.Output == (isThere ? Value.True : Value.False);
        }

        bool changes = isThere == (operation.Kind == OperationKind.Remove);
        if (!operation.IsPending && operation.Output != Value.None && operation.Output != (changes ? Value.True : Value.False))
        {
            return false;
        }

        if (changes)
        {
            int before = isThere ? at : ~at;
            long[] changed = isThere ? [.. elements[..before], .. elements[(before + 1)..]] : [.. elements[..before], operation.Input, .. elements[before..]];
            next = _sequences.Of(changed);
        }

        return true;
    }
}
