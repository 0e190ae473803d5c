using Headroom.Kernel.Arithmetic;
using Headroom.Kernel.Statistics;

namespace Headroom.Coding.Models;

/// <summary>How long one node takes to answer a read before its bytes flow: lognormal through a median and a 99th percentile, independent from node to node.</summary>
public sealed record NodeLatency(double MedianSeconds, double P99Seconds)
{
    private const double NormalP99 = 2.3263478740408408;
    private const int Cells = 640;
    private const double CellsEnd = 8;

    /// <summary>Standard normal cumulative probabilities at the ends of equal cells.</summary>
    private static readonly double[] Cumulative = [.. Enumerable.Range(0, Cells + 1).Select(i => Distributions.NormalCdf(Place(i)))];

    private double Sigma => Elementary.Log(P99Seconds / MedianSeconds) / NormalP99;

    /// <summary>The p-quantile of the slowest of so many: the quantile p^(1/n) of one.</summary>
    public double SlowestQuantile(int nodes, double p) => MedianSeconds * Elementary.Exp(Sigma * Distributions.NormalQuantile(Elementary.Pow(p, 1.0 / nodes)));

    /// <summary>The mean of the slowest of so many: the integral of e^(sigma z) over the distribution of the largest of n normals, by cells of 1/40; to about 1e-4.</summary>
    public double SlowestMean(int nodes)
    {
        double sum = 0;
        for (int i = 0; i < Cells; i++)
        {
            sum += (Elementary.Power(Cumulative[i + 1], nodes) - Elementary.Power(Cumulative[i], nodes)) * Elementary.Exp(Sigma * (Place(i) + Place(i + 1)) / 2);
        }

        return MedianSeconds * sum;
    }

    private static double Place(int cell) => -CellsEnd + (2 * CellsEnd * cell / Cells);
}
