using Headroom.Consensus.Histories;
using Headroom.Consensus.Linearizability.Models;

namespace Headroom.Consensus.Linearizability;

/// <summary>
/// Makes a failing part small by steps each of which only weakens it, so that what is left proves that the whole fails. (Leaving out any operation would not do: a read fails
/// alone once the write that it read is gone.)
/// <list type="number">
/// <item>What is called after the return that no order passes is left out; what is open there may take effect at any later time.</item>
/// <item>What returned before some moment is left out, for any state that the search has ever met: a superset of the states that it can have left behind. The latest such moment
/// is taken; what was open at it may have taken effect before.</item>
/// <item>What only observes is left out, and what changes the object is freed of its time (it may take effect at any moment, or never), by halves, quarters, … down to single
/// operations, as in delta debugging [zeller2002].</item>
/// </list>
/// </summary>
internal sealed class FailureReduction<TModel>(Operation[] operations, int blocked, LinearizabilityOptions options, CancellationToken cancellation)
    where TModel : struct, ISequentialModel<TModel>
{
    /// <summary>With more states than this the second step is not taken.</summary>
    public const int StatesMax = 10_000;

    private const int TriedOneByOne = 100;

    private enum Fate : byte
    {
        Kept,
        Free,
        Gone,
    }

    private readonly OrderSearch<TModel> _search = new();
    private readonly Fate[] _fates = new Fate[operations.Length];
    private TModel _model;
    private long[] _states = [];
    private long _from = long.MinValue;
    private long _stepsLeft = options.ShrinkStepsMax;

    /// <summary>The operations that are left, by their places.</summary>
    public IReadOnlyList<int> Kept => [.. Enumerable.Range(0, operations.Length).Where(i => _fates[i] == Fate.Kept && IsInside(i))];

    public long? Since { get; private set; }

    public bool IsMinimal { get; private set; }

    private long End => operations[blocked].Return;

    public void Run(TModel model, long[]? states)
    {
        _model = model;
        _states = [model.Initial];
        IsMinimal = true;
        if (states is not null)
        {
            CutBeginning(states);
        }

        int[] left = [.. Kept];
        for (int size = Math.Max(1, left.Length / 2); ; size /= 2)
        {
            for (int from = 0; from < left.Length; from += size)
            {
                Spare(left.AsSpan(from, Math.Min(size, left.Length - from)));
            }

            if (size == 1)
            {
                break;
            }

            left = [.. Kept];
        }
    }

    /// <summary>
    /// The latest call from which the part fails whatever came before. Failing is not monotone in it (what is open at it is let go), so that the last calls are tried one by one;
    /// earlier ones in growing strides.
    /// </summary>
    private void CutBeginning(long[] states)
    {
        long[] calls = [.. operations.Where(o => o.Call <= End).Select(o => o.Call).Distinct()];
        long[] first = _states;
        _states = states;
        int tried = 0;
        for (int at = calls.Length - 1; at >= 0 && _stepsLeft > 0; at -= Math.Max(1, ++tried / TriedOneByOne))
        {
            _from = calls[at];
            if (Fails())
            {
                Since = _from;
                return;
            }
        }

        _from = long.MinValue;
        _states = first;
    }

    /// <summary>Weakens these operations if the part fails without them too.</summary>
    private void Spare(ReadOnlySpan<int> some)
    {
        foreach (int i in some)
        {
            _fates[i] = TModel.Observes(operations[i]) ? Fate.Gone : Fate.Free;
        }

        if (!Fails())
        {
            foreach (int i in some)
            {
                _fates[i] = Fate.Kept;
            }
        }
    }

    private bool Fails()
    {
        var weakened = new List<Operation>(operations.Length);
        for (int i = 0; i < operations.Length; i++)
        {
            if (_fates[i] == Fate.Free && IsInside(i))
            {
                weakened.Add(operations[i] with { Call = long.MinValue, Return = Operation.Never });
            }
        }

        for (int i = 0; i < operations.Length; i++)
        {
            if (_fates[i] == Fate.Kept && IsInside(i))
            {
                weakened.Add(IsWhole(i) ? operations[i] : operations[i] with { Return = Operation.Never });
            }
        }

        _search.Load(_model, weakened.ToArray());
        foreach (long state in _states)
        {
            long before = _search.Steps;
            SearchEnd end = _search.Run(state, before + _stepsLeft, options.MemoryBytesMax, cancellation);
            _stepsLeft -= _search.Steps - before;
            if (end != SearchEnd.None)
            {
                IsMinimal &= end == SearchEnd.Found;
                return false;
            }
        }

        return true;
    }

    private bool IsInside(int i) => operations[i].Call <= End && operations[i].Return >= _from && (IsWhole(i) || !TModel.Observes(operations[i]));

    /// <summary>Whether an operation was called and returned between the beginning and the end; of another that lies partly between them only the call still counts.</summary>
    private bool IsWhole(int i) => operations[i].Call >= _from && operations[i].Return <= End;
}
