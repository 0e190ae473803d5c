using Headroom.Coding.Erasure;
using Headroom.Coding.Files;
using Headroom.Coding.Tests.Fields;
using Headroom.Tests;

namespace Headroom.Coding.Tests.Files;

public sealed class RawShardsTests : IDisposable
{
    private readonly ScratchFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    /// <summary>What ISA-L and Ceph wrote: byte for byte ours, and each lost shard rebuilt from the others' files.</summary>
    [SharedDataTheory("shards")]
    [InlineData("isa-cauchy-k4-m2", "rs(4,2)")]
    [InlineData("isa-cauchy-k9-m6", "rs(9,6)")]
    [InlineData("isa-vandermonde-k8-m3", "rs(8,3,isa-vandermonde)")]
    [InlineData("clay-jerasure-k4-m2-d5", "clay(4,2,5)")]
    [InlineData("clay-jerasure-k8-m4-d11", "clay(8,4,11)")]
    [InlineData("lrc-k4-m2-l3", "lrc(4,2,3,ceph)")]
    public void ShardsOfOtherProgramsAreOurs(string folder, string name)
    {
        string theirs = SharedData.PathOf(Path.Combine("shards", folder));
        StorageCodes.TryParse(name, out ErasureCode? code, out _).ShouldBeTrue();
        using (var content = File.OpenHandle(Path.Combine(theirs, "content")))
        {
            long length = RandomAccess.GetLength(content);
            RawFolder.Write(code!, content, length, RawShards.ShardBytes(code!, length, 32), _scratch["ours"]);
        }

        for (int shard = 0; shard < code!.TotalShards; shard++)
        {
            byte[] expected = File.ReadAllBytes(Path.Combine(theirs, RawFolder.Name(shard)));
            string ours = Path.Combine(_scratch["ours"], RawFolder.Name(shard));
            File.ReadAllBytes(ours).ShouldBe(expected, $"shard {shard}");
            File.Delete(ours);
            using (RawFolder left = RawFolder.Open(_scratch["ours"], code, []))
            {
                left.Repair((RepairPlan)code.PlanRepair(left.Missing, [.. Enumerable.Range(0, code.TotalShards).Except(left.Missing)]));
            }

            File.ReadAllBytes(ours).ShouldBe(expected, $"shard {shard} rebuilt");
        }
    }

    /// <summary>Which shards are to blame, and by what: located in Reed-Solomon codes, left out one by one in others.</summary>
    [Theory]
    [InlineData("rs(4,4)", "3", "", "shard 3 contradicts the others", "tell up to 2 wrong at a byte for certain", "--erase 3)")]
    [InlineData("rs(4,4)", "0,6", "", "shards 0, 6 contradict the others", "tell up to 2 wrong", "--erase 0,6)")]
    [InlineData("rs(4,4)", "5", "0,2", "shard 5 contradicts the others", "6 shards of rs(4,4) tell up to 1 wrong", "--erase 5)")]
    [InlineData("rs(4,4)", "1,2,3", "", "more than 2 of them are wrong at one byte", "8 shards", "(--erase)")]
    [InlineData("rs(4,1)", "2", "", "one of 0, 1, 2, 3, 4 is to blame", "too few others", "(--erase)")]
    [InlineData("replication(3)", "1", "", "shard 1 contradicts the others", "tell up to 1 wrong", "--erase 1)")]
    [InlineData("clay(4,3,6)", "2", "", "shard 2 contradicts the others", "by leaving out one at a time", "--erase 2)")]
    [InlineData("clay(4,3,6)", "2,6", "", "no single one of them is to blame", "by leaving out one at a time", "(--erase)")]
    [InlineData("lrc(4,2,2)", "0", "", "shard 0 contradicts the others", "by leaving out one at a time", "--erase 0)")]
    public void TheShardsToBlameAreNamedWithHowSureThatIs(string name, string damaged, string erased, string blames, string because, string ends)
    {
        StorageCodes.TryParse(name, out ErasureCode? code, out _).ShouldBeTrue();
        byte[] content = KernelDigest.Bytes(20_011, 5);
        File.WriteAllBytes(_scratch["content"], content);
        using (var handle = File.OpenHandle(_scratch["content"]))
        {
            RawFolder.Write(code!, handle, content.Length, RawShards.ShardBytes(code!, content.Length, 8), _scratch["raw"]);
        }

        foreach (string shard in damaged.Split(','))
        {
            byte[] bytes = File.ReadAllBytes(Path.Combine(_scratch["raw"], shard));
            bytes[100] ^= (byte)(17 + shard[0]);
            bytes[300 + shard[0]] ^= 1;
            File.WriteAllBytes(Path.Combine(_scratch["raw"], shard), bytes);
        }

        using RawFolder folder = RawFolder.Open(_scratch["raw"], code!, [.. erased.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse)]);
        ShardException e = Should.Throw<ShardException>(() => new RawShards(code!, folder.ShardBytes).Verify(folder.Files));
        e.Message.ShouldContain(blames);
        e.Message.ShouldContain(because);
        e.Message.ShouldEndWith(ends);
    }

    /// <summary>Shards longer than a window, so that the parts of several windows meet.</summary>
    [Theory]
    [InlineData("rs(3,2)")]
    [InlineData("clay(4,2,5)")]
    [InlineData("mbr(3,2,4)")]
    public void WindowsMeet(string name)
    {
        StorageCodes.TryParse(name, out ErasureCode? code, out _).ShouldBeTrue();
        byte[] content = KernelDigest.Bytes(45_000_011, 3);
        File.WriteAllBytes(_scratch["content"], content);
        using (var handle = File.OpenHandle(_scratch["content"]))
        {
            RawFolder.Write(code!, handle, content.Length, RawShards.ShardBytes(code!, content.Length, 8), _scratch["raw"]);
        }

        using RawFolder folder = RawFolder.Open(_scratch["raw"], code!, [0, 2]);
        using (var back = File.OpenHandle(_scratch["back"], FileMode.CreateNew, FileAccess.ReadWrite))
        {
            new RawShards(code!, folder.ShardBytes).Decode(folder.Files, back, content.Length);
        }

        File.ReadAllBytes(_scratch["back"]).AsSpan().SequenceEqual(content).ShouldBeTrue();
    }
}
