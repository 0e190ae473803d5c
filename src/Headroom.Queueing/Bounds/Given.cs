using Headroom.Kernel.Bounds;
using Headroom.Kernel.Quantities;
using Headroom.Queueing.Service;

namespace Headroom.Queueing.Bounds;

/// <summary>The parameters that several bounds share, and what becomes of them.</summary>
internal static class Given
{
    private const double Least = 1e-12;
    private const double Most = 1e12;

    public static BoundParameter Arrivals { get; } =
        BoundParameter.Number("lambda", "arrivals, a Poisson stream", Least, Most, Unit.PerSecond);

    public static BoundParameter MeanService { get; } = BoundParameter.Number("mean", "mean service time", Least, Most, Unit.Second);

    public static BoundParameter Cv { get; } =
        BoundParameter.Number("cv", "coefficient of variation of the service time", 0, ServiceFit.MaxCv);

    public static BoundParameter Servers { get; } = BoundParameter.Integer("c", "servers, all equally fast", 1, 1e6);

    public static BoundParameter Family { get; } =
        BoundParameter.Integer("family", "0 deterministic, gamma, exponential or hyperexponential by cv; 1 gamma; 2 hyperexponential; 3 lognormal", 0, 3) with { Default = 0 };

    public static BoundParameter Probability { get; } =
        BoundParameter.Number("p", "which quantile", 1e-12, 1 - 1e-12);

    public static BoundParameter Sizes { get; } = BoundParameter.Vector("sizes", "the service times", Least, Most) with { Unit = Unit.Second };

    public static BoundParameter Weights { get; } = BoundParameter.Vector("weights", "their probabilities, with sum 1", 0, 1);

    /// <summary>The fitted distribution's value, or why the family cannot have this cv.</summary>
    public static BoundValue Fitted(BoundArguments given, Func<ServiceDistribution, double> value) =>
        ServiceFit.TryFit(given["mean"], given["cv"], (ServiceFamily)given.Int("family"), out ServiceDistribution? service, out string? problem)
            ? FloorOf(value(service))
            : BoundValue.Outside(problem);

    public static BoundValue OfSizes(BoundArguments given, Func<ServiceDistribution, double> value) =>
        DiscreteService.Problem(given.Vector("sizes"), given.Vector("weights")) is { } problem
            ? BoundValue.Outside(problem)
            : FloorOf(value(DiscreteService.Of(given.Vector("sizes"), given.Vector("weights"))));

    /// <summary>An infinite floor is one that nothing meets.</summary>
    public static BoundValue FloorOf(double value) => double.IsPositiveInfinity(value) ? BoundValue.Unlimited : BoundValue.Of(value);
}
