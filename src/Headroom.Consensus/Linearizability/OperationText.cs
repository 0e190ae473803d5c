using Headroom.Consensus.Histories;
using Headroom.Consensus.Linearizability.Models;

namespace Headroom.Consensus.Linearizability;

/// <summary>Operations as people read them: <c>write 3</c>, <c>read → nil</c>, <c>cas 1 → 2: done</c>.</summary>
public sealed class OperationText(History history, SequentialModel model, int charactersMax = 60)
{
    public string Of(in Operation operation)
    {
        string name = model.NameOf(operation.Kind);
        bool isAnswered = !operation.IsPending;
        string answer = !isAnswered ? " → ?" : $" → {Value(operation.Output)}";
        return operation.Kind switch
        {
            OperationKind.Read => name + answer,
            OperationKind.Dequeue => name + (isAnswered && operation.Output == Histories.Value.None ? " → empty" : answer),
            OperationKind.Members => name + (isAnswered ? $" → {{{Elements(operation.Output)}}}" : answer),
            OperationKind.CompareAndSet => $"{name} {Value(operation.Expected)} → {Value(operation.Input)}{(!isAnswered ? "" : operation.Output == Histories.Value.True ? ": done" : ": not so")}",
            OperationKind.Contains => $"{name} {Value(operation.Input)}{(isAnswered ? YesNo(operation.Output) : " → ?")}",
            OperationKind.Add or OperationKind.Remove => $"{name} {Value(operation.Input)}{(isAnswered && operation.Output != Histories.Value.None ? YesNo(operation.Output) : "")}",
            OperationKind.Delete => name,
            _ => $"{name} {Value(operation.Input)}",
        };
    }

    /// <summary>A long text shows its end, where texts that grow differ.</summary>
    private string Value(long value)
    {
        string shown = value == Histories.Value.None ? "nil" : history.Form == ValueForm.Numbers ? $"{value}" : $"\"{history.Sequences.Text((int)value)}\"";
        return shown.Length <= charactersMax ? shown : string.Concat("…", shown.AsSpan(shown.Length - charactersMax + 1));
    }

    private string Elements(long sequence)
    {
        long[] elements = new long[history.Sequences.Length((int)sequence)];
        history.Sequences.CopyTo((int)sequence, elements);
        string shown = string.Join(' ', elements.Select(Value));
        return shown.Length <= charactersMax ? shown : string.Concat(shown.AsSpan(0, charactersMax - 1), "…");
    }

    private static string YesNo(long answer) => answer == Histories.Value.True ? " → yes" : " → no";
}
