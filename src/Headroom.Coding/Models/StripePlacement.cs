using Headroom.Kernel.Arithmetic;

namespace Headroom.Coding.Models;

/// <summary>
/// Which shards a stripe loses when given nodes are down. A stripe lies at random, but as evenly as it can: over the largest domains first, in each of
/// them over the next smaller ones, at last on distinct nodes. With groups it lies on the n nodes of one group.
/// </summary>
public sealed class StripePlacement
{
    private readonly CodeShape _code;

    /// <summary>Nodes in a domain of each level: all, those of a site, of a rack, of a host, at last 1.</summary>
    private readonly int[] _sizes;
    private readonly double _stripes;
    private readonly bool _spread;
    private readonly int _groups;

    /// <summary>Losses that every stripe survives, wherever they fall.</summary>
    private readonly int _harmless;

    public StripePlacement(StorageSystem system, CodeShape code)
    {
        ArgumentNullException.ThrowIfNull(system);
        ArgumentNullException.ThrowIfNull(code);
        system.Validate();
        _code = code;
        _spread = system.Placement == Placement.Spread;
        _groups = Math.Max(1, system.Nodes / code.TotalShards);
        _sizes = [system.Nodes, .. system.Domains.Select(domain => system.Nodes / domain.Count).Where(size => size > 1), 1];
        _stripes = system.DistinctStripes(code);
        while (code.RecoverableShare(_harmless + 1) == 1)
        {
            _harmless++;
        }
    }

    /// <summary>The logarithm of the probability that every stripe is still decodable with these nodes down, over the random placement; nodes ascending.</summary>
    public double LogSurvival(ReadOnlySpan<int> down)
    {
        if (down.Length <= _harmless)
        {
            return 0;
        }

        if (_spread)
        {
            double[] lost = Lost(0, 0, _code.TotalShards, down);
            double fatal = 0;
            for (int j = 0; j < lost.Length; j++)
            {
                fatal += lost[j] * (1 - _code.RecoverableShare(j));
            }

            return fatal <= 0 ? 0 : fatal >= 1 ? double.NegativeInfinity : _stripes * Elementary.Log1P(-fatal);
        }

        double sum = 0;
        foreach ((_, int count) in InGroups(down))
        {
            double decodable = _code.RecoverableShare(count);
            sum += decodable == 1 ? 0 : decodable == 0 ? double.NegativeInfinity : _stripes / _groups * Elementary.Log(decodable);
        }

        return sum;
    }

    /// <summary>The most shards that any one stripe could have lost.</summary>
    public int LostMax(ReadOnlySpan<int> down) => down.Length == 0 ? 0
        : _spread ? LostMax(0, 0, _code.TotalShards, down)
        : InGroups(down).Max(group => group.Count);

    /// <summary>P(j of c shards lost) for a block of one level that holds c shards, when so many of its nodes are down.</summary>
    private double[] Lost(int level, int start, int c, ReadOnlySpan<int> down)
    {
        if (down.Length == 0 || c == 0)
        {
            return [1];
        }

        int child = _sizes[level + 1];
        int children = _sizes[level] / child;
        if (child == 1)
        {
            return Hypergeometric.Of(_sizes[level], down.Length, c);
        }

        // Every child holds c/children shards, and a random set of them one more. Only children with a node down matter: with x of the extra shards
        // among them, which they are is uniform.
        (int each, int extra) = Math.DivRem(c, children);
        var byExtra = new List<double[]> { new double[] { 1 } };
        int touched = 0;
        for (int at = 0; at < down.Length; touched++)
        {
            int block = (down[at] - start) / child;
            int end = at;
            while (end < down.Length && (down[end] - start) / child == block)
            {
                end++;
            }

            double[] without = Lost(level + 1, start + (block * child), each, down[at..end]);
            double[] with = extra == 0 ? [] : Lost(level + 1, start + (block * child), each + 1, down[at..end]);
            var next = new List<double[]>();
            for (int x = 0; x <= Math.Min(extra, touched + 1); x++)
            {
                double[] sum = x < byExtra.Count ? Product(byExtra[x], without) : [];
                next.Add(x > 0 && extra > 0 ? Sum(sum, Product(byExtra[x - 1], with)) : sum);
            }

            byExtra = next;
            at = end;
        }

        double[] among = Hypergeometric.Of(children, touched, extra);
        double[] total = [];
        for (int x = 0; x < byExtra.Count && x < among.Length; x++)
        {
            double weight = among[x] == 0 ? 0 : among[x] / Elementary.Exp(Elementary.LogBinomial(touched, x));
            total = Sum(total, [.. byExtra[x].Select(p => p * weight)]);
        }

        return total;
    }

    private int LostMax(int level, int start, int c, ReadOnlySpan<int> down)
    {
        int child = _sizes[level + 1];
        if (c == 0 || down.Length == 0 || child == 1)
        {
            return Math.Min(c, down.Length);
        }

        (int each, int extra) = Math.DivRem(c, _sizes[level] / child);
        int sum = 0;
        int gaining = 0;
        for (int at = 0; at < down.Length;)
        {
            int block = (down[at] - start) / child;
            int end = at;
            while (end < down.Length && (down[end] - start) / child == block)
            {
                end++;
            }

            int without = LostMax(level + 1, start + (block * child), each, down[at..end]);
            sum += without;
            gaining += LostMax(level + 1, start + (block * child), each + 1, down[at..end]) > without ? 1 : 0;
            at = end;
        }

        return sum + Math.Min(gaining, extra);
    }

    private List<(int Group, int Count)> InGroups(ReadOnlySpan<int> down)
    {
        var counts = new List<(int Group, int Count)>();
        foreach (int node in down)
        {
            int group = node / _code.TotalShards;
            if (group >= _groups)
            {
                continue;
            }

            if (counts.Count > 0 && counts[^1].Group == group)
            {
                counts[^1] = (group, counts[^1].Count + 1);
            }
            else
            {
                counts.Add((group, 1));
            }
        }

        return counts.Count == 0 ? [(0, 0)] : counts;
    }

    private static double[] Product(double[] a, double[] b)
    {
        double[] product = new double[a.Length + b.Length - 1];
        for (int i = 0; i < a.Length; i++)
        {
            for (int j = 0; j < b.Length; j++)
            {
                product[i + j] += a[i] * b[j];
            }
        }

        return product;
    }

    private static double[] Sum(double[] a, double[] b)
    {
        double[] sum = new double[Math.Max(a.Length, b.Length)];
        for (int i = 0; i < sum.Length; i++)
        {
            sum[i] = (i < a.Length ? a[i] : 0) + (i < b.Length ? b[i] : 0);
        }

        return sum;
    }
}
