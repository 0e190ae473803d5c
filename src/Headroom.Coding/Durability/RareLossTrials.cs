using Headroom.Coding.Models;
using Headroom.Kernel.Randomness;
using Headroom.Kernel.Statistics;

namespace Headroom.Coding.Durability;

/// <summary>A probability of loss with Student's interval over independent trials.</summary>
public sealed record RareLoss(double Mean, Interval Interval, int Trials);

/// <summary>
/// The probability of loss within a time by importance splitting ([villen1991], RESTART), for losses as rare as one wants: single nodes and domains fail, are
/// noticed after a fixed time and rebuilt by transfers that share the bandwidth. Whenever more shards of some stripe can be lost than before, the history is
/// split in several of less weight, which end when that is over; what a failure adds to the loss is its probability over the random placement of the stripes, given
/// which nodes are down (<see cref="StripePlacement"/>), not a draw. Each trial is an unbiased estimate, so trials need no tuning to be right.
/// Nothing of the chain is used: neither its rates between states nor its averages over which nodes are down.
/// </summary>
public sealed class RareLossTrials
{
    /// <summary>Copies of one split, and of the first level a year: more cost time and gain nothing.</summary>
    private const int CopiesMax = 500;
    private const double FirstCopiesMax = 1000;

    private readonly StorageSystem _system;
    private readonly RepairTimes _repair;
    private readonly StripePlacement _placement;
    private readonly double[] _splits;
    private readonly double _horizonSeconds;
    private readonly Seed _seed;

    public RareLossTrials(StorageSystem system, CodeShape code, double horizonSeconds, Seed seed)
    {
        ArgumentNullException.ThrowIfNull(system);
        ArgumentNullException.ThrowIfNull(code);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(horizonSeconds);
        (_system, _horizonSeconds, _seed) = (system, horizonSeconds, seed);
        _placement = new StripePlacement(system, code);
        _repair = RepairTimes.Of(system, code);
        _splits = Splits(code);
    }

    /// <summary>An unbiased estimate, at least 0, by the trial of this number; trials of different numbers are independent.</summary>
    public double Trial(long index, CancellationToken cancellation = default) =>
        new RareLossTrial(_system, _repair, _placement, _splits, _horizonSeconds, _seed.At(index).Stream()).Run(cancellation);

    public RareLoss Estimate(int trials, double confidence, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(trials, 2);
        var moments = new Moments();
        for (int i = 0; i < trials; i++)
        {
            moments.Add(Trial(i, cancellation));
        }

        return new RareLoss(moments.Mean, moments.MeanInterval(confidence), trials);
    }

    /// <summary>
    /// Copies at each number of lost shards below the least fatal one: about the inverse of the probability that another failure comes before a repair. Any number
    /// is right; this one spends about as much on every level.
    /// </summary>
    private double[] Splits(CodeShape code)
    {
        int fatal = 1;
        while (fatal <= code.TotalShards && code.RecoverableShare(fatal) == 1)
        {
            fatal++;
        }

        double failures = _system.Nodes / _system.NodeMttfSeconds;
        double window = _repair.DetectSeconds + _repair.TransferSeconds;
        double[] splits = new double[fatal];
        for (int lost = 1; lost < fatal; lost++)
        {
            double next = failures * window / ((failures * window) + lost);
            double most = lost == 1 ? Math.Max(1, FirstCopiesMax / Math.Max(1, failures * _horizonSeconds)) : CopiesMax;
            splits[lost] = Math.Clamp(1 / Math.Max(next, 1e-12), 1, Math.Min(CopiesMax, most));
        }

        return splits;
    }
}
