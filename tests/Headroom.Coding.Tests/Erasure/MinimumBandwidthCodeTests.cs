using Headroom.Coding.Bounds;
using Headroom.Coding.Erasure;
using Headroom.Coding.Tests.Fields;
using Headroom.Kernel.Bounds;

namespace Headroom.Coding.Tests.Erasure;

public sealed class MinimumBandwidthCodeTests
{
    public static TheoryData<int, int, int> Shapes
    {
        get
        {
            var shapes = new TheoryData<int, int, int>();
            foreach ((int k, int m) in ((int, int)[])[(1, 1), (1, 3), (2, 1), (2, 2), (3, 3), (4, 2), (5, 4)])
            {
                for (int d = k; d < k + m; d++)
                {
                    shapes.Add(k, m, d);
                }
            }

            return shapes;
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void AnyKShardsDecodeAndFewerDoNot(int k, int m, int d)
    {
        var code = new MinimumBandwidthCode(k, m, d);
        Memory<byte>[] encoded = Encoded(code, 3);
        (int rebuilt, int refused) = ErasureContract.CheckEveryLoss(code, encoded, k + m);
        rebuilt.ShouldBe((int)Enumerable.Range(0, m + 1).Sum(losses => Subsets.Count(k + m, losses)));
        refused.ShouldBe((1 << (k + m)) - rebuilt);

        // Not by the code's own word: the rows of any k shards have full rank.
        int[][] sets = [.. Subsets.Of(k + m, k).Select(set => set.ToArray())];
        sets.ShouldAllBe(set => code.Generator.Select(set.SelectMany(shard => Enumerable.Range(shard * d, d)).ToArray()).Rank() == code.DataSubshards);
    }

    /// <summary>At minimum bandwidth what is sent is what was lost, and storage is 2 n d/(k (2 d - k + 1)) bytes per byte ([dimakis2010], minimum bandwidth point).</summary>
    [Theory]
    [MemberData(nameof(Shapes))]
    public void ARepairSendsExactlyWhatWasLost(int k, int m, int d)
    {
        var code = new MinimumBandwidthCode(k, m, d);
        code.Overhead.ShouldBe(2.0 * (k + m) * d / (k * ((2 * d) - k + 1)), 1e-12);
        int[] all = [.. Enumerable.Range(0, k + m)];
        double floor = RepairFloor.Reads.Evaluate(new BoundArguments()).Number!.Value;
        foreach (int lost in all)
        {
            var plan = (RepairPlan)code.PlanRepair([lost], [.. all.Where(shard => shard != lost).Reverse()]);
            plan.Helpers.Count.ShouldBe(d);
            plan.Helpers.ShouldAllBe(helper => helper.Sends == 1);
            plan.SentPerLostByte.ShouldBe(floor, 1e-12);
            plan.ReadsPerLostByte.ShouldBe(lost < k ? 1 : d, 1e-12);
        }

        code.MeanRepairSent.ShouldBe(1, 1e-12);
        code.MeanRepairReads.ShouldBe((k + ((double)m * d)) / (k + m), 1e-12);
    }

    [Fact]
    public void EveryChoiceOfHelpersRebuilds()
    {
        var code = new MinimumBandwidthCode(3, 3, 4);
        Memory<byte>[] encoded = Encoded(code, 8);
        for (int lost = 0; lost < 6; lost++)
        {
            foreach (int[] helpers in Subsets.Of(6, 4).Where(set => !set.Contains(lost)))
            {
                var plan = (RepairPlan)code.PlanRepair([lost], helpers);
                plan.Reads.ShouldBe(helpers);
                ErasureContract.CheckPlan(plan, encoded);
            }
        }
    }

    /// <summary>Two lost shards are regenerated together where that sends less than the data; both ways are right.</summary>
    [Fact]
    public void TwoLostShardsAreRegeneratedTogether()
    {
        var code = new MinimumBandwidthCode(4, 4, 6);
        var two = (RepairPlan)code.PlanRepair([1, 6], [0, 2, 3, 4, 5, 7]);
        two.SentPerLostByte.ShouldBe(1, 1e-12);
        two.Helpers.ShouldAllBe(helper => helper.Sends == 2 && helper.ReadsWholeShard);
        var four = (RepairPlan)code.PlanRepair([1, 2, 3, 6], [0, 4, 5, 7]);
        four.Helpers.Sum(helper => helper.Sends).ShouldBe(code.DataSubshards);
    }

    private static Memory<byte>[] Encoded(ErasureCode code, int part)
    {
        byte[] content = KernelDigest.Bytes((code.DataSubshards * part) - 1, 6);
        Memory<byte>[] encoded = Striping.Encode(code, content);
        Striping.Join(code, encoded, content.Length).ShouldBe(content);
        return encoded;
    }
}
