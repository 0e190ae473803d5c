using Headroom.Consensus.Histories;

namespace Headroom.Consensus.Linearizability.Models;

/// <summary>
/// A store: get, put, compare-and-set, append, delete. Keys are independent, so that the state is the value of one, <see cref="Value.None"/> where it is absent.
/// </summary>
public readonly struct KeyValueModel : ISequentialModel<KeyValueModel>
{
    private readonly SequenceTable _texts;

    private KeyValueModel(SequenceTable texts) => _texts = texts;

    public static IReadOnlyList<OperationKind> Kinds { get; } = [.. CasRegisterModel.Kinds, OperationKind.Append, OperationKind.Delete];

    public static long Initial => Value.None;

    public int Held => _texts.Count;

    public static KeyValueModel Create(SequenceTable sequences) => new(sequences);

    public static bool Observes(in Operation operation) => CasRegisterModel.Observes(operation);

    public bool TryStep(long state, in Operation operation, out long next)
    {
        switch (operation.Kind)
        {
            case OperationKind.Append:
                next = state == Value.None ? operation.Input : _texts.Concatenate((int)state, (int)operation.Input);
                return true;
            case OperationKind.Delete:
                next = Value.None;
                return true;
            default:
                return default(CasRegisterModel).TryStep(state, operation, out next);
        }
    }
}
