using Headroom.Consensus.Histories;

namespace Headroom.Consensus.Linearizability.Models;

/// <summary>
/// A store: get, put, compare-and-set, append, delete. Keys are independent, so that the state is the value of one, <see cref="History.Absent"/> where there is none.
/// </summary>
public readonly struct KeyValueModel : ISequentialModel<KeyValueModel>
{
    private readonly SequenceTable _texts;

    private KeyValueModel(History history) => (_texts, Initial) = (history.Sequences.Branch(), history.Absent);

    public static IReadOnlyList<(string Name, OperationKind Kind)> Operations { get; } =
    [
        ("get", OperationKind.Read), ("put", OperationKind.Write), ("append", OperationKind.Append), ("delete", OperationKind.Delete), .. CasRegisterModel.Operations,
    ];

    public long Initial { get; }

    public int Held => _texts.Count;

    public static KeyValueModel Create(History history) => new(history);

    public static bool Observes(in Operation operation) => CasRegisterModel.Observes(operation);

    public bool TryStep(long state, in Operation operation, out long next)
    {
        switch (operation.Kind)
        {
            case OperationKind.Append:
                next = state == Value.None ? operation.Input : _texts.Concatenate((int)state, (int)operation.Input);
                return true;
            case OperationKind.Delete:
                next = Initial;
                return true;
            default:
                return default(CasRegisterModel).TryStep(state, operation, out next);
        }
    }
}
