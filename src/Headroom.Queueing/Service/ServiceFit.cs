using System.Diagnostics.CodeAnalysis;

namespace Headroom.Queueing.Service;

/// <summary>The distribution of a family with a given mean and coefficient of variation.</summary>
public static class ServiceFit
{
    /// <summary>The fitted distribution, or why the family has none with this cv. The mean is positive and finite, the cv at least 0 and finite.</summary>
    public static bool TryFit(double meanS, double cv, ServiceFamily family, [NotNullWhen(true)] out ServiceDistribution? service, [NotNullWhen(false)] out string? problem)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(meanS);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(meanS, 1e100);
        ArgumentOutOfRangeException.ThrowIfNegative(cv);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(cv, MaxCv);
        service = family switch
        {
            ServiceFamily.ByCv => cv == 0 ? new DeterministicService(meanS)
                : cv < MinCv ? null
                : cv < 1 ? new GammaService(meanS, cv)
                : cv == 1 ? new ExponentialService(meanS)
                : new HyperexponentialService(meanS, cv),
            ServiceFamily.Gamma => cv < MinCv ? null : cv == 1 ? new ExponentialService(meanS) : new GammaService(meanS, cv),
            ServiceFamily.Hyperexponential => cv < 1 ? null : cv == 1 ? new ExponentialService(meanS) : new HyperexponentialService(meanS, cv),
            ServiceFamily.Lognormal => cv < MinCv ? null : new LognormalService(meanS, cv),
            _ => throw new ArgumentOutOfRangeException(nameof(family)),
        };
        problem = service is not null ? null
            : family == ServiceFamily.Hyperexponential ? "a hyperexponential has a cv of at least 1"
            : $"this family is fitted to a cv of at least {MinCv}; below it only cv = 0 (deterministic) is";
        return service is not null;
    }

    /// <summary>The default family.</summary>
    public static ServiceDistribution ByCv(double meanS, double cv) =>
        TryFit(meanS, cv, ServiceFamily.ByCv, out ServiceDistribution? service, out string? problem) ? service : throw new ArgumentOutOfRangeException(nameof(cv), problem);

    /// <summary>
    /// Another family with the same mean and cv, to show what the choice of family decides: lognormal, or gamma where the first was lognormal.
    /// Null where mean and cv leave no choice (cv 0) or the distribution was not fitted.
    /// </summary>
    public static ServiceDistribution? Alternative(ServiceDistribution service)
    {
        ArgumentNullException.ThrowIfNull(service);
        return service switch
        {
            LognormalService => TryFit(service.MeanS, service.Cv, ServiceFamily.Gamma, out ServiceDistribution? gamma, out _) ? gamma : null,
            GammaService or ExponentialService or HyperexponentialService => new LognormalService(service.MeanS, service.Cv),
            _ => null,
        };
    }

    /// <summary>Below it a gamma's density is a needle that no quadrature of ours resolves.</summary>
    public const double MinCv = 0.01;

    /// <summary>Above it no affordable run settles.</summary>
    public const double MaxCv = 100;
}
