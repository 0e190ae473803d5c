using Headroom.Coding.Erasure;
using Headroom.Coding.Files;
using Headroom.Coding.Tests.Fields;

namespace Headroom.Coding.Tests.Files;

public sealed class ShardFolderTests : IDisposable
{
    private readonly ScratchFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    /// <summary>Below, at and above whole stripes of 4 blocks of 512 bytes.</summary>
    [Theory]
    [InlineData("rs(4,2)", 0)]
    [InlineData("rs(4,2)", 1)]
    [InlineData("rs(4,2)", 2047)]
    [InlineData("rs(4,2)", 2048)]
    [InlineData("rs(4,2)", 2049)]
    [InlineData("rs(4,2)", 10_000)]
    [InlineData("lrc(4,2,2)", 5000)]
    [InlineData("replication(3)", 3000)]
    [InlineData("mbr(3,2,4)", 9000)]
    [InlineData("clay(4,2,5)", 9001)]
    [InlineData("lrc(4,2,3,ceph)", 9001)]
    [InlineData("mbr(3,2,4)", 0)]
    public void AnyToleratedLossGivesTheContentBack(string name, int length)
    {
        byte[] content = KernelDigest.Bytes(length, 5);
        string folder = Encode(name, content);
        ErasureCode code = Code(name);
        foreach (int[] lost in Subsets.Of(code.TotalShards, code.FailuresSurvived).Select(set => set.ToArray()))
        {
            Hide(folder, lost);
            Decoded(folder).ShouldBe(content, $"{name} without {string.Join(",", lost)}");
            Show(folder, lost);
        }
    }

    [Fact]
    public void OneLossTooManyNamesWhatWouldSuffice()
    {
        string folder = Encode("rs(4,2)", KernelDigest.Bytes(5000, 5));
        Hide(folder, 0, 3, 5);
        Should.Throw<ShardException>(() => Decoded(folder)).Message.ShouldContain("1 more would do, for instance 0");
    }

    /// <summary>Every byte of every shard, one after another: the content comes back, and the verifier names the shard.</summary>
    [Fact]
    public void AFlippedByteAnywhereIsAnErasure()
    {
        byte[] content = KernelDigest.Bytes(300, 6);
        string folder = Encode("rs(2,1)", content, blockBytes: 64);
        for (int shard = 0; shard < 3; shard++)
        {
            string file = Path.Combine(folder, ShardFolder.NameOf(shard));
            byte[] whole = File.ReadAllBytes(file);
            for (int at = 0; at < whole.Length; at += at < ShardHeader.Bytes ? 7 : 1)
            {
                byte[] damaged = [.. whole];
                damaged[at] ^= 0x10;
                File.WriteAllBytes(file, damaged);
                Decoded(folder).ShouldBe(content, $"shard {shard} byte {at}");
                VerifyReport report = Verify(folder);
                report.IsWhole.ShouldBeFalse();
                report.Lost.ShouldBe([shard]);
                report.LostStripes.ShouldBe(0);
                report.ContentBytes.ShouldBe(content.Length);
            }

            File.WriteAllBytes(file, whole);
        }

        Verify(folder).IsWhole.ShouldBeTrue();
    }

    /// <summary>More shards are damaged than the code survives, but in every stripe few enough.</summary>
    [Fact]
    public void DamageIsCountedByStripe()
    {
        byte[] content = KernelDigest.Bytes(5 * 4 * 512, 7);
        string folder = Encode("rs(4,2)", content);
        for (int shard = 0; shard < 5; shard++)
        {
            Flip(folder, shard, stripe: shard);
        }

        Decoded(folder).ShouldBe(content);
        Verify(folder).Lost.ShouldBe([0, 1, 2, 3, 4]);
        Repair(folder, [0, 1, 2, 3, 4]);
        Verify(folder).IsWhole.ShouldBeTrue();
        Decoded(folder).ShouldBe(content);
    }

    [Theory]
    [InlineData("rs(4,2)", 0, 4)]
    [InlineData("lrc(4,2,2)", 1)]
    [InlineData("mbr(3,2,4)", 2)]
    [InlineData("clay(4,2,5)", 1)]
    [InlineData("lrc(4,2,3,ceph)", 5)]
    [InlineData("replication(3)", 0, 1)]
    public void RebuiltShardsAreTheOnesLost(string name, params int[] lost)
    {
        string folder = Encode(name, KernelDigest.Bytes(20_000, 8));
        byte[][] before = [.. lost.Select(shard => File.ReadAllBytes(Path.Combine(folder, ShardFolder.NameOf(shard))))];
        foreach (int shard in lost)
        {
            File.Delete(Path.Combine(folder, ShardFolder.NameOf(shard)));
        }

        RepairSummary summary = Repair(folder, lost);
        for (int i = 0; i < lost.Length; i++)
        {
            File.ReadAllBytes(Path.Combine(folder, ShardFolder.NameOf(lost[i]))).ShouldBe(before[i]);
        }

        // What the plan says is what the disk was asked for.
        ErasureCode code = Code(name);
        var plan = (RepairPlan)code.PlanRepair(lost, [.. Enumerable.Range(0, code.TotalShards).Except(lost)]);
        ((double)summary.BytesRead / summary.BytesRebuilt).ShouldBe(plan.ReadsPerLostByte, 1e-9);
        ((double)summary.BytesSent / summary.BytesRebuilt).ShouldBe(plan.SentPerLostByte, 1e-9);
        Directory.GetFiles(folder).Length.ShouldBe(code.TotalShards);
    }

    [Fact]
    public void RenamedShardsAreKnownByTheirHeaders()
    {
        byte[] content = KernelDigest.Bytes(7000, 9);
        string folder = Encode("rs(4,2)", content);
        File.Move(Path.Combine(folder, "000.shard"), Path.Combine(folder, "x"));
        File.Move(Path.Combine(folder, "001.shard"), Path.Combine(folder, "000.shard"));
        File.Move(Path.Combine(folder, "x"), Path.Combine(folder, "001.shard"));
        Decoded(folder).ShouldBe(content);
        Verify(folder).IsWhole.ShouldBeTrue();
    }

    /// <summary>Shard 0's file bears shard 1's name, which is lost: the rebuilt shard does not write over it.</summary>
    [Fact]
    public void ARepairWritesOverNoOtherShard()
    {
        byte[] content = KernelDigest.Bytes(7000, 9);
        string folder = Encode("rs(4,2)", content);
        File.Move(Path.Combine(folder, "000.shard"), Path.Combine(folder, "001.shard"), overwrite: true);
        Repair(folder, [1]);
        Verify(folder).IsWhole.ShouldBeTrue();
        Decoded(folder).ShouldBe(content);
    }

    /// <summary>Two versions of one content share their first stripes; where they part, blocks do not mix.</summary>
    [Fact]
    public void ShardsOfTwoContentsAreNotMixed()
    {
        byte[] first = KernelDigest.Bytes(6000, 10);
        byte[] second = [.. first];
        second[5000] ^= 1;
        string a = Encode("rs(2,2)", first);
        string b = Encode("rs(2,2)", second, "b");
        File.Copy(Path.Combine(b, "003.shard"), Path.Combine(a, "003.shard"), overwrite: true);
        Decoded(a).ShouldBe(first);
        Verify(a).Lost.ShouldBe([3]);
        File.Copy(Path.Combine(b, "002.shard"), Path.Combine(a, "002.shard"), overwrite: true);
        Hide(a, 0);
        File.Copy(Path.Combine(b, "000.shard"), Path.Combine(a, "000.shard"));
        Decoded(a).ShouldBe(second);
        File.Delete(Path.Combine(a, "000.shard"));
        File.Delete(Path.Combine(a, "003.shard"));
        Should.Throw<ShardException>(() => Decoded(a)).Message.ShouldContain("stripe");
    }

    [Fact]
    public void TwoContentsThatBothDecodeAreRefused()
    {
        byte[] first = KernelDigest.Bytes(3000, 11);
        byte[] second = KernelDigest.Bytes(3000, 12);
        string a = Encode("rs(2,3)", first);
        string b = Encode("rs(2,3)", second, "b");
        File.Copy(Path.Combine(b, "000.shard"), Path.Combine(a, "000.shard"), overwrite: true);
        File.Copy(Path.Combine(b, "004.shard"), Path.Combine(a, "004.shard"), overwrite: true);
        Should.Throw<ShardException>(() => Decoded(a)).Message.ShouldContain("hold different contents");
    }

    [Fact]
    public void ShardsCutShortSaySo()
    {
        string folder = Encode("rs(2,1)", KernelDigest.Bytes(9000, 13));
        foreach (string file in Directory.GetFiles(folder))
        {
            using FileStream stream = File.Open(file, FileMode.Open);
            stream.SetLength(ShardHeader.Bytes + (2 * 560));
        }

        Should.Throw<ShardException>(() => Decoded(folder)).Message.ShouldContain("cut short");
        Verify(folder).FirstLost!.ShouldContain("cut short");
    }

    [Fact]
    public void AFileThatIsNoShardIsSetAsideAndTold()
    {
        byte[] content = KernelDigest.Bytes(900, 14);
        string folder = Encode("rs(2,1)", content);
        File.WriteAllText(Path.Combine(folder, "notes.txt"), "remember the milk");
        Decoded(folder).ShouldBe(content);
        Verify(folder).Problems.ShouldHaveSingleItem().ShouldContain("notes.txt is no shard of ours");
    }

    private string Encode(string name, byte[] content, string folder = "a", int blockBytes = 512)
    {
        ShardFolderWriter.Encode(new StripeShape(Code(name), blockBytes), new MemoryStream(content), _scratch[folder]).ShouldBe(content.Length);
        Directory.Exists(ShardFolderWriter.PartialOf(_scratch[folder])).ShouldBeFalse();
        return _scratch[folder];
    }

    private static byte[] Decoded(string folder)
    {
        using ShardFolder shards = ShardFolder.Open(folder);
        var output = new MemoryStream();
        new ShardDecoder(shards).Decode(output).ShouldBe(output.Length);
        return output.ToArray();
    }

    private static VerifyReport Verify(string folder)
    {
        using ShardFolder shards = ShardFolder.Open(folder);
        return ShardVerifier.Verify(shards);
    }

    private static RepairSummary Repair(string folder, int[] lost)
    {
        using ShardFolder shards = ShardFolder.Open(folder);
        return new ShardRepair(shards, lost).Run();
    }

    private static ErasureCode Code(string name) => StorageCodes.TryParse(name, out ErasureCode? code, out string? problem) ? code : throw new ArgumentException(problem);

    private static void Hide(string folder, params int[] lost) => Array.ForEach(lost, shard => File.Move(Path.Combine(folder, ShardFolder.NameOf(shard)), Path.Combine(folder, $".{shard}")));

    private static void Show(string folder, params int[] lost) => Array.ForEach(lost, shard => File.Move(Path.Combine(folder, $".{shard}"), Path.Combine(folder, ShardFolder.NameOf(shard))));

    private static void Flip(string folder, int shard, int stripe)
    {
        using FileStream stream = File.Open(Path.Combine(folder, ShardFolder.NameOf(shard)), FileMode.Open);
        stream.Position = ShardHeader.Bytes + (stripe * (512 + 48)) + 100;
        int value = stream.ReadByte();
        stream.Position--;
        stream.WriteByte((byte)(value ^ 1));
    }
}
