using Headroom.Coding.Bounds;
using Headroom.Coding.Erasure;
using Headroom.Coding.Tests.Fields;
using Headroom.Kernel.Bounds;

namespace Headroom.Coding.Tests.Erasure;

public sealed class ClayCodeTests
{
    public static TheoryData<int, int, int> Shapes
    {
        get
        {
            var shapes = new TheoryData<int, int, int>();
            foreach ((int k, int m) in ((int, int)[])[(1, 2), (2, 2), (3, 2), (4, 2), (3, 3), (4, 3), (5, 3), (4, 4), (6, 4)])
            {
                for (int d = k + 1; d < k + m; d++)
                {
                    shapes.Add(k, m, d);
                }
            }

            return shapes;
        }
    }

    /// <summary>Every loss of up to m shards is rebuilt, and none of m + 1; q^t sub-chunks, t columns of q nodes, virtual ones where q does not divide k + m.</summary>
    [Theory]
    [MemberData(nameof(Shapes))]
    public void AnyKShardsDecodeAndFewerDoNot(int k, int m, int d)
    {
        var code = new ClayCode(k, m, d);
        int q = d - k + 1;
        code.Subshards.ShouldBe((int)Math.Pow(q, (k + m + q - 1) / q));
        code.DataSubshards.ShouldBe(k * code.Subshards);
        Memory<byte>[] encoded = Encoded(code, 3);
        (int rebuilt, int refused) = ErasureContract.CheckEveryLoss(code, encoded, m + 1);
        rebuilt.ShouldBe((int)Enumerable.Range(0, m + 1).Sum(losses => Subsets.Count(k + m, losses)));
        refused.ShouldBe((int)Subsets.Count(k + m, m + 1));
    }

    /// <summary>The cut-set bound, exactly, for every shard: d/(d - k + 1) bytes read and sent per byte, an equal share of each of d helpers.</summary>
    [Theory]
    [MemberData(nameof(Shapes))]
    public void ARepairReadsExactlyTheCutSetBound(int k, int m, int d)
    {
        var code = new ClayCode(k, m, d);
        double floor = CutSetRepairBound.Reads.Evaluate(new BoundArguments { ["k"] = k, ["d"] = d }).Number!.Value;
        int[] all = [.. Enumerable.Range(0, k + m)];
        foreach (int lost in all)
        {
            var plan = (RepairPlan)code.PlanRepair([lost], [.. all.Where(shard => shard != lost)]);
            plan.Helpers.Count.ShouldBe(d);
            plan.Helpers.ShouldAllBe(helper => helper.Reads.Count == code.Subshards / (d - k + 1) && helper.Forwards);
            plan.ReadsPerLostByte.ShouldBe(floor, 1e-12);
            plan.SentPerLostByte.ShouldBe(floor, 1e-12);
        }

        code.MeanRepairReads.ShouldBe(floor, 1e-12);
        code.MeanRepairSent.ShouldBe(floor, 1e-12);
    }

    /// <summary>With fewer helpers than n - 1, every choice of them repairs; where the lost shard's column is not whole, k shards are read instead.</summary>
    [Theory]
    [InlineData(4, 3, 5)]
    [InlineData(3, 3, 4)]
    [InlineData(5, 3, 6)]
    [InlineData(4, 4, 6)]
    public void EveryChoiceOfHelpersRebuilds(int k, int m, int d)
    {
        var code = new ClayCode(k, m, d);
        Memory<byte>[] encoded = Encoded(code, 2);
        (int cheap, int whole) = (0, 0);
        for (int lost = 0; lost < k + m; lost++)
        {
            foreach (int[] helpers in Subsets.Of(k + m, d).Where(set => !set.Contains(lost)))
            {
                var plan = (RepairPlan)code.PlanRepair([lost], helpers);
                ErasureContract.CheckPlan(plan, encoded);
                bool isCheap = plan.Helpers[0].Reads.Count < code.Subshards;
                (cheap, whole) = isCheap ? (cheap + 1, whole) : (cheap, whole + 1);
                plan.Reads.ShouldBe(isCheap ? helpers : helpers[..k]);
            }
        }

        cheap.ShouldBeGreaterThan(0);
        whole.ShouldBeGreaterThan(0);
    }

    /// <summary>The structured way agrees with dense linear algebra on the same generator.</summary>
    [Theory]
    [InlineData(4, 2, 5)]
    [InlineData(4, 3, 5)]
    public void LayeredDecodingAgreesWithDenseMatrices(int k, int m, int d)
    {
        var code = new ClayCode(k, m, d);
        Memory<byte>[] encoded = Encoded(code, 5);
        foreach (int[] lost in Subsets.Of(k + m, m))
        {
            int[] left = [.. Enumerable.Range(0, k + m).Except(lost)];
            ErasureContract.CheckPlan((RepairPlan)LinearPlanner.Plan(code, [.. lost], left), encoded);
        }
    }

    /// <summary>Steps and blocks of bytes: parts of any length give what single bytes give, in encoding, in decoding with shards that nobody asks for, and in repair with aloof nodes.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(127)]
    [InlineData(128)]
    [InlineData(129)]
    [InlineData(4095)]
    [InlineData(4096)]
    [InlineData(4097)]
    [InlineData(8192 + 128 + 3)]
    public void EveryByteIsEncodedByItself(int part)
    {
        var code = new ClayCode(4, 3, 5);
        Memory<byte>[] whole = Encoded(code, part);
        foreach (int at in ((int[])[0, 1, 127, 128, 4095, 4096, 8191, 8192, 8320, part - 1]).Where(at => at < part))
        {
            Memory<byte>[] single = [.. whole.Select(shard => (Memory<byte>)Enumerable.Range(0, code.Subshards).Select(z => shard.Span[(z * part) + at]).ToArray())];
            Memory<byte>[] again = [.. single.Select((shard, i) => i < 4 ? shard : new byte[shard.Length])];
            code.Encode(again);
            again.Zip(single).All(pair => pair.First.Span.SequenceEqual(pair.Second.Span)).ShouldBeTrue($"byte {at}");
        }

        foreach ((int[] lost, int[] available) in ((int[], int[])[])[([1], [0, 2, 3, 4, 5, 6]), ([0], [1, 3, 5, 6]), ([2, 5], [0, 3, 4, 6]), ([0, 4, 6], [1, 2, 3, 5])])
        {
            ErasureContract.CheckPlan((RepairPlan)code.PlanRepair(lost, available), whole);
        }
    }

    [Theory]
    [InlineData("clay(10,4)", "clay(10,4,13)", null)]
    [InlineData("clay(10,4,12)", "clay(10,4,12)", null)]
    [InlineData("clay(10,4,10)", null, "10 helpers, but a repair hears from 11 to 13 shards")]
    [InlineData("clay(10,4,14)", null, "14 helpers, but")]
    [InlineData("clay(4,1)", null, "clay needs at least 2 parity shards")]
    [InlineData("clay(100,4)", null, "would cut each of 104 shards into 4^26 parts; at most 16384")]
    [InlineData("clay(126,129,130)", null, "would cut")]
    [InlineData("clay(200,56,254)", null, "of 275 nodes")]
    [InlineData("clay(128,128)", null, "would cut each of 256 shards into 128^2 parts")]
    [InlineData("clay(24,4,25)", "clay(24,4,25)", null)]
    [InlineData("clay(2000000000,2000000000)", null, "room for 256")]
    public void ClayCodesAreReadByName(string text, string? name, string? problem)
    {
        StorageCodes.TryParse(text, out ErasureCode? code, out string? why).ShouldBe(name is not null);
        (code?.Name).ShouldBe(name);
        (why ?? "").ShouldContain(problem ?? "");
    }

    private static Memory<byte>[] Encoded(ErasureCode code, int part)
    {
        byte[] content = KernelDigest.Bytes((code.DataSubshards * part) - 1, 6);
        Memory<byte>[] encoded = Striping.Encode(code, content);
        Striping.Join(code, encoded, content.Length).ShouldBe(content);
        return encoded;
    }
}
