using Headroom.Coding.Models;
using Headroom.Kernel.Arithmetic;
using Headroom.Kernel.Randomness;
using Headroom.Kernel.Statistics;

namespace Headroom.Coding.Durability;

/// <summary>
/// A probability of loss with Student's interval for its logarithm, over independent trials: mean exp(± t(trials - 1) s/(mean sqrt(trials))), by the delta method.
/// Trials are never negative, and a few of them see far more than the others. Such a mean is more often too low than too high, and the more so the less its trials seem to vary: Student's interval for
/// the mean itself is too short above. Of exponential values, which trials resemble, 12 at a time, it holds the mean 91 times of 100 where 95 are said, this one 93 times.
/// </summary>
public sealed record RareLoss(double Mean, Interval Interval, int Trials)
{
    /// <summary>Of the mean.</summary>
    public required double StandardError { get; init; }

    /// <summary>Of trials that are not negative. Where all are zero the interval is zero: nothing was seen.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than two trials.</exception>
    public static RareLoss Of(Moments trials, double confidence)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(trials.Count, 2);
        var loss = new RareLoss(trials.Mean, default, (int)trials.Count) { StandardError = trials.StandardError };
        return loss with { Interval = loss.At(confidence) };
    }

    /// <summary>The interval with another confidence.</summary>
    public Interval At(double confidence)
    {
        if (Mean <= 0)
        {
            return new Interval(0, 0);
        }

        double factor = Elementary.Exp(StandardError / Mean * Distributions.StudentTQuantile(0.5 + (confidence / 2), Trials - 1));
        return new Interval(Mean / factor, Mean * factor);
    }
}

/// <summary>
/// The probability of loss within a time by importance splitting ([villen1991], RESTART), for losses as rare as one wants: single nodes and domains fail, are
/// noticed after a fixed time and rebuilt by transfers that share the bandwidth. Whenever more shards of some stripe can be lost than before, the history is
/// split in several of less weight, which end when that is over; what a failure adds to the loss is its probability over the random placement of the stripes, given
/// which nodes are down (<see cref="StripePlacement"/>), not a draw. Groups, which share nothing, are followed one by one. Each trial is an unbiased estimate, so trials need no tuning to be right.
/// Nothing of the chain is used: neither its rates between states nor its averages over which nodes are down.
/// </summary>
public sealed class RareLossTrials
{
    /// <summary>Copies of one split, and of the first level a year: more cost time and gain nothing.</summary>
    private const int CopiesMax = 500;
    private const double FirstCopiesMax = 1000;

    /// <summary>Nodes are made to fail at least so often while a repair lasts: what splitting alone would take too many copies for.</summary>
    private const double FailuresOfWindowLeast = 0.02;
    private const int Pilots = 4;
    private const int CostlyTimes = 20;

    /// <summary>All of it, or one group: groups share neither stripes nor repairs.</summary>
    private readonly StorageSystem _system;
    private readonly int _groups;
    private readonly (double Whole, double Degraded) _nodeBias;
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
        (_horizonSeconds, _seed) = (horizonSeconds, seed);
        _repair = RepairTimes.Of(system, code);
        double failures = system.Nodes * horizonSeconds / system.NodeMttfSeconds;
        _groups = system.Placement == Placement.Groups ? Math.Max(1, system.Nodes / code.TotalShards) : 1;
        _system = _groups == 1 ? system : system with { Nodes = code.TotalShards, DataBytes = system.DataBytes / _groups };
        _placement = new StripePlacement(_system, code);
        double window = _system.Nodes * (_repair.DetectSeconds + _repair.TransferSeconds) / system.NodeMttfSeconds;
        double whole = Math.Max(1, RareLossTrial.FailuresLeast / failures);

        // More often only where a year has not one such failure by itself: weights of common events spread estimates for nothing.
        double degraded = window > 0 ? Math.Min(FailuresOfWindowLeast / window, 1 / (Math.Max(1, failures) * window)) : 1;
        _nodeBias = (whole, Math.Max(whole, degraded));
        _splits = Splits(code, Math.Max(1, failures));
    }

    /// <summary>An unbiased estimate, at least 0, by the trial of this number; trials of different numbers are independent.</summary>
    public double Trial(long index, CancellationToken cancellation = default) =>
        Of(_seed.At(index)).Run(_groups, long.MaxValue, cancellation);

    public RareLoss Estimate(int trials, double confidence, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(trials, 2);
        var moments = new Moments();
        for (int i = 0; i < trials; i++)
        {
            moments.Add(Trial(i, cancellation));
        }

        return RareLoss.Of(moments, confidence);
    }

    /// <summary>
    /// Estimates within so much work together, which is counted in failures and repairs followed and not in time, so that every machine makes as many trials. What one costs is seen in a few that do not count;
    /// then the cheapest are estimated first, each with an equal part of what is left, so that those leave the more to the others. Null where the least number of trials would take more than its part.
    /// </summary>
    /// <param name="all">What to estimate.</param>
    /// <param name="work">Failures and repairs, each with the nodes that are down.</param>
    /// <param name="trialsLeast">With fewer an interval says nothing.</param>
    /// <param name="trialsMost">Enough.</param>
    /// <param name="confidence">Of the intervals.</param>
    /// <param name="cancellation">Looked at between histories.</param>
    public static IReadOnlyList<RareLoss?> EstimateWithin(IReadOnlyList<RareLossTrials> all, long work, int trialsLeast, int trialsMost, double confidence, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(all);
        ArgumentOutOfRangeException.ThrowIfLessThan(work, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(trialsLeast, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(trialsMost, trialsLeast);
        var estimates = new RareLoss?[all.Count];
        double[] each = [.. all.Select(trials => trials.MeanWork(work / Math.Max(1, all.Count) / trialsLeast, cancellation))];
        double left = work;
        int waiting = all.Count;
        foreach (int i in Enumerable.Range(0, all.Count).OrderBy(i => each[i]).ThenBy(i => i))
        {
            double affordable = left / waiting-- / each[i];
            if (affordable >= trialsLeast)
            {
                int trials = (int)Math.Min(affordable, trialsMost);
                estimates[i] = all[i].Estimate(trials, confidence, cancellation);
                left -= trials * each[i];
            }
        }

        return estimates;
    }

    /// <summary>What a trial costs, by a few; infinite where one costs several times what it may.</summary>
    private double MeanWork(long expected, CancellationToken cancellation)
    {
        double sum = 0;
        for (int i = 0; i < Pilots; i++)
        {
            RareLossTrial pilot = Of(_seed.Named("pilot").At(i));
            sum += double.IsNaN(pilot.Run(_groups, Math.Max(1, expected) * CostlyTimes, cancellation)) ? double.PositiveInfinity : pilot.Work;
        }

        return Math.Max(1, sum / Pilots);
    }

    private RareLossTrial Of(Seed seed) => new(_system, _repair, _placement, _splits, _nodeBias, _horizonSeconds, seed.Stream());

    /// <summary>
    /// Copies at each number of lost shards below the least fatal one: about the inverse of the probability that another failure comes before a repair. Any number
    /// is right; this one spends about as much on every level.
    /// </summary>
    private double[] Splits(CodeShape code, double failuresInAll)
    {
        int fatal = 1;
        while (fatal <= code.TotalShards && code.RecoverableShare(fatal) == 1)
        {
            fatal++;
        }

        double failures = _system.Nodes * _nodeBias.Degraded / _system.NodeMttfSeconds;
        double window = _repair.DetectSeconds + _repair.TransferSeconds;
        double[] splits = new double[fatal];
        for (int lost = 1; lost < fatal; lost++)
        {
            double next = failures * window / ((failures * window) + lost);
            double most = lost == 1 ? Math.Max(1, FirstCopiesMax / failuresInAll) : CopiesMax;
            splits[lost] = Math.Clamp(1 / Math.Max(next, 1e-12), 1, Math.Min(CopiesMax, most));
        }

        return splits;
    }
}
