using Headroom.Kernel.Bounds;
using Headroom.Kernel.Findings;
using Headroom.Queueing.Bounds;
using Headroom.Queueing.Service;

namespace Headroom.Audit.Studies.Serve;

/// <summary>The theorems that speak of a pool. Where several do, the one that says most.</summary>
internal static class ServeLimits
{
    /// <summary>Sizes of a trace that the bound is evaluated on; lowering the others keeps it a floor.</summary>
    private const int SizesMax = 64;

    public static Limit Mean(ServeInput input, Func<double, Money?> price)
    {
        Limit work = Limit.Of(ServiceTimeBound.Mean, new BoundArguments { ["mean"] = input.Service.MeanS });
        Limit fast = Fast(input);
        Limit most = fast.Value is BoundValue.Unbounded || fast.Value.Number > work.Value.Number ? fast : work;
        return most with { Money = most.Value.Number is { } meanS ? price(meanS) : null };
    }

    public static Limit P99(ServeInput input, Money? money)
    {
        BoundArguments given;
        if (input.Family is { } family)
        {
            given = new BoundArguments { ["mean"] = input.Service.MeanS, ["cv"] = input.Cv, ["p"] = 0.99, ["family"] = (int)family };
            return Limit.Of(ServiceTimeBound.Quantile, given, money);
        }

        // All sizes below the quantile lowered to the least: the quantile of two sizes is that of all.
        double quantileS = input.Service.QuantileS(0.99);
        double leastS = ((DiscreteService)input.Service).SizesS[0];
        double below = 1 - input.Service.Survival(Math.BitDecrement(quantileS));
        given = below == 0
            ? new BoundArguments { { "sizes", new[] { quantileS } }, { "weights", new[] { 1.0 } }, { "p", 0.99 } }
            : new BoundArguments { { "sizes", new[] { leastS, quantileS } }, { "weights", new[] { below, 1 - below } }, { "p", 0.99 } };
        return Limit.Of(ServiceTimeBound.QuantileOfSizes, given, money);
    }

    public static Limit Servers(ServeInput input, Func<double, Money?> price)
    {
        Limit limit = Limit.Of(StabilityBound.Servers, new BoundArguments { ["lambda"] = input.ArrivalsPerS, ["mean"] = input.Service.MeanS });
        if (input is { GoalMeanS: { } goalS, Family: { } family })
        {
            Limit forMean = Limit.Of(ShortestRemainingBound.Servers, new BoundArguments
            {
                ["lambda"] = input.ArrivalsPerS,
                ["mean"] = input.Service.MeanS,
                ["cv"] = input.Cv,
                ["family"] = (int)family,
                ["goal"] = goalS,
            });
            limit = forMean.Value is BoundValue.Unbounded || forMean.Value.Number > limit.Value.Number ? forMean : limit;
        }

        return limit with { Money = limit.Value.Number is { } servers ? price(servers) : null };
    }

    /// <summary>What dispatchers that neither see sizes nor interrupt cannot beat in the mean.</summary>
    public static double? BlindMeanS(ServeInput input) => BlindServersBound.Mean.Evaluate(new BoundArguments
    {
        ["lambda"] = input.ArrivalsPerS,
        ["mean"] = input.Service.MeanS,
        ["cv"] = Math.Min(input.Cv, ServiceFit.MaxCv),
        ["c"] = input.Servers,
    }).Number;

    private static Limit Fast(ServeInput input)
    {
        if (input.Family is { } family)
        {
            return Limit.Of(ShortestRemainingBound.Fitted, new BoundArguments
            {
                ["lambda"] = input.ArrivalsPerS,
                ["mean"] = input.Service.MeanS,
                ["cv"] = input.Cv,
                ["c"] = input.Servers,
                ["family"] = (int)family,
            });
        }

        DiscreteService lowered = ((DiscreteService)input.Service).LoweredTo(SizesMax);
        var weights = new double[lowered.SizesS.Length];
        for (int i = 0; i < weights.Length; i++)
        {
            weights[i] = lowered.Probability(i);
        }

        return Limit.Of(ShortestRemainingBound.OfSizes, new BoundArguments
        {
            { "lambda", input.ArrivalsPerS },
            { "sizes", lowered.SizesS.ToArray() },
            { "weights", weights },
            { "c", input.Servers },
        });
    }
}
