using Headroom.Consensus.Histories;
using Headroom.Consensus.Linearizability;
using Headroom.Kernel.Quantities;

namespace Headroom.Audit.Histories;

/// <summary>What a check found, in words.</summary>
public static class HistoryCheckText
{
    private const int OrderShown = 8;

    public static IEnumerable<string> Lines(HistoryCheck check)
    {
        ArgumentNullException.ThrowIfNull(check);
        History history = check.File.History;
        Operation[] operations = history.Operations.ToArray();
        int keys = operations.Select(o => o.Key).Distinct().Count();
        int clients = operations.Select(o => o.Client).Distinct().Count();
        yield return $"{check.Shown}: {check.Verdict}";
        yield return $"  {Counted(operations.Length, "operation")} ({operations.Count(o => o.IsPending):N0} never answered, {history.FailedCount:N0} more failed) of {Counted(clients, "client")} on {Counted(keys, "key")}; "
            + $"model {check.File.Model}, format {check.File.Format.ToString().ToLowerInvariant()}";
        yield return $"  {Counted(check.Result.Configurations, "configuration")} explored in {Counted(check.Result.Steps, "step")}, {Counted(check.Result.Parts, "part")}, {new Quantity(check.Seconds, Unit.Second).ToHumanString()}";
        IEnumerable<string> more = check.Result.Failure is { } failure ? Failure(check, failure, operations)
            : check.Result.Verdict == LinearizabilityVerdict.Linearizable ? Order(check, operations)
            : [$"  the budget was spent before {Keys(history, check.Result.UndecidedKeys)} {(check.Result.UndecidedKeys.Count == 1 ? "was" : "were")} decided: --steps-max and --memory-max raise it"];
        foreach (string line in more)
        {
            yield return line;
        }
    }

    private static IEnumerable<string> Order(HistoryCheck check, Operation[] operations)
    {
        IReadOnlyList<int> witness = check.Result.Witness;
        if (witness.Count == 0)
        {
            yield break;
        }

        yield return $"  an order that explains every answer: {Counted(witness.Count, "operation")} take effect";
        foreach (string line in Listed(check, operations, witness.Take(OrderShown)))
        {
            yield return line;
        }

        if (witness.Count > OrderShown)
        {
            yield return $"    … {witness.Count - OrderShown:N0} more (--json writes all)";
        }
    }

    private static IEnumerable<string> Failure(HistoryCheck check, FailingPart failure, Operation[] operations)
    {
        History history = check.File.History;
        if (history.KeyNames.Count > 0)
        {
            yield return $"  what fails: {Keys(history, check.Result.FailingKeys)}" + (check.Result.FailingKeys.Count > 1 ? $"; in what follows, {Keys(history, [failure.Key])}" : "");
        }

        yield return $"  the smallest part that has no order{(failure.IsMinimal ? "" : " (as far as the budget went)")}: {failure.Smallest.Count:N0} of {Counted(failure.Operations.Count, "operation")}"
            + (failure.Since is null ? ", from the first state on" : ", whatever state came before");
        foreach (string line in Listed(check, operations, failure.Smallest))
        {
            yield return line;
        }

        if (failure.Smallest.Count < failure.Operations.Count)
        {
            yield return "    (all else that changes the object may take effect at any moment or never: these still have no order)";
        }

        yield return $"  the order that got furthest holds {Counted(failure.LongestPrefix.Count, "operation")}"
            + (failure.LongestPrefix.Count > OrderShown ? $", the last {OrderShown}:" : failure.LongestPrefix.Count > 0 ? ":" : "");
        foreach (string line in Listed(check, operations, failure.LongestPrefix.Skip(failure.LongestPrefix.Count - OrderShown)))
        {
            yield return line;
        }

        yield return "  and every order gets stuck before the return of";
        foreach (string line in Listed(check, operations, [failure.Blocked]))
        {
            yield return line;
        }
    }

    private static IEnumerable<string> Listed(HistoryCheck check, Operation[] operations, IEnumerable<int> places)
    {
        History history = check.File.History;
        var text = new OperationText(history, check.File.Model);
        foreach (int i in places)
        {
            string line = i < history.Lines.Count ? $"line {history.Lines[i],5}  " : "";
            string key = history.KeyNames.Count > 0 ? $"key {history.KeyName(operations[i].Key)}  " : "";
            yield return $"    {line}client {operations[i].Client,3}  {key}{text.Of(operations[i])}";
        }
    }

    private static string Keys(History history, IReadOnlyList<int> keys) => history.KeyNames.Count == 0 && keys.Count == 1 ? "the object"
        : $"key{(keys.Count == 1 ? "" : "s")} {string.Join(", ", keys.Take(20).Select(history.KeyName))}{(keys.Count > 20 ? $" and {keys.Count - 20:N0} more" : "")}";

    private static string Counted(long count, string what) => $"{count:N0} {what}{(count == 1 ? "" : "s")}";
}
