using Headroom.Coding.Erasure;
using Headroom.Coding.Models;
using Headroom.Kernel.Randomness;
using Headroom.Kernel.Statistics;

namespace Headroom.Coding.Durability;

/// <summary>How often data were lost.</summary>
public sealed record DurabilityOutcome(long Losses, long Trials)
{
    public double Share => (double)Losses / Trials;

    /// <summary>Clopper and Pearson's interval for the probability of loss.</summary>
    public Interval Interval(double confidence) => Distributions.ProportionInterval(Losses, Trials, confidence);
}

/// <summary>
/// Monte-Carlo of a storage system, to hold <see cref="DurabilityModel"/> against: single nodes and single stripes with their own places, the code's own
/// answer to every set of losses, a detection of fixed length, transfers of fixed size that share the bandwidth. None of the model's
/// averages are used. For failure rates at which loss is common; a rare-event method is another matter.
/// </summary>
public static class DurabilityTrials
{
    /// <exception cref="ArgumentException">More than 24 shards, fewer nodes than shards, or more than 100,000 stripes.</exception>
    public static DurabilityOutcome Run(StorageSystem system, ErasureCode code, double horizonSeconds, int trials, Seed seed, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(system);
        ArgumentNullException.ThrowIfNull(code);
        system.Validate();
        ArgumentOutOfRangeException.ThrowIfLessThan(trials, 1);
        double stripes = Math.Ceiling(system.DataBytes * code.Subshards / (code.DataSubshards * system.ShardBytes));
        if (code.TotalShards > Math.Min(24, system.Nodes) || stripes > 100_000)
        {
            throw new ArgumentException($"{code} with {stripes} stripes on {system.Nodes} nodes is beyond this simulation", nameof(code));
        }

        bool[] recoverable = RecoverableMasks(code);
        var repair = RepairTimes.Of(system, CodeShape.Of(code));
        long losses = 0;
        for (int trial = 0; trial < trials; trial++)
        {
            cancellation.ThrowIfCancellationRequested();
            losses += new DurabilityTrial(system, repair, recoverable, code.TotalShards, (int)stripes, seed.At(trial)).LosesBefore(horizonSeconds) ? 1 : 0;
        }

        return new DurabilityOutcome(losses, trials);
    }

    private static bool[] RecoverableMasks(ErasureCode code)
    {
        bool[] recoverable = new bool[1 << code.TotalShards];
        int[] shards = [.. Enumerable.Range(0, code.TotalShards)];
        for (int mask = 0; mask < recoverable.Length; mask++)
        {
            recoverable[mask] = System.Numerics.BitOperations.PopCount((uint)mask) <= code.ParityShards
                && code.IsRecoverable([.. shards.Where(shard => ((mask >> shard) & 1) == 1)]);
        }

        return recoverable;
    }
}
