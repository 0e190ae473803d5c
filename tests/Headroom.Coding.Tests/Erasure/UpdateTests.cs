using Headroom.Coding.Erasure;
using Headroom.Coding.Tests.Fields;
using Headroom.Kernel.Randomness;

namespace Headroom.Coding.Tests.Erasure;

/// <summary>A write in place and the update of what depends on it give what encoding afresh gives.</summary>
public sealed class UpdateTests
{
    [Theory]
    [InlineData("replication(3)")]
    [InlineData("rs(4,2)")]
    [InlineData("lrc(6,2,2)")]
    [InlineData("mbr(3,2,4)")]
    [InlineData("clay(4,2,5)")]
    [InlineData("clay(3,2,4)")]
    public void AnUpdateEqualsEncodingAfresh(string name)
    {
        ErasureCode code = ErasureCodeTests.Code(name);
        int size = 13 * code.Subshards;
        RandomStream random = new Seed(3).Named(name).Stream();
        byte[] content = KernelDigest.Bytes(13 * code.DataSubshards, 7);
        Memory<byte>[] shards = Striping.Encode(code, content);
        for (int trial = 0; trial < 60; trial++)
        {
            (int shard, int first, int run) = Striping.Runs(code, size).ElementAt(random.Below(Striping.Runs(code, size).Count()));
            int offset = first + random.Below(run);
            byte[] after = KernelDigest.Bytes(1 + random.Below(first + run - offset), (ulong)trial);
            byte[] before = shards[shard].Slice(offset, after.Length).ToArray();
            HashSet<int> named = [.. code.DependentRanges(shard, offset, after.Length, size).Select(range => range.Shard)];

            // What does not depend on the range, and the written shard itself, may be absent.
            Memory<byte>[] present = [.. shards.Select((memory, i) => named.Contains(i) ? memory : default)];
            code.UpdateParities(present, shard, offset, before, after, size);
            after.CopyTo(shards[shard].Span[offset..]);
            Memory<byte>[] afresh = Striping.Encode(code, Striping.Join(code, shards, content.Length));
            for (int i = 0; i < shards.Length; i++)
            {
                shards[i].Span.SequenceEqual(afresh[i].Span).ShouldBeTrue($"{code} shard {i} after a write of {after.Length} at {offset} of {shard}");
            }
        }
    }

    /// <summary>A local code's update leaves the other groups' parities alone; Reed-Solomon's changes every parity.</summary>
    [Fact]
    public void OnlyDependentShardsAreNamed()
    {
        ErasureCodeTests.Code("lrc(6,2,2)").DependentRanges(1, 5, 3, 10).ShouldBe([(6, 5, 3), (8, 5, 3), (9, 5, 3)]);
        ErasureCodeTests.Code("rs(4,2)").DependentRanges(3, 0, 10, 10).ShouldBe([(4, 0, 10), (5, 0, 10)]);
    }

    [Fact]
    public void WrongUpdatesAreRefused()
    {
        ErasureCode code = ErasureCodeTests.Code("rs(4,2)");
        Memory<byte>[] shards = [.. Enumerable.Range(0, 6).Select(_ => (Memory<byte>)new byte[8])];
        Should.Throw<ArgumentException>(() => code.UpdateParities(shards, 4, 0, new byte[1], new byte[1], 8)).Message.ShouldContain("byte 0 of shard 4 is not data");
        Should.Throw<ArgumentException>(() => code.UpdateParities(shards, 1, 7, new byte[2], new byte[2], 8)).Message.ShouldContain("bytes 7 to 9 of shard 1, which has 8");
        Should.Throw<ArgumentException>(() => code.UpdateParities(shards, 1, 0, new byte[2], new byte[1], 8)).Message.ShouldContain("2 bytes before and 1 after");
        shards[5] = new byte[7];
        Should.Throw<ArgumentException>(() => code.UpdateParities(shards, 1, 0, new byte[1], new byte[1], 8)).Message.ShouldContain("shard 5 has 7 bytes, not 8");
        shards[4].Span.ToArray().ShouldAllBe(x => x == 0, "nothing was written before the refusal");
    }

    [Fact]
    public void AShardThatDoesNotDivideIntoSubchunksIsRefusedByNumber()
    {
        ErasureCode code = ErasureCodeTests.Code("mbr(2,2,3)");
        Memory<byte>[] shards = [.. Enumerable.Range(0, 4).Select(_ => (Memory<byte>)new byte[10])];
        Should.Throw<ArgumentException>(() => code.Encode(shards)).Message.ShouldContain("shard 0 has 10 bytes, which mbr(2,2,3) cannot cut into 3 equal parts");
        var plan = (RepairPlan)code.PlanRepair([2], [0, 1, 3]);
        Should.Throw<ArgumentException>(() => plan.Run(shards)).Message.ShouldContain("equal parts");
        Should.Throw<ArgumentException>(() => plan.Message(0, new byte[9], new byte[4])).Message.ShouldContain("shard 0 reads 3 parts and sends 1");
        Should.Throw<ArgumentException>(() => plan.Rebuild([new byte[3], new byte[3], new byte[2]], [new byte[9]])).Message.ShouldContain("the message of shard 3 has 3 bytes, not 2");
    }
}
