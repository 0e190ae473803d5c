using Headroom.Consensus.Histories;

namespace Headroom.Consensus.Linearizability.Models;

/// <summary>A queue, first in, first out; the state is the sequence of what waits in it. A dequeue of the empty queue answers <see cref="Value.None"/>.</summary>
public readonly struct QueueModel : ISequentialModel<QueueModel>
{
    private readonly SequenceTable _sequences;
    private readonly Dictionary<int, (long Front, int Behind)> _taken;

    private QueueModel(SequenceTable sequences) => (_sequences, _taken) = (sequences, []);

    public static IReadOnlyList<(string Name, OperationKind Kind)> Operations { get; } = [("enqueue", OperationKind.Enqueue), ("dequeue", OperationKind.Dequeue)];

    public long Initial => SequenceTable.Empty;

    public int Held => _sequences.Count;

    public static QueueModel Create(History history) => new(history.Sequences.Branch());

    public static bool Observes(in Operation operation) => operation.Kind == OperationKind.Dequeue && !operation.IsPending && operation.Output == Value.None;

    public bool TryStep(long state, in Operation operation, out long next)
    {
        int queue = (int)state;
        if (operation.Kind == OperationKind.Enqueue)
        {
            next = _sequences.Append(queue, operation.Input);
            return true;
        }

        if (queue == SequenceTable.Empty)
        {
            next = state;
            return operation.IsPending || operation.Output == Value.None;
        }

        (long front, int behind) = Take(queue);
        next = behind;
        return operation.IsPending || operation.Output == front;
    }

    private (long Front, int Behind) Take(int queue)
    {
        if (!_taken.TryGetValue(queue, out (long Front, int Behind) taken))
        {
            int length = _sequences.Length(queue);
            Span<long> waiting = length <= 256 ? stackalloc long[length] : new long[length];
            _sequences.CopyTo(queue, waiting);
            taken = (waiting[0], _sequences.Of(waiting[1..]));
            _taken.Add(queue, taken);
        }

        return taken;
    }
}
