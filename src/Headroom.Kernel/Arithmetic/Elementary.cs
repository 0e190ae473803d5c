using System.Diagnostics;

namespace Headroom.Kernel.Arithmetic;

/// <summary>
/// Logarithm, exponential and their kin computed with IEEE additions, multiplications, divisions and square roots alone, so that a
/// result has the same bits on every machine. (The base library calls the platform's C library, whose last bits differ.)
/// Relative error at most 2e-16 times two or three over the stated domains; tested against the base library.
/// </summary>
public static class Elementary
{
    // ln 2 in two parts: the first has 21 trailing zero bits, so k * Ln2High is exact for |k| < 2^20.
    private const double Ln2High = 0.6931471803691238;
    private const double Ln2Low = 1.9082149292705877e-10;
    private const double Log2E = 1.4426950408889634;

    /// <summary>ln x for x > 0: x = m 2^k with m in [sqrt(1/2), sqrt 2); ln m = 2 atanh s, s = (m-1)/(m+1), |s| &lt; 0.1716.</summary>
    public static double Log(double x)
    {
        if (!(x > 0) || double.IsPositiveInfinity(x))
        {
            return x == 0 ? double.NegativeInfinity : double.IsPositiveInfinity(x) ? x : double.NaN;
        }

        int k = 0;
        if (x < 2.2250738585072014e-308)
        {
            x *= 18014398509481984.0; // 2^54
            k = -54;
        }

        long bits = BitConverter.DoubleToInt64Bits(x);
        k += (int)(bits >> 52) - 1023;
        double m = BitConverter.Int64BitsToDouble((bits & 0xFFFFFFFFFFFFFL) | 0x3FF0000000000000L);
        if (m > 1.4142135623730951)
        {
            m *= 0.5;
            k++;
        }

        double f = m - 1;
        double s = f / (2 + f);
        double z = s * s;
        double tail = z * (1.0 / 3 + z * (1.0 / 5 + z * (1.0 / 7 + z * (1.0 / 9 + z * (1.0 / 11 + z * (1.0 / 13
            + z * (1.0 / 15 + z * (1.0 / 17 + z * (1.0 / 19 + z * (1.0 / 21 + z * (1.0 / 23)))))))))));
        // ln m = f - f^2/2 + s (f^2/2 + 2 tail): the leading term f carries no rounding.
        double half = 0.5 * f * f;
        double correction = s * (half + 2 * tail);
        return k == 0 ? f - (half - correction) : (k * Ln2High) - ((half - (correction + (k * Ln2Low))) - f);
    }

    public static double Log2(double x)
    {
        // Exact for powers of two, which are what people check by hand.
        if (x > 0 && double.IsNormal(x) && (BitConverter.DoubleToInt64Bits(x) & 0xFFFFFFFFFFFFFL) == 0)
        {
            return (int)(BitConverter.DoubleToInt64Bits(x) >> 52) - 1023;
        }

        return Log(x) * Log2E;
    }

    /// <summary>e^x: x = k ln 2 + r, |r| at most 0.3466; a Taylor polynomial of degree 14 in r.</summary>
    public static double Exp(double x)
    {
        if (double.IsNaN(x))
        {
            return x;
        }

        if (x > 709.782712893384)
        {
            return double.PositiveInfinity;
        }

        if (x < -745.2)
        {
            return 0;
        }

        double k = Math.Floor((x * Log2E) + 0.5);
        double r = x - (k * Ln2High) - (k * Ln2Low);
        return Scale(1 + ExpTail(r), (int)k);
    }

    /// <summary>e^x - 1 without cancellation near zero.</summary>
    public static double ExpM1(double x) => Math.Abs(x) < 0.34 ? ExpTail(x) : Exp(x) - 1;

    /// <summary>ln(1 + x) for x > -1 without cancellation near zero.</summary>
    public static double Log1P(double x)
    {
        if (Math.Abs(x) > 0.25)
        {
            return Log(1 + x);
        }

        double s = x / (2 + x);
        double z = s * s;
        double sum = 0;
        for (int j = 25; j >= 1; j -= 2)
        {
            sum = (sum * z) + (1.0 / j);
        }

        return 2 * s * sum;
    }

    /// <summary>x^y for x >= 0; whole powers by repeated squaring are the caller's to choose.</summary>
    public static double Pow(double x, double y)
    {
        Debug.Assert(x >= 0, "a negative base has no real power in general");
        return y == 0 ? 1 : x == 0 ? 0 : x == 1 ? 1 : Exp(y * Log(x));
    }

    /// <summary>x^n by repeated squaring, n >= 0.</summary>
    public static double Power(double x, int n)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(n);
        double result = 1;
        for (double square = x; n > 0; n >>= 1, square *= square)
        {
            if ((n & 1) == 1)
            {
                result *= square;
            }
        }

        return result;
    }

    /// <summary>ln Gamma(x) for x > 0: Stirling's series with six terms after shifting x above 15.</summary>
    public static double LogGamma(double x)
    {
        if (!(x > 0))
        {
            return double.PositiveInfinity;
        }

        double shift = 1;
        double logShift = 0;
        while (x < 15)
        {
            shift *= x;
            x += 1;
            if (shift > 1e250)
            {
                logShift += Log(shift);
                shift = 1;
            }
        }

        double inverse = 1 / x;
        double z = inverse * inverse;
        double series = inverse * ((1.0 / 12) - (z * ((1.0 / 360) - (z * ((1.0 / 1260) - (z * ((1.0 / 1680)
            - (z * ((1.0 / 1188) - (z * (691.0 / 360360)))))))))));
        return ((x - 0.5) * Log(x)) - x + 0.9189385332046727 + series - logShift - Log(shift);
    }

    /// <summary>ln C(n, k), 0 at most k at most n.</summary>
    public static double LogBinomial(double n, double k) => LogGamma(n + 1) - LogGamma(k + 1) - LogGamma(n - k + 1);

    private static double ExpTail(double r)
    {
        double sum = 0;
        for (int j = 15; j >= 2; j--)
        {
            sum = (sum + 1) * (r / j);
        }

        return (sum * r) + r;
    }

    private static double Scale(double m, int k)
    {
        if (k is >= -1021 and <= 1023)
        {
            return m * BitConverter.Int64BitsToDouble((long)(k + 1023) << 52);
        }

        return k > 1023
            ? m * 2 * BitConverter.Int64BitsToDouble((long)(k - 1 + 1023) << 52)
            : m * BitConverter.Int64BitsToDouble((long)(k + 54 + 1023) << 52) * 5.551115123125783e-17; // 2^-54
    }
}
