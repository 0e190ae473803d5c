using Headroom.Consensus.Histories;
using Headroom.Consensus.Linearizability;

namespace Headroom.Consensus.Torture.Checks;

/// <summary>What the clients saw is linearizable [herlihy1990].</summary>
public sealed class LinearizableHistory(HistoryJudge judge) : TortureCheck
{
    public override string Name => "linearizability";

    public override string Statement => "the clients' history of gets, puts, appends and compare-and-sets has an order that a single store could have lived through";

    public override void Finish(TortureRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        (LinearizabilityResult result, History history) = judge.Judge(run.Clients);
        if (result.Verdict == LinearizabilityVerdict.NotLinearizable)
        {
            Operation blocked = history.Operations[result.Failure!.Blocked];
            Report(blocked.Return, $"key {blocked.Key}: {string.Join("; ", result.Failure.Smallest.Take(6).Select(i => Describe(history, history.Operations[i])))}");
        }
        else if (result.Verdict == LinearizabilityVerdict.Undecided)
        {
            Report(run.EndNs, "the history was not decided within the checker's budget");
        }
    }

    private static string Describe(History history, in Operation operation) =>
        $"client {operation.Client} {operation.Kind} {TextOf(history, operation.Input)}-> {(operation.IsPending ? "?" : operation.Kind == OperationKind.CompareAndSet ? (operation.Output == Value.True ? "set " : "refused ") : TextOf(history, operation.Output))} ({operation.Call / 1e9:0.000} to {(operation.IsPending ? "?" : $"{operation.Return / 1e9:0.000}")} s)";

    private static string TextOf(History history, long value)
    {
        if (value == Value.None)
        {
            return "";
        }

        Span<long> tokens = new long[history.Sequences.Length((int)value)];
        history.Sequences.CopyTo((int)value, tokens);
        return $"[{string.Join(' ', tokens.ToArray())}] ";
    }
}
