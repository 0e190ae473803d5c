namespace Headroom.Flow;

/// <summary>
/// Who sends how much to whom. Demands between the same two nodes are added; those of rate 0 are dropped. Grouped by target, because traffic
/// towards one target is one commodity: n of them instead of n^2. Targets ascend, and sources within a target.
/// </summary>
public sealed class DemandMatrix
{
    private readonly int[] _starts;
    private readonly Demand[] _demands;
    private readonly int[] _targets;

    public DemandMatrix(int nodeCount, IEnumerable<Demand> demands)
    {
        ArgumentNullException.ThrowIfNull(demands);
        NodeCount = nodeCount;
        var sums = new SortedDictionary<(int Target, int Source), double>();
        foreach (Demand demand in demands)
        {
            CheckNode(demand.Source);
            CheckNode(demand.Target);
            ArgumentOutOfRangeException.ThrowIfEqual(demand.Target, demand.Source);
            if (!(demand.RateBps >= 0) || double.IsPositiveInfinity(demand.RateBps))
            {
                throw new ArgumentOutOfRangeException(nameof(demands), demand.RateBps, "a demand is finite and at least 0");
            }

            (int, int) key = (demand.Target, demand.Source);
            sums[key] = sums.GetValueOrDefault(key) + demand.RateBps;
        }

        _demands = [.. sums.Where(pair => pair.Value > 0).Select(pair => new Demand(pair.Key.Source, pair.Key.Target, pair.Value))];
        _targets = [.. _demands.Select(demand => demand.Target).Distinct()];
        _starts = new int[_targets.Length + 1];
        int group = -1;
        for (int i = 0; i < _demands.Length; i++)
        {
            if (group < 0 || _demands[i].Target != _targets[group])
            {
                _starts[++group] = i;
            }

            TotalBps += _demands[i].RateBps;
        }

        _starts[^1] = _demands.Length;
    }

    public int NodeCount { get; }

    public int Count => _demands.Length;

    /// <summary>The sum of all demands.</summary>
    public double TotalBps { get; }

    /// <summary>The nodes that receive anything, ascending.</summary>
    public ReadOnlySpan<int> Targets => _targets;

    /// <summary>All demands by target, then source.</summary>
    public ReadOnlySpan<Demand> All => _demands;

    /// <summary>The demands towards the i-th target.</summary>
    public ReadOnlySpan<Demand> Towards(int i) => _demands.AsSpan(_starts[i], _starts[i + 1] - _starts[i]);

    private void CheckNode(int node)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(node, nameof(Demand));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(node, NodeCount, nameof(Demand));
    }
}
