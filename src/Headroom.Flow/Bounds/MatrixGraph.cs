using Headroom.Graphs;
using Headroom.Kernel.Bounds;

namespace Headroom.Flow.Bounds;

/// <summary>Graphs given as matrices: entry (i, j) is the capacity of the edge from i to j, 0 where there is none. The diagonal is not read.</summary>
internal static class MatrixGraph
{
    /// <summary>The graph, or why the matrix is none.</summary>
    public static string? Read(double[][] capacities, out DirectedGraph graph)
    {
        GraphBuilder builder = new GraphBuilder().AddNodes(capacities.Length);
        graph = builder.Build();
        if (capacities[0].Length != capacities.Length)
        {
            return $"the capacity matrix is {capacities.Length} by {capacities[0].Length}: a graph's is square";
        }

        for (int i = 0; i < capacities.Length; i++)
        {
            for (int j = 0; j < capacities.Length; j++)
            {
                if (i != j && capacities[i][j] > 0)
                {
                    builder.AddEdge(i, j, capacities[i][j]);
                }
            }
        }

        graph = builder.Build();
        return null;
    }

    /// <summary>The entries of a matrix at the graph's edges.</summary>
    public static double[] AtEdges(DirectedGraph graph, double[][] matrix)
    {
        double[] values = new double[graph.EdgeCount];
        for (int edge = 0; edge < values.Length; edge++)
        {
            values[edge] = matrix[graph.Tails[edge]][graph.Heads[edge]];
        }

        return values;
    }

    public static DemandMatrix Demands(double[][] matrix)
    {
        var demands = new List<Demand>();
        for (int i = 0; i < matrix.Length; i++)
        {
            for (int j = 0; j < matrix.Length; j++)
            {
                if (i != j)
                {
                    demands.Add(new Demand(i, j, matrix[i][j]));
                }
            }
        }

        return new DemandMatrix(matrix.Length, demands);
    }

    public static string? SameSize(string name, double[][] matrix, double[][] capacities) =>
        matrix.Length == capacities.Length && matrix[0].Length == capacities.Length
            ? null
            : $"the {name} matrix is {matrix.Length} by {matrix[0].Length}, the capacity matrix {capacities.Length} by {capacities[0].Length}";

    /// <summary>Why a node named by a number is not in the graph, or null.</summary>
    public static string? NodeProblem(string name, double node, int count) =>
        node >= 0 && node < count && node == Math.Floor(node) ? null : $"{name} = {node} is not a node: they are 0 to {count - 1}";

    /// <summary>Capacities, demands and the graph of a bound that takes both, or why they do not fit.</summary>
    public static string? Read(BoundArguments arguments, out DirectedGraph graph, out DemandMatrix demands)
    {
        double[][] capacities = arguments.Matrix("capacity");
        double[][] demand = arguments.Matrix("demand");
        demands = new DemandMatrix(0, []);
        string? problem = Read(capacities, out graph) ?? SameSize("demand", demand, capacities);
        if (problem is null && demand.Any(row => row.Any(double.IsPositiveInfinity)))
        {
            problem = "a demand is infinite";
        }

        if (problem is null)
        {
            demands = Demands(demand);
        }

        return problem;
    }

    /// <summary>Nodes 0 and 1 each linked to 2, 3 and 4, capacity 1 each way; demand 1 each way between nodes that are not linked [okamura1981].</summary>
    public static (double[][] Links, double[][] Demands) BipartiteTwoThree()
    {
        double[][] links =
        [
            [0, 0, 1, 1, 1],
            [0, 0, 1, 1, 1],
            [1, 1, 0, 0, 0],
            [1, 1, 0, 0, 0],
            [1, 1, 0, 0, 0],
        ];
        return (links, [.. links.Select((row, i) => row.Select((link, j) => i == j ? 0 : 1 - link).ToArray())]);
    }
}
