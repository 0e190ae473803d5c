namespace Headroom.Information.Models;

/// <summary>Finite Markov chains given by their transition matrix (rows sum to one).</summary>
public static class MarkovChain
{
    /// <summary>
    /// The stationary distribution by Grassmann, Taksar and Heyman's elimination, which subtracts nothing ([grassmann1985]); null where the chain has
    /// more than one closed class, so that the distribution is not unique. O(n^3).
    /// </summary>
    public static double[]? Stationary(double[][] transitions)
    {
        ArgumentNullException.ThrowIfNull(transitions);
        int n = transitions.Length;
        bool[] recurrent = new bool[n];
        if (!FindClosedClass(transitions, recurrent))
        {
            return null;
        }

        int[] states = [.. Enumerable.Range(0, n).Where(i => recurrent[i])];
        double[][] a = [.. states.Select(i => states.Select(j => transitions[i][j]).ToArray())];
        int m = states.Length;
        for (int k = m - 1; k > 0; k--)
        {
            double leave = 0;
            for (int j = 0; j < k; j++)
            {
                leave += a[k][j];
            }

            for (int i = 0; i < k; i++)
            {
                a[i][k] /= leave;
                for (int j = 0; j < k; j++)
                {
                    a[i][j] += a[i][k] * a[k][j];
                }
            }
        }

        double[] weight = new double[m];
        weight[0] = 1;
        double total = 1;
        for (int k = 1; k < m; k++)
        {
            for (int i = 0; i < k; i++)
            {
                weight[k] += weight[i] * a[i][k];
            }

            total += weight[k];
        }

        double[] result = new double[n];
        for (int k = 0; k < m; k++)
        {
            result[states[k]] = weight[k] / total;
        }

        return result;
    }

    /// <summary>Entropy rate of the stationary chain in bits per step: sum over i of mu_i H(row i) ([cover2006] Theorem 4.2.4); null without a unique mu.</summary>
    public static double? EntropyRate(double[][] transitions)
    {
        double[]? mu = Stationary(transitions);
        if (mu is null)
        {
            return null;
        }

        double rate = 0;
        for (int i = 0; i < mu.Length; i++)
        {
            rate += mu[i] * ShannonEntropy.Of(transitions[i]);
        }

        return rate;
    }

    /// <summary>Marks the closed class if there is exactly one: the states that every state can reach.</summary>
    private static bool FindClosedClass(double[][] transitions, bool[] recurrent)
    {
        int n = transitions.Length;
        bool[][] reach = [.. Enumerable.Range(0, n).Select(i => Reachable(transitions, i))];
        bool any = false;
        for (int j = 0; j < n; j++)
        {
            recurrent[j] = reach.All(from => from[j]);
            any |= recurrent[j];
        }

        return any;
    }

    private static bool[] Reachable(double[][] transitions, int start)
    {
        bool[] seen = new bool[transitions.Length];
        var open = new Stack<int>([start]);
        seen[start] = true;
        while (open.TryPop(out int i))
        {
            for (int j = 0; j < transitions.Length; j++)
            {
                if (transitions[i][j] > 0 && !seen[j])
                {
                    seen[j] = true;
                    open.Push(j);
                }
            }
        }

        return seen;
    }
}
