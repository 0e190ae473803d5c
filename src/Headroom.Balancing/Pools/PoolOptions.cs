using Headroom.Kernel.Randomness;
using Headroom.Queueing.Service;

namespace Headroom.Balancing.Pools;

/// <summary>What arrives at a pool of servers and how long it is watched.</summary>
public sealed record PoolOptions
{
    /// <summary>A Poisson stream.</summary>
    public required double ArrivalsPerS { get; init; }

    public required ServiceDistribution Service { get; init; }

    public required Seed Seed { get; init; }

    /// <summary>Independent runs from empty; the intervals rest on their number.</summary>
    public int Replications { get; init; } = 20;

    /// <summary>Jobs counted in each run, after the warm-up.</summary>
    public int JobsCounted { get; init; } = 50_000;

    /// <summary>Which quantile of the sojourn time is wanted.</summary>
    public double QuantileRank { get; init; } = 0.99;

    /// <summary>Jobs dropped at the start of a run at most; where more are needed the result says that it is not settled.</summary>
    public int WarmUpMax { get; init; } = 200_000;

    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(ArrivalsPerS);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ArrivalsPerS, 1e15);
        ArgumentNullException.ThrowIfNull(Service);
        ArgumentOutOfRangeException.ThrowIfLessThan(Replications, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(JobsCounted, 100);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(QuantileRank, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(QuantileRank, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(WarmUpMax);
    }
}
