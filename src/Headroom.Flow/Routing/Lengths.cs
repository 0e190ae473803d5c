using Headroom.Graphs;

namespace Headroom.Flow.Routing;

/// <summary>Lengths for routing; an edge without capacity is closed (infinitely long).</summary>
internal static class Lengths
{
    public static double[] OfWeights(DirectedGraph graph)
    {
        double[] lengths = graph.Weights.ToArray();
        for (int edge = 0; edge < lengths.Length; edge++)
        {
            if (graph.CapacitiesBps[edge] == 0)
            {
                lengths[edge] = double.PositiveInfinity;
            }
        }

        return lengths;
    }
}
