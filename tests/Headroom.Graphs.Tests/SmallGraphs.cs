using Headroom.Kernel.Randomness;

namespace Headroom.Graphs.Tests;

/// <summary>Small random directed graphs with whole lengths and capacities, so that dumb references can be exact.</summary>
internal static class SmallGraphs
{
    public static IEnumerable<DirectedGraph> Random(string name, int count, int nodesMax)
    {
        for (int i = 0; i < count; i++)
        {
            RandomStream random = new Seed(7).Named(name).At(i).Stream();
            int n = 2 + random.Below(nodesMax - 1);
            GraphBuilder builder = new GraphBuilder().AddNodes(n);
            int edges = random.Below(3 * n);
            for (int e = 0; e < edges; e++)
            {
                int from = random.Below(n);
                int to = random.Below(n);
                if (from != to)
                {
                    builder.AddEdge(from, to, random.Below(8), random.Below(5), random.Below(4));
                }
            }

            yield return builder.Build();
        }
    }

    /// <summary>All-pairs distances by Floyd and Warshall.</summary>
    public static double[,] FloydWarshall(DirectedGraph graph, ReadOnlySpan<double> lengths)
    {
        int n = graph.NodeCount;
        double[,] d = new double[n, n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                d[i, j] = i == j ? 0 : double.PositiveInfinity;
            }
        }

        for (int e = 0; e < graph.EdgeCount; e++)
        {
            d[graph.Tails[e], graph.Heads[e]] = Math.Min(d[graph.Tails[e], graph.Heads[e]], lengths[e]);
        }

        for (int k = 0; k < n; k++)
        {
            for (int i = 0; i < n; i++)
            {
                for (int j = 0; j < n; j++)
                {
                    d[i, j] = Math.Min(d[i, j], d[i, k] + d[k, j]);
                }
            }
        }

        return d;
    }
}
