namespace Headroom.Flow.Optimiser;

/// <summary>A tree towards a target with what its edges carry, and the share of the traffic that takes it.</summary>
internal sealed class Column(int[] edges, double[] flows)
{
    public int[] Edges { get; } = edges;

    public double[] Flows { get; } = flows;

    public double Share { get; set; }

    /// <summary>Sum of flow times price, prices not scaled.</summary>
    public double Cost(SoftMaximum state)
    {
        double sum = 0;
        for (int i = 0; i < Edges.Length; i++)
        {
            int edge = Edges[i];
            sum += Flows[i] * (state.Weights[edge] * state.InverseCapacities[edge]);
        }

        return sum;
    }
}
