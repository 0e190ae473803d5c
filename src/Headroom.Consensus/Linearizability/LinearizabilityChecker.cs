using Headroom.Consensus.Histories;
using Headroom.Consensus.Linearizability.Models;

namespace Headroom.Consensus.Linearizability;

/// <summary>
/// Decides whether a history is linearizable [herlihy1990]: part by part, since a history is linearizable if and only if the operations on each object are (theorem 1 there,
/// [horn2015]), each by <see cref="OrderSearch{TModel}"/>.
/// </summary>
public abstract class LinearizabilityChecker
{
    private protected LinearizabilityChecker(LinearizabilityOptions options)
    {
        options.Validate();
        Options = options;
    }

    public LinearizabilityOptions Options { get; }

    /// <exception cref="ArgumentException">An operation of a kind that the model does not take.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public abstract LinearizabilityResult Check(History history, CancellationToken cancellation = default);
}

/// <summary>The checker of one model.</summary>
internal sealed class LinearizabilityChecker<TModel>(LinearizabilityOptions options) : LinearizabilityChecker(options)
    where TModel : struct, ISequentialModel<TModel>
{
    // Parts differ by orders of magnitude in what they cost, and one that fails decides for all: each gets a few steps before any gets many.
    private const long FirstTurn = 20_000;
    private const long TurnGrowth = 8;

    private readonly OrderSearch<TModel> _search = new();
    private readonly HistoryParts<TModel> _parts = new();
    private Operation[] _operations = [];

    public override LinearizabilityResult Check(History history, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(history);
        _parts.Divide(history.Operations);
        var witness = Options.WantsWitness ? new WitnessOrder(history) : null;
        var failing = new SortedSet<int>();
        FailingPart? failure = null;
        long steps = 0;
        long configurations = 0;
        int[] open = [.. Enumerable.Range(0, _parts.Count)];
        var tooLarge = new List<int>();
        for (long turn = FirstTurn; open.Length > 0 && failure is null && steps < Options.StepsMax; turn *= TurnGrowth)
        {
            int stillOpen = 0;
            foreach (int part in open)
            {
                cancellation.ThrowIfCancellationRequested();
                SearchEnd end = Search(history, _parts[part], Math.Min(turn, Options.StepsMax - steps), cancellation);
                steps += _search.Steps;
                configurations += _search.Configurations;
                if (end == SearchEnd.Found)
                {
                    witness?.Add(_parts[part], _search.Order);
                }
                else if (end == SearchEnd.None)
                {
                    failure ??= Explain(history, _parts[part], cancellation);
                    failing.Add(Key(history, part));
                }
                else if (end == SearchEnd.StepsSpent)
                {
                    open[stillOpen++] = part;
                }
                else
                {
                    tooLarge.Add(part);
                }
            }

            Array.Resize(ref open, stillOpen);
        }

        int[] undecided = [.. open, .. tooLarge];
        LinearizabilityVerdict verdict = failure is not null ? LinearizabilityVerdict.NotLinearizable
            : undecided.Length > 0 ? LinearizabilityVerdict.Undecided : LinearizabilityVerdict.Linearizable;
        return new LinearizabilityResult
        {
            Verdict = verdict,
            Parts = _parts.Count,
            Steps = steps,
            Configurations = configurations,
            Witness = verdict == LinearizabilityVerdict.Linearizable && witness is not null ? witness.Merged() : [],
            FailingKeys = [.. failing],
            UndecidedKeys = [.. undecided.Select(part => Key(history, part)).Distinct().Order()],
            Failure = failure,
        };
    }

    private int Key(History history, int part) => history.Operations[_parts[part][0]].Key;

    private SearchEnd Search(History history, ReadOnlySpan<int> members, long stepsMax, CancellationToken cancellation)
    {
        if (_operations.Length < members.Length)
        {
            _operations = new Operation[Math.Max(members.Length, 2 * _operations.Length)];
        }

        for (int i = 0; i < members.Length; i++)
        {
            _operations[i] = history.Operations[members[i]];
        }

        _search.Load(TModel.Create(history), _operations.AsSpan(0, members.Length));
        return _search.Run(_search.Model.Initial, stepsMax, Options.MemoryBytesMax, cancellation);
    }

    private FailingPart Explain(History history, ReadOnlySpan<int> members, CancellationToken cancellation)
    {
        int[] all = members.ToArray();
        int blocked = _search.Blocked;
        var reduction = new FailureReduction<TModel>(_operations.AsSpan(0, all.Length).ToArray(), blocked, Options, cancellation);
        if (Options.WantsSmallest)
        {
            reduction.Run(_search.Model, _search.States(FailureReduction<TModel>.StatesMax));
        }

        return new FailingPart
        {
            Key = history.Operations[all[0]].Key,
            Operations = all,
            LongestPrefix = [.. _search.Best.ToArray().Select(i => all[i])],
            Blocked = all[blocked],
            Smallest = [.. reduction.Kept.Select(i => all[i])],
            Since = reduction.Since,
            IsMinimal = reduction.IsMinimal,
        };
    }
}
