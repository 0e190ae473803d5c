using Headroom.Kernel.Arithmetic;
using Headroom.Kernel.Statistics;

namespace Headroom.Information.Models;

/// <summary>
/// Capacity of a discrete memoryless channel W(y|x) by the alternating maximisation of Blahut and Arimoto ([blahut1972], [arimoto1972]).
/// For the input law p and its output law q, I(p) = sum p(x) D_x is achievable and max D_x is not exceeded, D_x = D(W(.|x) || q):
/// the two ends are a certificate that needs no trust in the iteration.
/// </summary>
public static class ChannelCapacity
{
    /// <summary>Relative to one bit, the width at which the iteration ends.</summary>
    private const double Width = 1e-12;

    /// <summary>
    /// An interval in bits per use that holds the capacity; at most so many iterations of O(inputs * outputs). The interval converges like
    /// one over the iterations where an optimal input law leaves letters out, so it may end wide: it holds the capacity all the same.
    /// </summary>
    public static Interval Certify(double[][] channel, int iterationsMax = 20_000)
    {
        ArgumentNullException.ThrowIfNull(channel);
        int inputs = channel.Length;
        double[] p = new double[inputs];
        Array.Fill(p, 1.0 / inputs);
        double[] divergence = new double[inputs];
        double low = 0;
        double high = double.PositiveInfinity;
        for (int i = 0; i < iterationsMax && high - low > Width; i++)
        {
            (double achieved, double ceiling) = Divergences(channel, p, divergence);
            low = Math.Max(low, achieved);
            high = Math.Min(high, ceiling);
            Reweigh(p, divergence);
        }

        return new Interval(Math.Min(low, high), Math.Max(0, high));
    }

    private static (double Achieved, double Ceiling) Divergences(double[][] channel, double[] p, double[] divergence)
    {
        double[] q = new double[channel[0].Length];
        for (int x = 0; x < p.Length; x++)
        {
            for (int y = 0; y < q.Length; y++)
            {
                q[y] += p[x] * channel[x][y];
            }
        }

        double[] logQ = [.. q.Select(v => v > 0 ? Elementary.Log2(v) : 0)];
        double achieved = 0;
        double ceiling = 0;
        for (int x = 0; x < p.Length; x++)
        {
            double sum = 0;
            for (int y = 0; y < q.Length; y++)
            {
                double w = channel[x][y];
                if (w > 0)
                {
                    // An input whose weight has underflowed may reach outputs that q does not: its divergence is infinite.
                    sum += q[y] > 0 ? (w * (Elementary.Log2(w) - logQ[y])) : double.PositiveInfinity;
                }
            }

            divergence[x] = sum;
            achieved += p[x] > 0 ? p[x] * sum : 0;
            ceiling = Math.Max(ceiling, sum);
        }

        return (achieved, ceiling);
    }

    /// <summary>p(x) becomes p(x) 2^D_x, normalised.</summary>
    private static void Reweigh(double[] p, double[] divergence)
    {
        double total = 0;
        for (int x = 0; x < p.Length; x++)
        {
            p[x] = p[x] > 0 ? p[x] * Elementary.Exp(divergence[x] * 0.6931471805599453) : 0;
            total += p[x];
        }

        for (int x = 0; x < p.Length; x++)
        {
            p[x] /= total;
        }
    }
}
