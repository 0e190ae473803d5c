namespace Headroom.Graphs.Generators;

/// <summary>Graphs without chance; every link goes both ways with the given capacity and latency.</summary>
public static class RegularGraphs
{
    /// <summary>n nodes in a row: n-1 links.</summary>
    public static DirectedGraph Line(int n, double capacityBps = double.PositiveInfinity, double latencySeconds = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(n, 1);
        GraphBuilder builder = new GraphBuilder().AddNodes(n);
        for (int i = 1; i < n; i++)
        {
            builder.AddLink(i - 1, i, capacityBps, latencySeconds);
        }

        return builder.Build();
    }

    /// <summary>n nodes in a circle, n at least 3: n links.</summary>
    public static DirectedGraph Ring(int n, double capacityBps = double.PositiveInfinity, double latencySeconds = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(n, 3);
        GraphBuilder builder = new GraphBuilder().AddNodes(n);
        for (int i = 0; i < n; i++)
        {
            builder.AddLink(i, (i + 1) % n, capacityBps, latencySeconds);
        }

        return builder.Build();
    }

    /// <summary>Node 0 linked to each of n-1 others.</summary>
    public static DirectedGraph Star(int n, double capacityBps = double.PositiveInfinity, double latencySeconds = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(n, 1);
        GraphBuilder builder = new GraphBuilder().AddNodes(n);
        for (int i = 1; i < n; i++)
        {
            builder.AddLink(0, i, capacityBps, latencySeconds);
        }

        return builder.Build();
    }

    /// <summary>rows times columns nodes, each linked to its neighbours in row and column; node (r, c) is r * columns + c.</summary>
    public static DirectedGraph Grid(int rows, int columns, double capacityBps = double.PositiveInfinity, double latencySeconds = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        var builder = new GraphBuilder();
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                int node = builder.AddNode(coordinate: new Coordinate(column, row));
                if (column > 0)
                {
                    builder.AddLink(node - 1, node, capacityBps, latencySeconds);
                }

                if (row > 0)
                {
                    builder.AddLink(node - columns, node, capacityBps, latencySeconds);
                }
            }
        }

        return builder.Build();
    }

    /// <summary>n nodes filled level by level, the parent of i being (i-1)/arity; arity at least 1.</summary>
    public static DirectedGraph Tree(int n, int arity, double capacityBps = double.PositiveInfinity, double latencySeconds = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(n, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(arity, 1);
        GraphBuilder builder = new GraphBuilder().AddNodes(n);
        for (int i = 1; i < n; i++)
        {
            builder.AddLink((i - 1) / arity, i, capacityBps, latencySeconds);
        }

        return builder.Build();
    }

    /// <summary>Every pair of n nodes linked: n(n-1)/2 links.</summary>
    public static DirectedGraph Complete(int n, double capacityBps = double.PositiveInfinity, double latencySeconds = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(n, 1);
        GraphBuilder builder = new GraphBuilder().AddNodes(n);
        for (int i = 0; i < n; i++)
        {
            for (int j = i + 1; j < n; j++)
            {
                builder.AddLink(i, j, capacityBps, latencySeconds);
            }
        }

        return builder.Build();
    }
}
