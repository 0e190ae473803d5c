using Headroom.Consensus.Histories;

namespace Headroom.Consensus.Linearizability;

/// <summary>
/// Joins the orders of parts to one of the whole history. Each operation gets a moment at which it may be thought to take effect: its call, or the moment of the one before it
/// in its part's order if that is later. No operation of the order returned before the call of one that stands before it, so that the moment lies before its return, and the
/// order of moments contradicts no precedence.
/// </summary>
internal sealed class WitnessOrder(History history)
{
    private readonly List<(long Moment, int Rank, int Operation)> _moments = new(history.Operations.Length);

    public void Add(ReadOnlySpan<int> members, ReadOnlySpan<int> order)
    {
        long moment = long.MinValue;
        foreach (int place in order)
        {
            int operation = members[place];
            moment = Math.Max(moment, history.Operations[operation].Call);
            _moments.Add((moment, _moments.Count, operation));
        }
    }

    public int[] Merged()
    {
        _moments.Sort();
        return [.. _moments.Select(m => m.Operation)];
    }
}
