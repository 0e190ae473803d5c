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
    private readonly OrderSearch<TModel> _search = new();
    private readonly HistoryParts<TModel> _parts = new();
    private readonly List<int> _failing = [];
    private readonly List<int> _undecided = [];
    private Operation[] _operations = [];

    public override LinearizabilityResult Check(History history, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(history);
        _parts.Divide(history.Operations);
        _failing.Clear();
        _undecided.Clear();
        var witness = Options.WantsWitness ? new WitnessOrder(history) : null;
        FailingPart? failure = null;
        long steps = 0;
        long configurations = 0;
        for (int part = 0; part < _parts.Count; part++)
        {
            cancellation.ThrowIfCancellationRequested();
            ReadOnlySpan<int> members = _parts[part];
            SearchEnd end = Search(history, members, Options.StepsMax - steps, cancellation);
            steps += _search.Steps;
            configurations += _search.Configurations;
            int key = history.Operations[members[0]].Key;
            switch (end)
            {
                case SearchEnd.Found:
                    witness?.Add(members, _search.Order);
                    break;
                case SearchEnd.None:
                    failure ??= Explain(history, members, cancellation);
                    Note(_failing, key);
                    break;
                default:
                    Note(_undecided, key);
                    break;
            }
        }

        LinearizabilityVerdict verdict = failure is not null ? LinearizabilityVerdict.NotLinearizable
            : _undecided.Count > 0 ? LinearizabilityVerdict.Undecided : LinearizabilityVerdict.Linearizable;
        return new LinearizabilityResult
        {
            Verdict = verdict,
            Parts = _parts.Count,
            Steps = steps,
            Configurations = configurations,
            Witness = verdict == LinearizabilityVerdict.Linearizable && witness is not null ? witness.Merged() : [],
            FailingKeys = [.. _failing],
            UndecidedKeys = [.. _undecided],
            Failure = failure,
        };
    }

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

        _search.Load(TModel.Create(history.Sequences.Branch()), _operations.AsSpan(0, members.Length));
        return _search.Run(TModel.Initial, stepsMax, Options.MemoryBytesMax, cancellation);
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

    private static void Note(List<int> keys, int key)
    {
        // Parts of one key follow one another.
        if (keys.Count == 0 || keys[^1] != key)
        {
            keys.Add(key);
        }
    }
}
