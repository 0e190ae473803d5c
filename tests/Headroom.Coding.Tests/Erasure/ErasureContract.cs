using Headroom.Coding.Erasure;
using Headroom.Coding.Tests.Fields;

namespace Headroom.Coding.Tests.Erasure;

/// <summary>What every code must keep, whatever its family; the tests of each family call it with their own codes.</summary>
internal static class ErasureContract
{
    /// <summary>Runs the plan both ways on poisoned shards: what the plan does not name is overwritten before, and must not matter.</summary>
    public static void CheckPlan(RepairPlan plan, IReadOnlyList<Memory<byte>> encoded)
    {
        ErasureCode code = plan.Code;
        int size = encoded[0].Length;
        int part = size / code.Subshards;
        Memory<byte>[] shards = [.. encoded.Select(_ => (Memory<byte>)KernelDigest.Bytes(size, 99))];
        foreach (HelpingShard helper in plan.Helpers)
        {
            helper.Reads.ShouldBe([.. helper.Reads.Order()]);
            helper.Sends.ShouldBeLessThanOrEqualTo(helper.Reads.Count);
            plan.Lost.ShouldNotContain(helper.Shard);
            foreach (int index in helper.Reads)
            {
                encoded[helper.Shard].Slice(index * part, part).CopyTo(shards[helper.Shard].Slice(index * part, part));
            }
        }

        Memory<byte>[] untouched = [.. shards.Select(shard => (Memory<byte>)shard.ToArray())];
        ReadOnlyMemory<byte>[] messages = Messages(plan, shards, size);
        plan.Run(shards);
        Memory<byte>[] lost = [.. plan.Lost.Select(_ => (Memory<byte>)KernelDigest.Bytes(size, 98))];
        plan.Rebuild(messages, lost);
        for (int shard = 0; shard < code.TotalShards; shard++)
        {
            Memory<byte> expected = plan.Lost.Contains(shard) ? encoded[shard] : untouched[shard];
            shards[shard].Span.SequenceEqual(expected.Span).ShouldBeTrue($"{plan}: shard {shard}");
        }

        for (int i = 0; i < lost.Length; i++)
        {
            lost[i].Span.SequenceEqual(encoded[plan.Lost[i]].Span).ShouldBeTrue($"{plan}: shard {plan.Lost[i]} over the network");
        }
    }

    /// <summary>Every set of losses (or of at most so many): recoverable ones are rebuilt, the others told with what would suffice.</summary>
    public static (int Rebuilt, int Refused) CheckEveryLoss(ErasureCode code, IReadOnlyList<Memory<byte>> encoded, int largest)
    {
        (int rebuilt, int refused) = (0, 0);
        for (int losses = 0; losses <= largest; losses++)
        {
            foreach (int[] set in Subsets.Of(code.TotalShards, losses))
            {
                int[] lost = [.. set];
                int[] left = [.. Enumerable.Range(0, code.TotalShards).Except(lost)];
                switch (code.PlanRepair(lost, left))
                {
                    case RepairPlan plan:
                        code.IsRecoverable(lost).ShouldBeTrue($"{code} {string.Join(",", lost)}");
                        CheckPlan(plan, encoded);
                        rebuilt++;
                        break;
                    case Unrecoverable cannot:
                        code.IsRecoverable(lost).ShouldBeFalse($"{code} {string.Join(",", lost)}");
                        cannot.Suffices.ShouldBeSubsetOf(lost);
                        code.PlanRepair([.. lost.Except(cannot.Suffices)], [.. left, .. cannot.Suffices]).ShouldBeOfType<RepairPlan>();
                        refused++;
                        break;
                }
            }
        }

        return (rebuilt, refused);
    }

    private static ReadOnlyMemory<byte>[] Messages(RepairPlan plan, Memory<byte>[] shards, int size)
    {
        var messages = new ReadOnlyMemory<byte>[plan.Helpers.Count];
        for (int i = 0; i < messages.Length; i++)
        {
            HelpingShard helper = plan.Helpers[i];
            byte[] read = [.. helper.Ranges(size).SelectMany(range => shards[helper.Shard].Slice(range.Offset, range.Length).ToArray())];
            read.Length.ShouldBe(helper.ReadBytes(size));
            byte[] message = new byte[helper.MessageBytes(size)];
            plan.Message(i, read, message);
            messages[i] = message;
        }

        return messages;
    }
}
