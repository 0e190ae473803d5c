using Headroom.Audit.Reading;
using Headroom.Evidence.Latencies;
using Headroom.Kernel.Quantities;

namespace Headroom.Audit.Links;

/// <summary>
/// Regions with names, as a system file says them: who is where, and how far apart regions are. A plain number puts everybody into one region, <see cref="OnlyRegion"/>.
/// </summary>
public static class PlaceKeys
{
    public const string OnlyRegion = "one place";

    private const int RegionsMax = 100;

    /// <summary>Between regions: one latency for all pairs, or a mapping of pairs.</summary>
    public static Key<IReadOnlyDictionary<string, long>> Between { get; } = new("between", "a time such as 80 ms, or a mapping of region pairs such as { us-eu: 40 ms }",
        "minimum latency between members of different regions", (node, _) => ReadBetween(node));

    /// <summary>How many are in each region: a number where there is one region, or a mapping of regions to numbers.</summary>
    public static Key<IReadOnlyDictionary<string, int>> Counts(string name, string summary, int max) => new(name, "a number, or a mapping of regions to numbers such as { us: 2, eu: 1 }", summary,
        (node, context) => ReadCounts(name, node, context, max));

    /// <summary>Shares of the regions, which make one together.</summary>
    public static Key<IReadOnlyDictionary<string, double>> Shares(string name, string summary) => new(name, "a mapping of regions to shares such as { us: 70 %, eu: 30 % }", summary,
        (node, context) => ReadShares(name, node, context));

    /// <summary>Latencies in the order of the names: <c>latency</c> within a region, <c>between</c> from one to another; or a matrix file that says both.</summary>
    /// <exception cref="InputException">A pair without a latency, a region that is not among the names, a matrix that lacks one.</exception>
    public static long[,] Latencies(IReadOnlyList<string> names, Section network)
    {
        ArgumentNullException.ThrowIfNull(names);
        ArgumentNullException.ThrowIfNull(network);
        LinkLatency latency = network.Get(LinkKeys.Latency);
        bool hasBetween = network.TryGet(Between, out IReadOnlyDictionary<string, long>? between);
        if (latency.Matrix is { } matrix)
        {
            return hasBetween ? throw network.Fail(Between, $"the matrix {latency.File} says what lies between regions: leave 'between' out") : Of(names, matrix, latency.File, network);
        }

        if (names.Count > 1 && !hasBetween)
        {
            throw new InputException(network.Mark, $"members are in {names.Count} regions ({string.Join(", ", names)}): 'network' needs 'between', the latencies from one to another");
        }

        if (names.Count == 1 && hasBetween)
        {
            throw network.Fail(Between, $"all are in one region ({names[0]}): leave 'between' out, or write members by region, such as {{ us: 2, eu: 1 }}");
        }

        var latencies = new long[names.Count, names.Count];
        for (int from = 0; from < names.Count; from++)
        {
            for (int to = 0; to < names.Count; to++)
            {
                latencies[from, to] = from == to ? latency.Ns!.Value : Pair(names[from], names[to], between!, network);
            }
        }

        if (between is not null && between.Keys.FirstOrDefault(pair => pair.Length > 0 && !names.Any(a => names.Any(b => a != b && pair == $"{a}-{b}"))) is { } unknown)
        {
            throw network.Fail(Between, $"'between' names the pair '{unknown}'; regions are {string.Join(", ", names)}, and a pair is written '{names[0]}-{names[^1]}'");
        }

        return latencies;
    }

    /// <summary>So many clients by their regions, each region's number the nearest to its share; one at least in every region that has any.</summary>
    public static int[] Dealt(int count, IReadOnlyList<string> regions, IReadOnlyDictionary<string, double> shares)
    {
        ArgumentNullException.ThrowIfNull(regions);
        ArgumentNullException.ThrowIfNull(shares);
        var clients = new List<int>();
        double sum = 0;
        int left = shares.Count(entry => entry.Value > 0);
        foreach ((string region, double share) in shares.Where(entry => entry.Value > 0))
        {
            sum += share;
            left--;
            int until = Math.Max(clients.Count + 1, Math.Min((int)Math.Round(sum * count), count - left));
            clients.AddRange(Enumerable.Repeat(regions.ToList().IndexOf(region), until - clients.Count));
        }

        return [.. clients];
    }

    private static long Pair(string from, string to, IReadOnlyDictionary<string, long> between, Section network) =>
        between.TryGetValue($"{from}-{to}", out long ns) || between.TryGetValue($"{to}-{from}", out ns) || between.TryGetValue("", out ns)
            ? ns
            : throw network.Fail(Between, $"'between' has no latency for '{from}-{to}'");

    private static long[,] Of(IReadOnlyList<string> names, LatencyMatrix matrix, string file, Section network)
    {
        var latencies = new long[names.Count, names.Count];
        int[] places = new int[names.Count];
        for (int i = 0; i < places.Length; i++)
        {
            places[i] = Array.IndexOf([.. matrix.Regions], names[i]);
            if (places[i] < 0)
            {
                throw network.Fail(LinkKeys.Latency, $"{file} has no region '{names[i]}'; it has {string.Join(", ", matrix.Regions.Take(12))}");
            }
        }

        for (int from = 0; from < places.Length; from++)
        {
            for (int to = 0; to < places.Length; to++)
            {
                latencies[from, to] = matrix[places[from], places[to]];
            }
        }

        return latencies;
    }

    private static SortedDictionary<string, long> ReadBetween(Node node)
    {
        var between = new SortedDictionary<string, long>(StringComparer.Ordinal);
        if (node is not MappingNode mapping)
        {
            between[""] = Nanoseconds("between", node);
            return between;
        }

        foreach (MappingEntry entry in mapping.Entries)
        {
            between[entry.Key] = Nanoseconds(entry.Key, entry.Value);
        }

        return between;
    }

    private static long Nanoseconds(string name, Node node) => (long)Math.Round(Keys.ReadQuantity(name, node, "80 ms", Unit.Second.Dimension, "0 s", "1 h").Base * 1e9);

    private static OrderedDictionary<string, int> ReadCounts(string name, Node node, ReadingContext context, int max)
    {
        if (node is not MappingNode mapping)
        {
            return new OrderedDictionary<string, int> { [OnlyRegion] = (int)Keys.Count(name, "", 1, max).Read(node, context) };
        }

        var counts = new OrderedDictionary<string, int>(StringComparer.Ordinal);
        foreach (MappingEntry entry in mapping.Entries)
        {
            counts[entry.Key] = (int)Keys.Count(entry.Key, "", 0, max).Read(entry.Value, context);
        }

        return counts.Count is 0 or > RegionsMax || counts.Values.Sum() is 0 || counts.Values.Sum() > max
            ? throw new InputException(node.Mark, $"'{name}' has 1 to {RegionsMax} regions and 1 to {max} members in all")
            : counts;
    }

    private static OrderedDictionary<string, double> ReadShares(string name, Node node, ReadingContext context)
    {
        if (node is not MappingNode mapping || mapping.Entries.Count == 0)
        {
            throw new InputException(node.Mark, $"'{name}' is a mapping of regions to shares such as {{ us: 70 %, eu: 30 % }}; found {node.Describe()}");
        }

        var shares = new OrderedDictionary<string, double>(StringComparer.Ordinal);
        foreach (MappingEntry entry in mapping.Entries)
        {
            shares[entry.Key] = Keys.Share(entry.Key, "").Read(entry.Value, context);
        }

        double sum = shares.Values.Sum();
        return Math.Abs(sum - 1) > 1e-6 ? throw new InputException(node.Mark, $"the shares of '{name}' make {Print.Significant(100 * sum, 6)} % together; 100 % is expected") : shares;
    }
}
