using Headroom.Kernel.Randomness;
using Headroom.Kernel.Statistics;
using Headroom.Queueing.Models;
using Headroom.Queueing.Service;

namespace Headroom.Queueing.Tests.Models;

public sealed class ShortestRemainingTests
{
    /// <summary>The formula by Simpson's rule with 200,000 intervals, computed outside this project.</summary>
    [Theory]
    [InlineData(0.5, 1.4253726638775692)]
    [InlineData(0.8, 2.352773270299314)]
    [InlineData(0.9, 3.552125099625997)]
    public void ExponentialServiceAgreesWithAnotherQuadrature(double load, double sojourn) =>
        ShortestRemaining.MeanSojournS(load, new ExponentialService(1)).ShouldBe(sojourn, 1e-8 * sojourn);

    [Fact]
    public void HyperexponentialServiceAgreesWithAnotherQuadrature() =>
        ShortestRemaining.MeanSojournS(850, new HyperexponentialService(0.0042, 1.8), 6).ShouldBe(0.0010927823188489787, 1e-10);

    [Theory]
    [InlineData(0.5, ServiceFamily.Gamma)]
    [InlineData(0.1, ServiceFamily.Gamma)]
    [InlineData(3, ServiceFamily.Gamma)]
    [InlineData(1.8, ServiceFamily.Lognormal)]
    [InlineData(5, ServiceFamily.Lognormal)]
    [InlineData(2, ServiceFamily.Hyperexponential)]
    public void QuadratureAgreesWithAFineDiscreteDistribution(double cv, ServiceFamily family)
    {
        ServiceFit.TryFit(1, cv, family, out ServiceDistribution? service, out _).ShouldBeTrue();
        const int sizes = 1000;
        var low = new double[sizes];
        var weights = new double[sizes];
        Array.Fill(weights, 1.0 / sizes);
        for (int i = 0; i < sizes; i++)
        {
            // Size-biased cells: each holds the mean of its cell, so that the work is the same.
            double a = i == 0 ? 0 : service!.QuantileS((double)i / sizes);
            double b = i == sizes - 1 ? 1e6 : service!.QuantileS((i + 1.0) / sizes);
            low[i] = Math.Max(1e-12, sizes * (service!.PartialMeanS(b) - service.PartialMeanS(a)));
        }

        double discrete = ShortestRemaining.MeanSojournS(0.7, DiscreteService.Of(low, weights));
        double continuous = ShortestRemaining.MeanSojournS(0.7, service!);
        continuous.ShouldBe(discrete, 0.01 * discrete);
    }

    [Fact]
    public void EqualSizesAreServedInOrderOfArrival()
    {
        double expected = PollaczekKhinchine.Means(0.6, 1, 0).SojournS;
        ShortestRemaining.MeanSojournS(0.6, new DeterministicService(1)).ShouldBe(expected, 1e-12);
        ShortestRemaining.MeanSojournS(0.6, DiscreteService.Of([1], [1])).ShouldBe(expected, 1e-12);
    }

    [Fact]
    public void SpeedScalesTheClock() =>
        ShortestRemaining.MeanSojournS(3, new ExponentialService(1), 4).ShouldBe(ShortestRemaining.MeanSojournS(3, new ExponentialService(0.25)), 1e-8);

    [Fact]
    public void OverloadIsInfinite() => ShortestRemaining.MeanSojournS(4, new ExponentialService(1), 4).ShouldBe(double.PositiveInfinity);

    /// <summary>The discipline itself, job by job, against the formula: an error in either shows.</summary>
    [Theory]
    [InlineData("two sizes")]
    [InlineData("lognormal")]
    [InlineData("hyperexponential")]
    public void TheDisciplineSimulatedAgrees(string which)
    {
        ServiceDistribution service = which switch
        {
            "two sizes" => DiscreteService.Of([0.5, 3], [0.8, 0.2]),
            "lognormal" => new LognormalService(1, 1.5),
            _ => new HyperexponentialService(1, 2),
        };
        const double lambda = 0.75;
        var means = new Moments();
        for (int run = 0; run < 12; run++)
        {
            means.Add(Simulate(lambda, service, new Seed(12).Named(which).At(run)));
        }

        Interval interval = means.MeanInterval(1 - 1e-5);
        interval.Contains(ShortestRemaining.MeanSojournS(lambda, service)).ShouldBeTrue($"{means.Mean} ± {means.StandardError} against {ShortestRemaining.MeanSojournS(lambda, service)}");
        (means.StandardError / means.Mean).ShouldBeLessThan(0.03);
    }

    private static double Simulate(double lambda, ServiceDistribution service, Seed seed)
    {
        const int jobs = 12_000;
        const int warmUp = 2000;
        RandomStream arrivals = seed.Named("arrivals").Stream();
        RandomStream work = seed.Named("work").Stream();
        var waiting = new PriorityQueue<(double Arrived, int Job), double>();
        double now = 0;
        double next = arrivals.Exponential(1 / lambda);
        double sum = 0;
        int arrived = 0;
        int counted = 0;
        while (arrived < jobs || waiting.Count > 0)
        {
            if (waiting.TryPeek(out (double Arrived, int Job) first, out double left) && (arrived == jobs || now + left <= next))
            {
                waiting.Dequeue();
                now += left;
                counted += first.Job >= warmUp ? 1 : 0;
                sum += first.Job >= warmUp ? now - first.Arrived : 0;
                continue;
            }

            if (waiting.TryDequeue(out first, out left))
            {
                waiting.Enqueue(first, left - (next - now));
            }

            now = next;
            waiting.Enqueue((now, arrived), service.Draw(ref work));
            arrived++;
            next = now + arrivals.Exponential(1 / lambda);
        }

        return sum / counted;
    }
}
