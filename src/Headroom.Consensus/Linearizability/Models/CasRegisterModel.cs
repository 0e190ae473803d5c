using Headroom.Consensus.Histories;

namespace Headroom.Consensus.Linearizability.Models;

/// <summary>A register that also replaces its value by another if it is the one expected.</summary>
public readonly struct CasRegisterModel : ISequentialModel<CasRegisterModel>
{
    public static IReadOnlyList<(string Name, OperationKind Kind)> Operations { get; } = [.. RegisterModel.Operations, ("cas", OperationKind.CompareAndSet)];

    public long Initial => Value.None;

    public int Held => 0;

    public static CasRegisterModel Create(History history) => default;

    /// <summary>A compare-and-set that found another value changes nothing.</summary>
    public static bool Observes(in Operation operation) =>
        operation.Kind == OperationKind.Read || (operation.Kind == OperationKind.CompareAndSet && !operation.IsPending && operation.Output == Value.False);

    public bool TryStep(long state, in Operation operation, out long next)
    {
        if (operation.Kind != OperationKind.CompareAndSet)
        {
            return default(RegisterModel).TryStep(state, operation, out next);
        }

        bool isEqual = state == operation.Expected;
        next = isEqual ? operation.Input : state;
        return operation.IsPending || operation.Output == (isEqual ? Value.True : Value.False);
    }
}
