using Headroom.Coding.Erasure;

namespace Headroom.Samples.Coding;

/// <summary>Encode, lose, repair. The tests compile this file and run it.</summary>
public static class RepairSample
{
    public static byte[] EncodeLoseRepair(ReadOnlyMemory<byte> content)
    {
        ErasureCode code = new ReedSolomonCode(dataShards: 10, parityShards: 4);
        Memory<byte>[] shards = Striping.Encode(code, content.Span);

        int[] lost = [2, 7, 11, 13];
        Array.ForEach(lost, shard => shards[shard].Span.Clear());

        int[] left = [.. Enumerable.Range(0, code.TotalShards).Except(lost)];
        RepairOutcome outcome = code.PlanRepair(lost, left);
        RepairPlan plan = outcome as RepairPlan ?? throw new InvalidOperationException(outcome.ToString());
        plan.Run(shards);
        return Striping.Join(code, shards, content.Length);
    }
}
