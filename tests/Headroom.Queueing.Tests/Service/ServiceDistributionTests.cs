using Headroom.Kernel.Randomness;
using Headroom.Kernel.Statistics;
using Headroom.Queueing.Service;

namespace Headroom.Queueing.Tests.Service;

public sealed class ServiceDistributionTests
{
    public static TheoryData<ServiceDistribution> All => new()
    {
        new DeterministicService(2),
        new ExponentialService(2),
        new GammaService(2, 0.5),
        new GammaService(2, 2),
        new HyperexponentialService(2, 1.8),
        new LognormalService(2, 1.2),
        DiscreteService.Of([1, 5, 2], [0.5, 0.25, 0.25]),
        DiscreteService.OfTrace([3, 1, 1, 4, 2]),
    };

    [Theory]
    [MemberData(nameof(All))]
    public void DrawsHaveTheStatedMomentsAndQuantiles(ServiceDistribution service)
    {
        RandomStream random = new Seed(7).Named(service.Name).Stream();
        var sizes = new double[200_000];
        service.Fill(ref random, sizes);
        var first = Moments.Of(sizes);
        // 5 standard errors: one in a million per assertion, the seed is fixed.
        Math.Abs(first.Mean - service.MeanS).ShouldBeLessThanOrEqualTo((5 * first.StandardError) + 1e-12);
        var second = Moments.Of(Array.ConvertAll(sizes, s => s * s));
        Math.Abs(second.Mean - service.SecondMomentS2).ShouldBeLessThanOrEqualTo((5 * second.StandardError) + 1e-12);
        Array.Sort(sizes);
        foreach (double p in new[] { 0.1, 0.5, 0.9, 0.99 })
        {
            double q = service.QuantileS(p);
            double below = (double)sizes.Count(s => s < q) / sizes.Length;
            double through = (double)sizes.Count(s => s <= q) / sizes.Length;
            double slack = 5 * Math.Sqrt(p * (1 - p) / sizes.Length);
            below.ShouldBeLessThanOrEqualTo(p + slack);
            through.ShouldBeGreaterThanOrEqualTo(p - slack);
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void PartialMomentsAreThoseOfTheSurvivalFunction(ServiceDistribution service)
    {
        // E[S; S <= x] = integral of P(S > t) over [0, x] minus x P(S > x); likewise with 2t for the square.
        foreach (double x in new[] { 0.7, 2.5, 9.5 })
        {
            const int steps = 200_000;
            double h = x / steps;
            double first = 0;
            double second = 0;
            for (int i = 0; i < steps; i++)
            {
                double t = (i + 0.5) * h;
                double tail = service.Survival(t);
                first += tail * h;
                second += 2 * t * tail * h;
            }

            double rest = service.Survival(x);
            service.PartialMeanS(x).ShouldBe(first - (x * rest), 2e-4);
            service.PartialSecondMomentS2(x).ShouldBe(second - (x * x * rest), 2e-3);
        }

        service.PartialMeanS(1e9).ShouldBe(service.MeanS, 1e-9);
        service.PartialSecondMomentS2(1e9).ShouldBe(service.SecondMomentS2, 1e-8);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.3)]
    [InlineData(1)]
    [InlineData(1.8)]
    [InlineData(7)]
    public void EveryFamilyHasTheAskedMeanAndCv(double cv)
    {
        foreach (ServiceFamily family in Enum.GetValues<ServiceFamily>())
        {
            if (ServiceFit.TryFit(0.0042, cv, family, out ServiceDistribution? service, out _))
            {
                service.MeanS.ShouldBe(0.0042, 1e-15);
                service.Cv.ShouldBe(cv, 1e-9 * (1 + cv));
                ServiceDistribution? other = ServiceFit.Alternative(service);
                (other is null).ShouldBe(cv == 0);
                (other?.Cv ?? 0).ShouldBe(cv, 1e-9 * (1 + cv));
            }
        }
    }

    [Fact]
    public void AFamilyThatCannotHaveTheCvSaysSo()
    {
        ServiceFit.TryFit(1, 0.5, ServiceFamily.Hyperexponential, out _, out string? problem).ShouldBeFalse();
        problem.ShouldNotBeNull().ShouldContain("at least 1");
        ServiceFit.TryFit(1, 0, ServiceFamily.Lognormal, out _, out _).ShouldBeFalse();
    }

    [Fact]
    public void LoweringATraceNeverRaisesAQuantile()
    {
        RandomStream random = new Seed(11).Stream();
        var sizes = new double[5000];
        new LognormalService(1, 2).Fill(ref random, sizes);
        DiscreteService trace = DiscreteService.OfTrace(sizes);
        DiscreteService lowered = trace.LoweredTo(64);
        lowered.SizesS.Length.ShouldBeInRange(20, 64);
        lowered.MeanS.ShouldBeInRange(0.85 * trace.MeanS, trace.MeanS);
        foreach (double x in sizes)
        {
            lowered.Survival(x).ShouldBeLessThanOrEqualTo(trace.Survival(x) + 1e-9);
        }
    }
}
