using Headroom.Coding.Erasure;
using Headroom.Kernel.Randomness;

namespace Headroom.Audit.Studies.Store;

/// <summary>What encoding, losing and repairing a sample came to.</summary>
internal sealed record StoreExercised(double StoredPerByte, double ReadPerRebuiltByte, int Repairs);

/// <summary>Really encodes, loses, repairs and verifies the sample.</summary>
internal static class StoreExercise
{
    private const int RandomLosses = 12;

    /// <summary>Every single loss, then random losses of as many shards as the code promises to survive: rebuilt shards must equal the lost ones.</summary>
    /// <exception cref="InvalidOperationException">They do not: a fault of ours.</exception>
    public static StoreExercised Run(ErasureCode code, byte[] sample, Seed seed)
    {
        Memory<byte>[] encoded = Striping.Encode(code, sample);
        long read = 0;
        long rebuilt = 0;
        int repairs = 0;
        if (code.ParityShards > 0)
        {
            for (int lost = 0; lost < code.TotalShards; lost++, repairs++)
            {
                RepairPlan plan = Repair(code, encoded, [lost], sample.Length);
                read += plan.Helpers.Sum(helper => (long)helper.ReadBytes(encoded[0].Length));
                rebuilt += encoded[0].Length;
            }
        }

        RandomStream random = seed.Named(code.Name).Stream();
        int[] order = [.. Enumerable.Range(0, code.TotalShards)];
        for (int i = 0; i < RandomLosses && code.FailuresSurvived > 1; i++, repairs++)
        {
            random.Shuffle<int>(order);
            _ = Repair(code, encoded, order[..code.FailuresSurvived], sample.Length);
        }

        // Padding to whole shards is less than one byte per sub-chunk of data; it is not the code's.
        double stored = (double)encoded.Length * encoded[0].Length / Striping.ContentBytesMax(code, encoded[0].Length);
        return new StoreExercised(stored, rebuilt == 0 ? 0 : (double)read / rebuilt, repairs);
    }

    private static RepairPlan Repair(ErasureCode code, Memory<byte>[] encoded, int[] lost, int bytes)
    {
        Memory<byte>[] shards = [.. encoded.Select((shard, i) => lost.Contains(i) ? new byte[shard.Length] : shard)];
        var plan = code.PlanRepair(lost, [.. Enumerable.Range(0, code.TotalShards).Except(lost)]) as RepairPlan
            ?? throw new InvalidOperationException($"{code} did not survive the loss of {string.Join(", ", lost)}");
        plan.Run(shards);
        return lost.All(shard => shards[shard].Span.SequenceEqual(encoded[shard].Span)) && bytes <= Striping.ContentBytesMax(code, encoded[0].Length)
            ? plan
            : throw new InvalidOperationException($"{code} rebuilt {string.Join(", ", lost)} wrongly");
    }
}
