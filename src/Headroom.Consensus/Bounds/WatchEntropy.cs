using Headroom.Kernel.Bounds;
using Headroom.Kernel.Quantities;

namespace Headroom.Consensus.Bounds;

/// <summary>A watcher cannot know what has not reached it.</summary>
internal static class WatchEntropy
{
    public static Bound Bound { get; } = new()
    {
        Id = "consensus.watch-bytes",
        Title = "Bytes that watchers must take in",
        Side = Side.Floor,
        Unit = Unit.Byte,
        Parameters =
        [
            BoundParameter.Vector("changes", "for each group of watchers: changes that each of its watchers must come to know", max: 1e15),
            BoundParameter.Vector("watchers", "for each group: how many watch", max: 1e12),
            BoundParameter.Number("entropy", "entropy of a change given all that its watcher knows already, the changes before among it", max: 1e12, unit: Unit.Bit),
        ],
        Statement = "Every watcher takes in at least H bits on average for each change that it is to know.",
        Formula = "H/8 * sum over groups of watchers * changes",
        Regime = "Expected bytes taken in over all watchers' own links, unicast, headers not counted; any coding, deltas, batches and proxies (a proxy that is no watcher adds bytes, and may take them from the store's own line); what is of interest is known to all before. Watchers "
            + "that may skip states need only those that they must see: count these. Timing, silence, headers and where messages end tell nothing.",
        AppearsIn = "watches of etcd and Kubernetes, change feeds, service discovery, flags and configuration",
        MeansForYou = "Grouping and proxies take load from the store, not bytes from watchers; filters, deltas and skipped states do.",
        Citation = new Citation("cover2006", "theorem 5.3.1"),
        Evaluator = Evaluate,
        Examples =
        [
            new(new BoundArguments { { "changes", [1] }, { "watchers", [1] }, { "entropy", 2 } }, 0.25, "[cover2006] Example 1.1.2: the winner among eight horses has an entropy of 2 bits"),
            new(new BoundArguments { { "changes", [10, 1] }, { "watchers", [3, 100] }, { "entropy", 8 } }, 130, "by hand: 3 * 10 + 100 * 1 changes of a byte"),
        ],
    };

    private static BoundValue Evaluate(BoundArguments arguments)
    {
        double[] changes = arguments.Vector("changes");
        double[] watchers = arguments.Vector("watchers");
        if (changes.Length != watchers.Length)
        {
            return BoundValue.Outside($"changes of {changes.Length} groups, watchers of {watchers.Length}");
        }

        double sum = 0;
        for (int group = 0; group < changes.Length; group++)
        {
            sum += watchers[group] * changes[group];
        }

        return BoundValue.Of(sum * arguments["entropy"] / 8);
    }
}
