using Headroom.Balancing.Pools;
using Headroom.Kernel.Strategies;
using Headroom.Queueing.Service;

namespace Headroom.Audit.Studies.Serve;

/// <summary>A pool of servers as it was described.</summary>
public sealed record ServeInput
{
    public required double ArrivalsPerS { get; init; }

    public required ServiceDistribution Service { get; init; }

    /// <summary>As stated; of the trace where there is one.</summary>
    public required double Cv { get; init; }

    /// <summary>Where the distribution comes from, in words.</summary>
    public required string ServiceOrigin { get; init; }

    /// <summary>The family that was fitted to mean and cv; null for a trace.</summary>
    public required ServiceFamily? Family { get; init; }

    public required int Servers { get; init; }

    public double? GoalP99S { get; init; }

    public double? GoalMeanS { get; init; }

    public required StrategyCall Now { get; init; }

    /// <summary>Seconds of work that arrive in a second.</summary>
    public double Erlangs => ArrivalsPerS * Service.MeanS;

    public double Utilisation => Erlangs / Servers;

    public bool HasGoal => GoalP99S is not null || GoalMeanS is not null;

    /// <summary>The delay over its goal, the worst of both: met when at most 1. A run that has not settled proves nothing.</summary>
    public double OverGoal(PoolDelay.Measured delay)
    {
        ArgumentNullException.ThrowIfNull(delay);
        return !delay.IsSettled ? double.PositiveInfinity : Math.Max(GoalP99S is { } p99 ? delay.QuantileS.Mean / p99 : 0, GoalMeanS is { } mean ? delay.MeanS.Mean / mean : 0);
    }
}
