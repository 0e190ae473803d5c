using Headroom.Kernel.Arithmetic;

namespace Headroom.Queueing.Models;

/// <summary>M/M/1 and M/M/c, first come first served: Poisson arrivals, exponential service [kleinrock1975, chapter 3].</summary>
public static class MarkovianQueue
{
    /// <summary>Wait C(c, a)/(c mu - lambda) in the one queue before c servers.</summary>
    public static QueueMeans Means(double arrivalsPerS, double serviceS, int servers)
    {
        Arguments.Check(arrivalsPerS, serviceS, servers);
        double erlangs = arrivalsPerS * serviceS;
        double rho = erlangs / servers;
        return rho >= 1
            ? QueueMeans.Overloaded(rho)
            : QueueMeans.Of(rho, arrivalsPerS, Erlang.WaitProbability(servers, erlangs) * serviceS / (servers - erlangs), serviceS);
    }

    /// <summary>
    /// P(T > t) of the sojourn time. With d = c - a, in units of the service time: e^-t plus C (e^(-d t) - e^-t)/(1 - d), or e^-t (1 + C t) at d = 1;
    /// 1 when unstable.
    /// </summary>
    public static double SojournTail(double arrivalsPerS, double serviceS, int servers, double timeS)
    {
        Arguments.Check(arrivalsPerS, serviceS, servers);
        ArgumentOutOfRangeException.ThrowIfNegative(timeS);
        double erlangs = arrivalsPerS * serviceS;
        if (erlangs >= servers)
        {
            return 1;
        }

        double t = timeS / serviceS;
        double d = servers - erlangs;
        double wait = Erlang.WaitProbability(servers, erlangs);
        double base1 = Elementary.Exp(-t);
        // (e^(-d t) - e^-t)/(1 - d) = e^-t expm1((1-d) t)/(1-d), whose limit at d = 1 is t e^-t.
        double x = (1 - d) * t;
        double factor = Math.Abs(x) < 1e-12 ? t : x > 700 ? double.NaN : Elementary.ExpM1(x) / (1 - d);
        double tail = double.IsNaN(factor)
            ? base1 + (wait * (Elementary.Exp(-d * t) - base1) / (1 - d))
            : base1 + (wait * base1 * factor);
        return Math.Min(1, tail);
    }

    /// <summary>The time that a share p of jobs do not exceed; infinite when unstable. Halving to the last bit.</summary>
    public static double SojournQuantileS(double arrivalsPerS, double serviceS, int servers, double p)
    {
        Arguments.Check(arrivalsPerS, serviceS, servers);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(p, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(p, 1);
        if (arrivalsPerS * serviceS >= servers)
        {
            return double.PositiveInfinity;
        }

        double low = 0;
        double high = serviceS;
        while (SojournTail(arrivalsPerS, serviceS, servers, high) > 1 - p)
        {
            low = high;
            high *= 2;
        }

        for (int i = 0; i < 100; i++)
        {
            double middle = 0.5 * (low + high);
            if (SojournTail(arrivalsPerS, serviceS, servers, middle) > 1 - p)
            {
                low = middle;
            }
            else
            {
                high = middle;
            }
        }

        return high;
    }
}
