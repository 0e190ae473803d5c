using Headroom.Consensus.Histories;

namespace Headroom.Consensus.Linearizability.Diagrams;

/// <summary>What of a history is drawn: the smallest failing part with what happened around it on the same object, or the beginning of a history that is linearizable.</summary>
internal sealed class DiagramSelection
{
    public const int OperationsMax = 24;
    private const int BeforeMax = 4;

    private DiagramSelection(IReadOnlyList<int> operations, IReadOnlyList<int> order) => (Operations, Order) = (operations, order);

    /// <summary>In the order of their calls.</summary>
    public IReadOnlyList<int> Operations { get; }

    /// <summary>The order found, or the one that got furthest: all of it.</summary>
    public IReadOnlyList<int> Order { get; }

    public static DiagramSelection Of(History history, LinearizabilityResult result)
    {
        if (result.Failure is not { } failure)
        {
            return new DiagramSelection([.. Enumerable.Range(0, Math.Min(OperationsMax, history.Operations.Length))], result.Witness);
        }

        long from = failure.Smallest.Min(i => history.Operations[i].Call);
        long to = history.Operations[failure.Blocked].Return;
        var chosen = new SortedSet<int>(failure.Smallest) { failure.Blocked };
        Operation[] all = history.Operations.ToArray();
        int[] called = [.. failure.Operations.Where(i => all[i].Call <= to)];
        IEnumerable<int> during = called.Where(i => all[i].Return >= from && !all[i].IsPending).Reverse();
        IEnumerable<int> before = called.Where(i => all[i].Return < from).OrderByDescending(i => all[i].Return).Take(BeforeMax);
        IEnumerable<int> pending = called.Where(i => all[i].IsPending).Reverse();
        foreach (int i in during.Concat(before).Concat(pending))
        {
            if (chosen.Count >= OperationsMax)
            {
                break;
            }

            chosen.Add(i);
        }

        return new DiagramSelection([.. chosen.OrderBy(i => all[i].Call).ThenBy(i => i)], failure.LongestPrefix);
    }
}
