using Headroom.Kernel.Arithmetic;

namespace Headroom.Information.Models;

/// <summary>Entropies of finite distributions in bits ([cover2006] chapter 2), with 0 log 0 = 0.</summary>
public static class ShannonEntropy
{
    /// <summary>Probabilities are taken to sum to one within this difference.</summary>
    public const double SumTolerance = 1e-9;

    /// <summary>h(p) = -p log2 p - (1-p) log2 (1-p) for p in [0, 1].</summary>
    public static double Binary(double p)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(p, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(p, 1);
        return Term(p) + Term(1 - p);
    }

    /// <summary>
    /// 1 - h(p) for p in [0, 1], to full relative precision near one half, where the difference itself would cancel:
    /// with x = 1 - 2p it is (1/ln 2) sum over k >= 1 of x^(2k)/(2k (2k-1)).
    /// </summary>
    public static double OneMinusBinary(double p)
    {
        double square = (1 - (2 * p)) * (1 - (2 * p));
        if (square > 0.0625)
        {
            return 1 - Binary(p);
        }

        double sum = 0;
        double power = square;
        for (int k = 1; k <= 14; k++, power *= square)
        {
            sum += power / (2 * k * ((2 * k) - 1));
        }

        return sum / Elementary.Log(2);
    }

    /// <summary>H(p) = -sum p log2 p. The caller answers for the sum being one.</summary>
    public static double Of(ReadOnlySpan<double> p)
    {
        double sum = 0;
        foreach (double x in p)
        {
            sum += Term(x);
        }

        return sum;
    }

    /// <summary>-p log2 p.</summary>
    public static double Term(double p) => p <= 0 ? 0 : -p * Elementary.Log2(p);

    /// <summary>Why the numbers are no distribution, or null.</summary>
    public static string? Problem(ReadOnlySpan<double> p)
    {
        double sum = 0;
        foreach (double x in p)
        {
            if (!(x >= 0))
            {
                return "a probability is negative";
            }

            sum += x;
        }

        return Math.Abs(sum - 1) <= SumTolerance ? null : $"the probabilities sum to {Kernel.Quantities.Print.Significant(sum, 6)}, not 1";
    }

    /// <summary>Why a row is no distribution, or null.</summary>
    public static string? Problem(double[][] rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        for (int i = 0; i < rows.Length; i++)
        {
            if (Problem(rows[i]) is { } problem)
            {
                return $"row {i + 1}: {problem}";
            }
        }

        return null;
    }
}
