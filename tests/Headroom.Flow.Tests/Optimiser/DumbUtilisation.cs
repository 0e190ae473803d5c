using Headroom.Graphs;

namespace Headroom.Flow.Tests.Optimiser;

/// <summary>
/// The least maximum utilisation of a tiny network by other means: the dual linear program with one row for every loopless path, written out and
/// solved by a dense tableau with Bland's rule. max sum d y_d, y_d at most the length of every path of d, sum c l at most 1.
/// </summary>
internal static class DumbUtilisation
{
    public static double Solve(DirectedGraph graph, DemandMatrix demands)
    {
        int edges = graph.EdgeCount;
        int columns = edges + demands.Count;
        var rows = new List<double[]>();
        double[] budget = new double[columns + 1];
        for (int e = 0; e < edges; e++)
        {
            budget[e] = graph.CapacitiesBps[e];
        }

        budget[columns] = 1;
        rows.Add(budget);
        for (int d = 0; d < demands.Count; d++)
        {
            foreach (List<int> path in Paths(graph, demands.All[d].Source, demands.All[d].Target, [demands.All[d].Source]))
            {
                double[] row = new double[columns + 1];
                row[edges + d] = 1;
                path.ForEach(e => row[e] = -1);
                rows.Add(row);
            }
        }

        double[] objective = new double[columns];
        for (int d = 0; d < demands.Count; d++)
        {
            objective[edges + d] = demands.All[d].RateBps;
        }

        return Simplex(rows, objective);
    }

    private static double Simplex(List<double[]> constraints, double[] objective)
    {
        int m = constraints.Count;
        int n = objective.Length;
        double[,] t = new double[m + 1, n + m + 1];
        int[] basis = new int[m];
        for (int i = 0; i < m; i++)
        {
            for (int j = 0; j < n; j++)
            {
                t[i, j] = constraints[i][j];
            }

            t[i, n + i] = 1;
            t[i, n + m] = constraints[i][n];
            basis[i] = n + i;
        }

        for (int j = 0; j < n; j++)
        {
            t[m, j] = -objective[j];
        }

        for (int pivot = 0; pivot < 100_000; pivot++)
        {
            int enter = Enumerable.Range(0, n + m).FirstOrDefault(j => t[m, j] < -1e-11, -1);
            if (enter < 0)
            {
                return t[m, n + m];
            }

            int leave = -1;
            for (int i = 0; i < m; i++)
            {
                if (t[i, enter] > 1e-11)
                {
                    double ratio = t[i, n + m] / t[i, enter];
                    double best = leave < 0 ? double.PositiveInfinity : t[leave, n + m] / t[leave, enter];
                    if (ratio < best - 1e-13 || (ratio <= best + 1e-13 && basis[i] < basis[leave]))
                    {
                        leave = i;
                    }
                }
            }

            Pivot(t, leave, enter);
            basis[leave] = enter;
        }

        throw new InvalidOperationException("no end in sight");
    }

    private static void Pivot(double[,] t, int row, int column)
    {
        double by = t[row, column];
        for (int j = 0; j < t.GetLength(1); j++)
        {
            t[row, j] /= by;
        }

        for (int i = 0; i < t.GetLength(0); i++)
        {
            double factor = t[i, column];
            for (int j = 0; i != row && factor != 0 && j < t.GetLength(1); j++)
            {
                t[i, j] -= factor * t[row, j];
            }
        }
    }

    private static IEnumerable<List<int>> Paths(DirectedGraph graph, int at, int target, HashSet<int> seen)
    {
        if (at == target)
        {
            yield return [];
            yield break;
        }

        foreach (int edge in graph.OutEdges(at).ToArray())
        {
            int head = graph.Heads[edge];
            if (graph.CapacitiesBps[edge] > 0 && !seen.Contains(head))
            {
                foreach (List<int> rest in Paths(graph, head, target, [.. seen, head]))
                {
                    yield return [edge, .. rest];
                }
            }
        }
    }
}
