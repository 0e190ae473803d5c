using Headroom.Graphs;
using Headroom.Kernel.Randomness;

namespace Headroom.Flow.Tests;

/// <summary>Small connected networks with demands, from a seed. Capacities, weights and demands are of mixed kinds, some of them 0.</summary>
internal static class RandomInstances
{
    public static (DirectedGraph Graph, DemandMatrix Demands) Make(string name, int index, int nodesMax)
    {
        RandomStream random = new Seed(12).Named(name).At(index).Stream();
        int n = 2 + random.Below(nodesMax - 1);
        int kind = random.Below(3);
        GraphBuilder builder = new GraphBuilder().AddNodes(n);
        for (int node = 1; node < n; node++)
        {
            builder.AddLink(node, random.Below(node), Capacity(ref random, kind), random.Below(5) * 0.001, random.Below(4));
        }

        for (int extra = random.Below(2 * n); extra > 0; extra--)
        {
            int from = random.Below(n);
            int to = random.Below(n);
            if (from != to)
            {
                builder.AddEdge(from, to, random.Below(12) == 0 ? 0 : Capacity(ref random, kind), random.Below(5) * 0.001, random.Below(4));
            }
        }

        var demands = new List<Demand>();
        double density = random.NextDouble();
        for (int source = 0; source < n; source++)
        {
            for (int target = 0; target < n; target++)
            {
                if (source != target && random.NextDouble() < density)
                {
                    demands.Add(new Demand(source, target, kind == 0 ? 1 : random.Exponential(3)));
                }
            }
        }

        return (builder.Build(), new DemandMatrix(n, demands));
    }

    private static double Capacity(ref RandomStream random, int kind) => kind switch
    {
        0 => 1,
        1 => 1 + random.Below(10),
        _ => 0.1 + (50 * random.NextDouble() * random.NextDouble()),
    };
}
