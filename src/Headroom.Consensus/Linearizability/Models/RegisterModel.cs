using Headroom.Consensus.Histories;

namespace Headroom.Consensus.Linearizability.Models;

/// <summary>One value, read and written; the state is the value.</summary>
public readonly struct RegisterModel : ISequentialModel<RegisterModel>
{
    public static IReadOnlyList<(string Name, OperationKind Kind)> Operations { get; } = [("read", OperationKind.Read), ("write", OperationKind.Write)];

    public long Initial => Value.None;

    public int Held => 0;

    public static RegisterModel Create(History history) => default;

    public static bool Observes(in Operation operation) => operation.Kind == OperationKind.Read;

    public bool TryStep(long state, in Operation operation, out long next)
    {
        bool isWrite = operation.Kind == OperationKind.Write;
        next = isWrite ? operation.Input : state;
        return isWrite || operation.IsPending || operation.Output == state;
    }
}
