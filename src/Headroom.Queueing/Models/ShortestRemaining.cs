using Headroom.Kernel.Arithmetic;
using Headroom.Queueing.Service;

namespace Headroom.Queueing.Models;

/// <summary>
/// M/G/1 under shortest remaining processing time, preemptive [schrage1966]: the mean sojourn is the mean over sizes x of
/// lambda (E[S^2; S at most x] + x^2 P(S > x)) / (2 (1 - rho(x-)) (1 - rho(x))), plus the integral over t of P(S > t)/(1 - rho(t)),
/// with rho(x) = lambda E[S; S at most x]. (The paper has a density, where rho(x-) = rho(x); equal sizes wait their turn.)
/// </summary>
public static class ShortestRemaining
{
    /// <summary>Relative error of the quadrature for continuous service; a discrete one is summed exactly.</summary>
    public const double RelativeError = 1e-8;

    /// <summary>The mean sojourn on one server that works off so many seconds of service a second; infinite at a load of 1 or more.</summary>
    public static double MeanSojournS(double arrivalsPerS, ServiceDistribution service, double speed = 1)
    {
        ArgumentNullException.ThrowIfNull(service);
        Arguments.Check(arrivalsPerS, service.MeanS);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(speed);
        // A server of speed v with arrivals lambda is one of speed 1 with arrivals lambda/v, its clock running v times faster.
        double lambda = arrivalsPerS / speed;
        double mean = lambda * service.MeanS >= 1 ? double.PositiveInfinity
            : service is DiscreteService discrete ? OfSizes(lambda, discrete)
            : service.IsDiscrete ? service.MeanS * (1 + (lambda * service.MeanS / (2 * (1 - (lambda * service.MeanS)))))
            : OfDensity(lambda, service);
        return mean / speed;
    }

    private static double OfSizes(double lambda, DiscreteService service)
    {
        double sum = 0;
        double previousS = 0;
        double loadBelow = 0;
        double survivalBelow = 1;
        ReadOnlySpan<double> sizesS = service.SizesS;
        for (int i = 0; i < sizesS.Length; i++)
        {
            double x = sizesS[i];
            sum += (x - previousS) * survivalBelow / (1 - loadBelow);
            double load = lambda * service.PartialMeanS(x);
            double survival = service.Survival(x);
            double moment = service.PartialSecondMomentS2(x) + (x * x * survival);
            sum += service.Probability(i) * lambda * moment / (2 * (1 - loadBelow) * (1 - load));
            (previousS, loadBelow, survivalBelow) = (x, load, survival);
        }

        return sum;
    }

    /// <summary>
    /// The trapezoidal rule in y = ln x, which converges geometrically for integrands analytic near the real line and vanishing at both ends;
    /// the step is halved until two results agree.
    /// </summary>
    private static double OfDensity(double lambda, ServiceDistribution service)
    {
        // Below e^low nothing counts: x times anything bounded; above e^high the distribution has no mass worth 1e-17.
        double low = Elementary.Log(service.MeanS) - 60;
        double high = Elementary.Log(service.MeanS);
        while (service.Survival(Elementary.Exp(high)) * Elementary.Exp(2 * high) > 1e-18 * service.SecondMomentS2)
        {
            high += 0.25;
        }

        double step = Math.Min(0.5, service.Cv);
        double sum = Trapezoid(lambda, service, low, high, step, 0);
        double result = sum * step;
        for (int halving = 0; halving < 8; halving++)
        {
            sum += Trapezoid(lambda, service, low, high, step, step / 2);
            step /= 2;
            double finer = sum * step;
            if (Math.Abs(finer - result) <= 0.1 * RelativeError * finer)
            {
                return finer;
            }

            result = finer;
        }

        return result;
    }

    private static double Trapezoid(double lambda, ServiceDistribution service, double low, double high, double step, double offset)
    {
        double sum = 0;
        int points = (int)Math.Ceiling((high - low) / step);
        for (int i = 0; i <= points; i++)
        {
            double x = Elementary.Exp(low + offset + (i * step));
            double rest = 1 - (lambda * service.PartialMeanS(x));
            double survival = service.Survival(x);
            double moment = service.PartialSecondMomentS2(x) + (x * x * survival);
            sum += x * ((survival / rest) + (service.Density(x) * lambda * moment / (2 * rest * rest)));
        }

        return sum;
    }
}
