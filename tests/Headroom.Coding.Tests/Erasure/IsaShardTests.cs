using Headroom.Coding.Erasure;
using Headroom.Tests;

namespace Headroom.Coding.Tests.Erasure;

/// <summary>Shards that Ceph's ISA plugin wrote (matrix Cauchy): content over k data shards, shard size rounded up to 32 bytes, zeros at the end.</summary>
public sealed class IsaShardTests
{
    [SharedDataFact("shards/isa-cauchy-k4-m2")]
    public void EveryLossOfTwoOfFourPlusTwoDecodesAndReencodes() => EveryLoss("shards/isa-cauchy-k4-m2", 4, 2);

    [SharedDataFact("shards/isa-cauchy-k9-m6")]
    public void EveryLossOfSixOfNinePlusSixDecodesAndReencodes() => EveryLoss("shards/isa-cauchy-k9-m6", 9, 6);

    private static void EveryLoss(string folder, int k, int m)
    {
        var code = new ReedSolomonCode(k, m);
        byte[] content = File.ReadAllBytes(Path.Combine(SharedData.PathOf(folder), "content"));
        byte[][] written = [.. Enumerable.Range(0, k + m).Select(i => File.ReadAllBytes(Path.Combine(SharedData.PathOf(folder), $"{i}")))];

        Memory<byte>[] ours = Striping.Encode(code, content, alignment: 32);
        for (int i = 0; i < k + m; i++)
        {
            ours[i].Span.SequenceEqual(written[i]).ShouldBeTrue($"shard {i}");
        }

        int patterns = 0;
        for (int losses = 0; losses <= m; losses++)
        {
            foreach (int[] lost in Subsets.Of(k + m, losses))
            {
                int[] available = [.. Enumerable.Range(0, k + m).Except(lost)];
                Memory<byte>[] shards = [.. written.Select((shard, i) => lost.Contains(i) ? new byte[shard.Length] : (Memory<byte>)shard)];
                code.PlanRepair(lost, available).ShouldBeOfType<RepairPlan>().Run(shards);
                foreach (int shard in lost)
                {
                    shards[shard].Span.SequenceEqual(written[shard]).ShouldBeTrue($"shard {shard} after the loss of {string.Join(",", lost)}");
                }

                patterns++;
            }
        }

        patterns.ShouldBe(m == 2 ? 22 : 9949); // sum of C(6,0..2); sum of C(15,0..6)
        Striping.Join(code, ours, content.Length).ShouldBe(content);
    }
}
