using Headroom.Kernel.Statistics;

namespace Headroom.Balancing.Pools;

/// <summary>How long jobs stay in a pool: measured, or growing without limit.</summary>
public abstract record PoolDelay
{
    private PoolDelay(double utilisation) => Utilisation = utilisation;

    /// <summary>Offered work over capacity; may exceed 1.</summary>
    public double Utilisation { get; }

    /// <summary>More work arrives than can be done: no mean and no quantile exist.</summary>
    public sealed record Unstable : PoolDelay
    {
        public Unstable(double utilisation)
            : base(utilisation)
        {
        }
    }

    /// <summary>One value per independent run of the mean and of the quantile; all jobs in the histogram.</summary>
    public sealed record Measured : PoolDelay
    {
        public Measured(double utilisation)
            : base(utilisation)
        {
        }

        /// <summary>Of the runs' mean sojourns.</summary>
        public required Moments MeanS { get; init; }

        /// <summary>Of the runs' quantiles.</summary>
        public required Moments QuantileS { get; init; }

        public required DelayHistogram Histogram { get; init; }

        /// <summary>Jobs dropped at the start of each run.</summary>
        public required int WarmUp { get; init; }

        /// <summary>False when the start from empty still shows: the values are then too low.</summary>
        public required bool IsSettled { get; init; }
    }
}
