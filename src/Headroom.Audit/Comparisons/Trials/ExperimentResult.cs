using Headroom.Kernel.Statistics;

namespace Headroom.Audit.Comparisons.Trials;

/// <summary>What the trials of an experiment gave: by name, one value a trial in the order of their numbers; quantiles of what was pooled; a curve.</summary>
public sealed record ExperimentResult
{
    public required string Key { get; init; }

    public required int Trials { get; init; }

    public required IReadOnlyList<(string Name, double[] Values)> Values { get; init; }

    public required IReadOnlyList<(string Name, PooledQuantiles Quantiles)> Pooled { get; init; }

    public required IReadOnlyList<(double X, double Y)> Curve { get; init; }

    /// <summary>The values of that name; none where it was not measured.</summary>
    public double[] Of(string name) => Values.FirstOrDefault(v => v.Name == name).Values ?? [];

    public PooledQuantiles? PooledOf(string name) => Pooled.Any(p => p.Name == name) ? Pooled.First(p => p.Name == name).Quantiles : null;

    public double Mean(string name)
    {
        double[] values = Of(name);
        return Array.Exists(values, double.IsPositiveInfinity) ? double.PositiveInfinity : Moments.Of(values).Mean;
    }

    /// <summary>Half the width of the 95 % interval over the mean; infinite below two trials, 0 for a mean that is 0 or infinite.</summary>
    public double RelativeHalfWidth(string name)
    {
        double[] values = Of(name);
        if (values.Length < 2)
        {
            return double.PositiveInfinity;
        }

        double mean = Mean(name);
        return mean == 0 || !double.IsFinite(mean) ? 0 : Moments.Of(values).MeanInterval(0.95).Width / 2 / Math.Abs(mean);
    }
}
