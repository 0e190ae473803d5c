using Headroom.Kernel.Arithmetic;
using Headroom.Kernel.Randomness;

namespace Headroom.Graphs.Generators;

/// <summary>Random graphs from a seed; every link goes both ways with the given capacity and latency.</summary>
public static class RandomGraphs
{
    private const int Attempts = 1000;

    /// <summary>
    /// Each of the n(n-1)/2 links is there with probability p, independently. Gaps between links are geometric, so the work is
    /// O(n + links) [batagelj2005, Algorithm 1].
    /// </summary>
    public static DirectedGraph ErdosRenyi(int n, double p, Seed seed, double capacityBps = double.PositiveInfinity, double latencySeconds = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(n, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(p);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(p, 1);
        if (p == 1)
        {
            return RegularGraphs.Complete(n, capacityBps, latencySeconds);
        }

        GraphBuilder builder = new GraphBuilder().AddNodes(n);
        if (p == 0)
        {
            return builder.Build();
        }

        RandomStream random = seed.Named("erdos-renyi").Stream();
        double logMiss = Elementary.Log1P(-p);
        long higher = 1;
        long lower = -1;
        while (higher < n)
        {
            // A gap past the last pair ends the walk; the cap keeps the sum inside a long.
            lower += 1 + (long)Math.Min(Math.Floor(Elementary.Log(random.NextPositive()) / logMiss), 4e18);
            while (lower >= higher && higher < n)
            {
                lower -= higher;
                higher++;
            }

            if (higher < n)
            {
                builder.AddLink((int)lower, (int)higher, capacityBps, latencySeconds);
            }
        }

        return builder.Build();
    }

    /// <summary>
    /// A random graph in which every node has the given degree: n * degree even, degree below n. Ends are paired at random and a pair that
    /// would make a loop or a double link is put back (Steger and Wormald), which is uniform in the limit [steger1999].
    /// </summary>
    public static DirectedGraph RandomRegular(int n, int degree, Seed seed, double capacityBps = double.PositiveInfinity, double latencySeconds = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(n, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(degree);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(degree, n);
        ArgumentOutOfRangeException.ThrowIfNotEqual((long)n * degree % 2, 0L);
        Seed named = seed.Named("random-regular");
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            if (TryPair(n, degree, named.At(attempt).Stream()) is not { } links)
            {
                continue;
            }

            GraphBuilder builder = new GraphBuilder().AddNodes(n);
            foreach ((int a, int b) in links)
            {
                builder.AddLink(a, b, capacityBps, latencySeconds);
            }

            return builder.Build();
        }

        throw new InvalidOperationException($"no simple {degree}-regular graph of {n} nodes in {Attempts} attempts");
    }

    /// <summary>Pairs ends until none are left; null when those that are left cannot be paired.</summary>
    private static List<(int A, int B)>? TryPair(int n, int degree, RandomStream random)
    {
        int[] ends = new int[n * degree];
        for (int i = 0; i < ends.Length; i++)
        {
            ends[i] = i / degree;
        }

        var links = new List<(int A, int B)>(ends.Length / 2);
        var seen = new HashSet<(int A, int B)>();
        int open = ends.Length;
        int misses = 0;
        while (open > 0)
        {
            int i = random.Below(open);
            int j = random.Below(open);
            (int a, int b) = (Math.Min(ends[i], ends[j]), Math.Max(ends[i], ends[j]));
            if (a == b || !seen.Add((a, b)))
            {
                // Far more misses than a paired set would show: the rest is stuck.
                if (++misses > 100 + (10 * open * open))
                {
                    return null;
                }

                continue;
            }

            misses = 0;
            links.Add((a, b));
            (int high, int low) = (Math.Max(i, j), Math.Min(i, j));
            ends[high] = ends[--open];
            ends[low] = ends[--open];
        }

        return links;
    }
}
