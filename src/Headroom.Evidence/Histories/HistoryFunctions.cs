using Headroom.Consensus.Histories;
using Headroom.Consensus.Linearizability.Models;

namespace Headroom.Evidence.Histories;

/// <summary>What operation a file names.</summary>
internal static class HistoryFunctions
{
    // A register without compare-and-set is the one with it: whoever means the other says so.
    private static readonly SequentialModel[] Inferred = [.. ModelRegistry.All.Where(model => model != ModelRegistry.Register)];

    /// <exception cref="MalformedException">The model has no such operation; the message names those it has.</exception>
    public static OperationKind Kind(SequentialModel model, HistoryEvent what)
    {
        foreach ((string name, OperationKind kind) in model.Operations)
        {
            if (name == what.Function)
            {
                return kind;
            }
        }

        string[] names = [.. model.Operations.Select(n => n.Name)];
        throw what.Wrong($"the model {model} has no operation '{what.Function}'{HistoryFields.Near(what.Function, names)}; it has {string.Join(", ", names)}");
    }

    /// <summary>The first model that has every operation of the history.</summary>
    public static SequentialModel Infer(IReadOnlyList<HistoryEvent> events)
    {
        SequentialModel[] possible = Inferred;
        foreach (HistoryEvent what in events)
        {
            SequentialModel[] left = [.. possible.Where(model => model.Operations.Any(n => n.Name == what.Function))];
            if (left.Length == 0)
            {
                string[] known = [.. ModelRegistry.All.SelectMany(model => model.Operations).Select(n => n.Name).Distinct()];
                throw what.Wrong(known.Contains(what.Function)
                    ? $"no model has the operation '{what.Function}' besides those before it (so far it could be {string.Join(" or ", possible.Select(m => m.Name))}); a history is of one model"
                    : $"no model has an operation '{what.Function}'{HistoryFields.Near(what.Function, known)}; known are {string.Join(", ", known)}");
            }

            possible = left;
        }

        return possible[0];
    }
}
