using Headroom.Kernel.Arithmetic;
using Headroom.Kernel.Statistics;
using Headroom.Simulation.Networks;

namespace Headroom.Dissemination.Models;

/// <summary>The law of a hop's delay, or of a sum of them, on a grid of steps: each step holds what lies within half a step of it, so that the mean stays.</summary>
public sealed class DelayLaw
{
    private const double Tail = 1e-12;

    private readonly double[] _mass;

    private DelayLaw(double[] mass) => _mass = mass;

    /// <summary>The probability of each step.</summary>
    public ReadOnlySpan<double> Mass => _mass;

    /// <summary>A certain delay.</summary>
    public static DelayLaw Certain(int steps)
    {
        var mass = new double[Math.Max(0, steps) + 1];
        mass[^1] = 1;
        return new DelayLaw(mass);
    }

    /// <summary>A least delay and a jitter on it, in steps of so many nanoseconds, at least one step and at most so many.</summary>
    public static DelayLaw Of(double leastNs, in Jitter jitter, double stepNs, int stepsMax)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(stepsMax, 1);
        if (jitter.IsNone)
        {
            return Certain((int)Math.Clamp(Math.Round(leastNs / stepNs), 1, stepsMax));
        }

        var mass = new List<double> { 0 };
        double below = 0;
        for (int step = 1; step <= stepsMax && below < 1 - Tail; step++)
        {
            double upTo = step == stepsMax ? 1 : Cdf(jitter, ((step + 0.5) * stepNs) - leastNs);
            mass.Add(upTo - below);
            below = upTo;
        }

        return new DelayLaw([.. mass]);
    }

    /// <summary>The law of the sum of two, up to so many steps; what lies beyond is left out.</summary>
    public DelayLaw Plus(DelayLaw other, int stepsMax)
    {
        ArgumentNullException.ThrowIfNull(other);
        var sum = new double[Math.Min(stepsMax + 1, _mass.Length + other._mass.Length - 1)];
        for (int i = 0; i < Math.Min(_mass.Length, sum.Length); i++)
        {
            for (int j = 0; _mass[i] > 0 && j < other._mass.Length && i + j < sum.Length; j++)
            {
                sum[i + j] += _mass[i] * other._mass[j];
            }
        }

        return new DelayLaw(sum);
    }

    /// <summary>With probability <paramref name="fails"/> it begins again after a time-out, and so on, so many times in all; what fails always is left out.</summary>
    public DelayLaw Repeated(double fails, int timeoutSteps, int times, int stepsMax)
    {
        if (fails <= 0)
        {
            return this;
        }

        var mass = new double[(int)Math.Min(stepsMax + 1L, _mass.Length + ((long)timeoutSteps * (times - 1)))];
        double weight = 1 - fails;
        for (int time = 0; time < times; time++, weight *= fails)
        {
            for (int i = 0; i < _mass.Length && i + ((long)time * timeoutSteps) < mass.Length; i++)
            {
                mass[i + (time * timeoutSteps)] += weight * _mass[i];
            }
        }

        return new DelayLaw(mass);
    }

    /// <summary>The distribution function of this delay after another, whose distribution function is given.</summary>
    public double[] After(ReadOnlySpan<double> cdf)
    {
        var after = new double[cdf.Length];
        for (int i = 0; i < Math.Min(_mass.Length, after.Length); i++)
        {
            for (int t = i; _mass[i] > 0 && t < after.Length; t++)
            {
                after[t] += _mass[i] * cdf[t - i];
            }
        }

        return after;
    }

    /// <summary>The probability that the jitter is at most so much.</summary>
    private static double Cdf(in Jitter jitter, double ns)
    {
        if (ns < 0)
        {
            return 0;
        }

        switch (jitter.Shape)
        {
            case JitterShape.Exponential:
                return -Elementary.ExpM1(-ns / jitter.MeanNs);
            case JitterShape.Uniform:
                return Math.Min(1, ns / (2.0 * jitter.MeanNs));
            case JitterShape.LogNormal:
                double sigma = jitter.Sigma;
                return ns == 0 ? 0 : Distributions.NormalCdf((Elementary.Log(ns / jitter.MeanNs) / sigma) + (0.5 * sigma));
            default:
                DelayTable table = jitter.Table!;
                int atMost = 0;
                for (int i = 0; i < table.Count; i++)
                {
                    atMost += table[i] <= ns ? 1 : 0;
                }

                return (double)atMost / table.Count;
        }
    }
}
