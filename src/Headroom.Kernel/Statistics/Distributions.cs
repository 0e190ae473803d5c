using Headroom.Kernel.Arithmetic;

namespace Headroom.Kernel.Statistics;

/// <summary>
/// Distribution functions and quantiles with the same bits on every machine: the normal through the incomplete gamma function, Student's t and the
/// binomial through the incomplete beta function (Lentz's continued fractions, DLMF 8.17.22 and 8.9.2), quantiles by bisection.
/// </summary>
public static class Distributions
{
    /// <summary>P(N(0,1) &lt;= x), accurate in both tails to about 1e-14 relative.</summary>
    public static double NormalCdf(double x)
    {
        double upper = 0.5 * GammaQ(0.5, x * x / 2);
        return x > 0 ? 1 - upper : upper;
    }

    /// <summary>The x with P(N(0,1) &lt;= x) = p, 0 &lt; p &lt; 1.</summary>
    public static double NormalQuantile(double p)
    {
        CheckProbability(p);
        return p > 0.5 ? -Bisect(x => NormalCdf(x), 1 - p, -40, 0) : Bisect(x => NormalCdf(x), p, -40, 0);
    }

    /// <summary>P(T &lt;= t) for Student's distribution with so many degrees of freedom.</summary>
    public static double StudentTCdf(double t, double degrees)
    {
        double tail = 0.5 * BetaRegularized(degrees / 2, 0.5, degrees / (degrees + (t * t)));
        return t > 0 ? 1 - tail : tail;
    }

    public static double StudentTQuantile(double p, double degrees)
    {
        CheckProbability(p);
        ArgumentOutOfRangeException.ThrowIfLessThan(degrees, 1);
        double low = -2;
        double target = Math.Min(p, 1 - p);
        while (StudentTCdf(low, degrees) > target)
        {
            low *= 2;
        }

        double t = Bisect(x => StudentTCdf(x, degrees), target, low, 0);
        return p > 0.5 ? -t : t;
    }

    /// <summary>P(Bin(n, p) &lt;= k) = I_{1-p}(n-k, k+1).</summary>
    public static double BinomialCdf(double k, double n, double p) =>
        k < 0 ? 0 : k >= n ? 1 : BetaRegularized(n - k, k + 1, 1 - p);

    /// <summary>P(Bin(n, p) >= k) = I_p(k, n-k+1), accurate when small.</summary>
    public static double BinomialUpperTail(double k, double n, double p) =>
        k <= 0 ? 1 : k > n ? 0 : BetaRegularized(k, n - k + 1, p);

    /// <summary>The exact interval of [clopper1934] for a proportion after so many successes in so many trials.</summary>
    public static Interval ProportionInterval(long successes, long trials, double confidence)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(trials);
        ArgumentOutOfRangeException.ThrowIfNegative(successes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(successes, trials);
        double alpha = (1 - confidence) / 2;
        double low = successes == 0 ? 0 : Bisect(p => BinomialUpperTail(successes, trials, p), alpha, 0, 1);
        double high = successes == trials ? 1 : Bisect(p => 1 - BinomialCdf(successes, trials, p), 1 - alpha, 0, 1);
        return new Interval(low, high);
    }

    /// <summary>The regularised incomplete beta function I_x(a, b).</summary>
    public static double BetaRegularized(double a, double b, double x)
    {
        if (x <= 0)
        {
            return 0;
        }

        if (x >= 1)
        {
            return 1;
        }

        double front = Elementary.Exp(Elementary.LogGamma(a + b) - Elementary.LogGamma(a) - Elementary.LogGamma(b)
            + (a * Elementary.Log(x)) + (b * Elementary.Log1P(-x)));
        return x < (a + 1) / (a + b + 2) ? front * BetaFraction(a, b, x) / a : 1 - (front * BetaFraction(b, a, 1 - x) / b);
    }

    /// <summary>The upper regularised incomplete gamma function Q(a, x).</summary>
    public static double GammaQ(double a, double x)
    {
        if (x <= 0)
        {
            return 1;
        }

        double front = Elementary.Exp((a * Elementary.Log(x)) - x - Elementary.LogGamma(a));
        if (x < a + 1)
        {
            double term = 1 / a;
            double sum = term;
            for (int n = 1; n < 10_000 && term > sum * 1e-17; n++)
            {
                term *= x / (a + n);
                sum += term;
            }

            return 1 - (front * sum);
        }

        double b = x + 1 - a;
        double c = 1e300;
        double d = 1 / b;
        double h = d;
        for (int i = 1; i < 10_000; i++)
        {
            double an = -i * (i - a);
            b += 2;
            d = 1 / NonZero((an * d) + b);
            c = NonZero(b + (an / c));
            double delta = d * c;
            h *= delta;
            if (Math.Abs(delta - 1) < 1e-16)
            {
                break;
            }
        }

        return front * h;
    }

    private static double BetaFraction(double a, double b, double x)
    {
        double c = 1;
        double d = 1 / NonZero(1 - ((a + b) * x / (a + 1)));
        double h = d;
        for (int m = 1; m < 100_000; m++)
        {
            double even = m * (b - m) * x / ((a + (2 * m) - 1) * (a + (2 * m)));
            d = 1 / NonZero(1 + (even * d));
            c = NonZero(1 + (even / c));
            h *= d * c;
            double odd = -(a + m) * (a + b + m) * x / ((a + (2 * m)) * (a + (2 * m) + 1));
            d = 1 / NonZero(1 + (odd * d));
            c = NonZero(1 + (odd / c));
            double delta = d * c;
            h *= delta;
            if (Math.Abs(delta - 1) < 1e-16)
            {
                break;
            }
        }

        return h;
    }

    private static double NonZero(double value) => Math.Abs(value) < 1e-300 ? 1e-300 : value;

    /// <summary>The point where an increasing function reaches the target, by 200 halvings (to the last bit).</summary>
    private static double Bisect(Func<double, double> increasing, double target, double low, double high)
    {
        for (int i = 0; i < 200; i++)
        {
            double middle = 0.5 * (low + high);
            if (middle == low || middle == high)
            {
                break;
            }

            if (increasing(middle) < target)
            {
                low = middle;
            }
            else
            {
                high = middle;
            }
        }

        return 0.5 * (low + high);
    }

    private static void CheckProbability(double p)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(p, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(p, 1);
    }
}
