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
}
