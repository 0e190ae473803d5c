using Headroom.Kernel.Statistics;

namespace Headroom.Audit.Comparisons.Trials;

/// <summary>
/// Values pooled over trials: exact up to <see cref="ExactMax"/> of them, then a sketch whose quantiles are off by at most 0.1 %. What it gives
/// does not depend on the order in which trials end.
/// </summary>
public sealed class PooledSample
{
    public const int ExactMax = 4_000_000;
    private const double SketchAccuracy = 0.001;

    private readonly List<double[]> _chunks = [];
    private QuantileSketch? _sketch;
    private long _count;

    public void Add(double[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        _count += values.Length;
        if (_sketch is null && _count <= ExactMax)
        {
            _chunks.Add(values);
            return;
        }

        _sketch ??= new QuantileSketch(SketchAccuracy);
        foreach (double[] chunk in _chunks)
        {
            Feed(chunk);
        }

        _chunks.Clear();
        Feed(values);
    }

    /// <summary>All zero of an empty sample.</summary>
    public PooledQuantiles Quantiles()
    {
        if (_count == 0)
        {
            return default;
        }

        if (_sketch is { } sketch)
        {
            return new PooledQuantiles(_count, sketch.Quantile(0.5), sketch.Quantile(0.9), sketch.Quantile(0.99), sketch.Quantile(0.999));
        }

        double[] all = [.. _chunks.SelectMany(chunk => chunk)];
        Array.Sort(all);
        return new PooledQuantiles(_count, Kernel.Statistics.Quantiles.OfSorted(all, 0.5), Kernel.Statistics.Quantiles.OfSorted(all, 0.9),
            Kernel.Statistics.Quantiles.OfSorted(all, 0.99), Kernel.Statistics.Quantiles.OfSorted(all, 0.999));
    }

    private void Feed(double[] values)
    {
        foreach (double value in values)
        {
            _sketch!.Add(value);
        }
    }
}
