using Headroom.Kernel.Arithmetic;

namespace Headroom.Coding.Models;

/// <summary>How many of the marked are among those drawn without return.</summary>
internal static class Hypergeometric
{
    /// <summary>P(j of the marked are among the drawn) for every possible j: the least by logarithms, each next from the one before while that has not vanished.</summary>
    public static IEnumerable<(int J, double Probability)> Terms(int population, int marked, int drawn)
    {
        double before = 0;
        int least = Math.Max(0, drawn - (population - marked));
        for (int j = least; j <= Math.Min(marked, drawn); j++)
        {
            before = before > 1e-280
                ? before * (marked - j + 1) / j * (drawn - j + 1) / (population - marked - drawn + j)
                : Elementary.Exp(Elementary.LogBinomial(marked, j) + Elementary.LogBinomial(population - marked, drawn - j) - Elementary.LogBinomial(population, drawn));
            yield return (j, before);
        }
    }

    /// <summary>The same as an array from j = 0 on.</summary>
    public static double[] Of(int population, int marked, int drawn)
    {
        double[] terms = new double[Math.Min(marked, drawn) + 1];
        foreach ((int j, double probability) in Terms(population, marked, drawn))
        {
            terms[j] = probability;
        }

        return terms;
    }
}
