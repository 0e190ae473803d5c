namespace Headroom.Consensus.Watch;

/// <summary>Who tells whom: member 0 is the store, then relays, then the watchers, each below its parent; and what of interest is below each.</summary>
internal sealed class WatchTree
{
    private readonly WatchOptions _options;
    private readonly int[][] _topics;

    public WatchTree(WatchOptions options, WatchCatalogue catalogue)
    {
        _options = options;
        int fanOut = options.RelayFanOut ?? options.Watchers;
        var tiers = new List<int>();
        for (int count = options.Watchers; count > fanOut;)
        {
            count = ((count - 1) / fanOut) + 1;
            tiers.Add(count);
        }

        Relays = tiers.Sum();
        Tiers = tiers.Count + 1;
        Members = 1 + Relays + options.Watchers;
        Parents = new int[Members];
        _topics = new int[Members][];
        Interests = new int[Members][];
        int[] everything = [.. Enumerable.Range(0, catalogue.Topics)];
        for (int watcher = 0; watcher < options.Watchers; watcher++)
        {
            int[] interest = catalogue.TopicsOf(watcher);
            Interests[1 + Relays + watcher] = interest;
            _topics[1 + Relays + watcher] = options.IsGrouped ? interest : everything;
        }

        int first = 1 + Relays;
        int below = options.Watchers;
        foreach (int count in tiers)
        {
            int parents = first - count;
            for (int i = 0; i < below; i++)
            {
                Parents[first + i] = parents + (i / fanOut);
            }

            for (int i = 0; i < count; i++)
            {
                _topics[parents + i] = [.. Enumerable.Range(first + (i * fanOut), Math.Min(fanOut, below - (i * fanOut))).SelectMany(child => _topics[child]).Distinct().Order()];
            }

            (first, below) = (parents, count);
        }
    }

    public int Relays { get; }

    /// <summary>Tellings from the store to a watcher.</summary>
    public int Tiers { get; }

    public int Members { get; }

    /// <summary>Of each member but the store; those without a relay above have 0, the store.</summary>
    public int[] Parents { get; }

    /// <summary>Topics that each watcher is to know, ascending; null for who is none.</summary>
    public int[]?[] Interests { get; }

    /// <summary>Topics of which a member is told, ascending.</summary>
    public int[] TopicsOf(int member) => _topics[member];

    /// <summary>A member's children by what they are told of: groups in the order of their first member.</summary>
    public int[][] GroupsOf(int member)
    {
        IEnumerable<int> children = Enumerable.Range(1, Members - 1).Where(child => Parents[child] == member);
        return _options.IsGrouped ? [.. children.GroupBy(child => string.Join(',', _topics[child])).Select(group => group.ToArray())]
            : children.ToArray() is { Length: > 0 } all ? [all] : [];
    }
}
