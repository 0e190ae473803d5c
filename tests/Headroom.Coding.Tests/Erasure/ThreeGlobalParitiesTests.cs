using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Headroom.Coding.Erasure;
using Headroom.Coding.Files;
using Headroom.Coding.Tests.Files;

namespace Headroom.Coding.Tests.Erasure;

/// <summary>Azure's layout with three global parities: maximally recoverable where coefficients are known, by every set of losses or every plane; what was written as a pyramid is read as one.</summary>
public sealed class ThreeGlobalParitiesTests
{
    /// <summary>Every layout of up to 20 shards, every set of losses. Of those with several groups of several shards all have coefficients, and so are no pyramids.</summary>
    [Fact]
    public void UpToTwentyShardsEverySetOfLossesThatLeavesEnoughEquationsIsRebuilt()
    {
        int layouts = 0;
        for (int l = 1; l <= 8; l++)
        {
            for (int size = 1; (size + 1) * l <= 17; size++, layouts++)
            {
                var code = new LocallyRepairableCode(size * l, l, 3);
                code.IsMaximallyRecoverable.ShouldBeTrue(code.Name);
                (code.ManifestName == code.Name).ShouldBe(l == 1 || size == 1, code.ManifestName);
                LocallyRepairableCodeTests.CheckEveryLoss(code, l + 3);
            }
        }

        layouts.ShouldBe(35);
    }

    /// <summary>Layouts in use, of more shards: no set of l + 3 losses that leaves enough equations is fatal, and some set of those is lost by the pyramid.</summary>
    [Theory]
    [InlineData(16, 2)]
    [InlineData(18, 2)]
    [InlineData(18, 3)]
    public void LargerLayoutsToo(int k, int l)
    {
        var code = new LocallyRepairableCode(k, l, 3);
        code.IsMaximallyRecoverable.ShouldBeTrue();
        var pyramid = new LocallyRepairableCode(k, l, 3, pyramid: true);
        bool isBetter = false;
        foreach (int[] lost in Subsets.Of(code.TotalShards, l + 3))
        {
            bool rebuilt = code.IsRecoverable(lost);
            if (rebuilt != LocallyRepairableCodeTests.IsPossible(code, lost))
            {
                Assert.Fail($"{code}: {string.Join(",", lost)}");
            }

            isBetter |= rebuilt && !pyramid.IsRecoverable(lost);
        }

        isBetter.ShouldBeTrue();
    }

    /// <summary>
    /// The largest layouts, by the least sets that decide: of groups that lose several shards, and of global parities, as many equations as unknowns. A group that loses one
    /// shard more, or with any set of these in it, has its own equation for that. All smaller layouts are sets of columns of these.
    /// </summary>
    [Fact]
    public void EveryPlaneOfTheLargestLayoutsIsFree()
    {
        foreach ((int l, int size) in HeavyParityPoints.Largest)
        {
            var code = new LocallyRepairableCode(l * size, l, 3);
            int[][] groups = [.. Enumerable.Range(0, l).Select(group => Enumerable.Range(0, code.TotalShards).Where(shard => code.GroupOf(shard) == group).ToArray())];
            long sets = 0;
            foreach (int[] lost in Deciding(groups, [.. Enumerable.Range(l * (size + 1), 3)], 0, 3))
            {
                sets++;
                if (!code.IsRecoverable(lost))
                {
                    Assert.Fail($"{code}: {string.Join(",", lost)}");
                }
            }

            // As many as there are choices: by groups of 4; 3 and 2; 2, 2 and 2; 3 and a global parity; and so on.
            long two = Choose(size + 1, 2);
            long three = Choose(size + 1, 3);
            long expected = (l * Choose(size + 1, 4)) + (l * (l - 1) * three * two) + (Choose(l, 3) * two * two * two) + (3 * ((l * three) + (Choose(l, 2) * two * two))) + (3 * l * two) + 1;
            sets.ShouldBe(expected, code.Name);
        }
    }

    /// <summary>What the shares say of losses beyond the distance is what is possible, so that the models of durability follow.</summary>
    [Fact]
    public void OfFiveLossesAzuresLayoutSurvivesWhatItCan()
    {
        ErasureCode code = ErasureCodeTests.Code("lrc(12,2,3)");
        int possible = Subsets.Of(17, 5).Count(lost => LocallyRepairableCodeTests.IsPossible((LocallyRepairableCode)code, lost));
        (code.RecoverableShares()[5] * Subsets.Count(17, 5)).ShouldBe(possible, 1e-6);
        (ErasureCodeTests.Code("lrc(12,2,3,pyramid)").RecoverableShares()[5] * Subsets.Count(17, 5)).ShouldBeLessThan(possible);
    }

    /// <summary>All shards of a folder written before there were other coefficients, header and blocks, by their digest; they are read as a pyramid, and rebuilt to the same bytes.</summary>
    [Fact]
    public void WhatWasWrittenAsAPyramidIsReadAsOne()
    {
        using var scratch = new ScratchFolder();
        byte[] content = [.. Enumerable.Range(0, (12 * 3 * 64) + 5).Select(i => (byte)(((i * i) + (7 * i)) % 251))];
        string folder = scratch["shards"];
        Write("lrc(12,2,3,pyramid)", content, folder);
        Digest(folder).ShouldBe("f0db4f49aff4ee7a7d76862902c41d1ed6f9b26faa836536fcbfa88e848b7082");
        foreach (int shard in (int[])[0, 1, 6, 14])
        {
            File.Delete(Path.Combine(folder, ShardFolder.NameOf(shard)));
        }

        using (ShardFolder shards = ShardFolder.Open(folder))
        {
            shards.Code.Name.ShouldBe("lrc(12,2,3,pyramid)");
            using var decoded = new MemoryStream();
            new ShardDecoder(shards).Decode(decoded);
            decoded.ToArray().ShouldBe(content);
            new ShardRepair(shards, [0, 1, 6, 14]).Run();
        }

        Digest(folder).ShouldBe("f0db4f49aff4ee7a7d76862902c41d1ed6f9b26faa836536fcbfa88e848b7082");
    }

    /// <summary>The coefficients are in the shards of others now: they stay. A manifest names them, and five losses come back that the pyramid cannot give back.</summary>
    [Fact]
    public void WhatIsWrittenNowSaysSoInItsManifest()
    {
        using var scratch = new ScratchFolder();
        byte[] content = [.. Enumerable.Range(0, (12 * 3 * 64) + 5).Select(i => (byte)(((i * i) + (7 * i)) % 251))];
        string folder = scratch["shards"];
        Write("lrc(12,2,3)", content, folder);
        Encoding.ASCII.GetString(File.ReadAllBytes(Path.Combine(folder, "000.shard"))[..ShardHeader.Bytes]).ShouldContain("\ncode lrc(12,2,3,recoverable)\n");
        var pyramid = new LocallyRepairableCode(12, 2, 3, pyramid: true);
        int[] five = Subsets.Of(17, 5).First(lost => !pyramid.IsRecoverable(lost) && LocallyRepairableCodeTests.IsPossible(pyramid, lost));
        foreach (int shard in five)
        {
            File.Delete(Path.Combine(folder, ShardFolder.NameOf(shard)));
        }

        using ShardFolder shards = ShardFolder.Open(folder);
        shards.Code.Name.ShouldBe("lrc(12,2,3)");
        using var decoded = new MemoryStream();
        new ShardDecoder(shards).Decode(decoded);
        decoded.ToArray().ShouldBe(content);
        string all = string.Join(' ', HeavyParityPoints.Largest.Select(layout => Coefficients(layout.Groups, layout.Size)));
        Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(all)))[..16].ShouldBe("2e915b63568348e2");
    }

    [Theory]
    [InlineData("lrc(12,2,3)", "lrc(12,2,3,pyramid)")]
    [InlineData("lrc(12,2,3,recoverable)", "lrc(12,2,3)")]
    [InlineData("lrc(20,2,3)", "lrc(20,2,3)")]
    [InlineData("lrc(12,1,3)", "lrc(12,1,3)")]
    [InlineData("lrc(12,2,2)", "lrc(12,2,2)")]
    [InlineData("rs(10,4)", "rs(10,4)")]
    [InlineData("lrc(20,2,3,recoverable)", null)]
    [InlineData("lrc(12,2,3,pyramid)", null)]
    [InlineData("lrc(12,1,3,recoverable)", null)]
    [InlineData("rs(10,4,recoverable)", null)]
    [InlineData("rs(10,4", null)]
    [InlineData("rs(10, 4)", null)]
    [InlineData("lrc(12,2,3,recoverable,recoverable)", null)]
    public void AManifestMeansWhatItMeantWhenItWasWritten(string text, string? name)
    {
        StorageCodes.TryParseManifest(text, out ErasureCode? code, out string? problem).ShouldBe(name is not null, problem);
        (code?.Name).ShouldBe(name);
        (problem is null).ShouldBe(name is not null);
    }

    [Theory]
    [InlineData("lrc(12,2,3,pyramid)", "lrc(12,2,3,pyramid)", null)]
    [InlineData("lrc(12,2,3,layout=pyramid)", "lrc(12,2,3,pyramid)", null)]
    [InlineData("lrc(12,2,2,pyramid)", null, "lrc(12,2,2) has one matrix; leave out 'pyramid'")]
    [InlineData("lrc(40,2,3,pyramid)", null, "lrc(40,2,3) has one matrix; leave out 'pyramid'")]
    [InlineData("lrc(12,5,3,pyramid)", null, "12 data shards do not make 5 equal groups")]
    public void ThePyramidIsReadByName(string text, string? name, string? problem)
    {
        StorageCodes.TryParse(text, out ErasureCode? code, out string? why).ShouldBe(name is not null, why);
        (code?.Name).ShouldBe(name);
        (why ?? "").ShouldContain(problem ?? "");
    }

    private static void Write(string name, byte[] content, string folder) =>
        ShardFolderWriter.Encode(new StripeShape(ErasureCodeTests.Code(name), 1 << 20), new MemoryStream(content), folder).ShouldBe(content.Length);

    private static string Digest(string folder) =>
        Convert.ToHexStringLower(SHA256.HashData([.. Directory.GetFiles(folder).Order(StringComparer.Ordinal).SelectMany(File.ReadAllBytes)]));

    private static string Coefficients(int l, int size) => string.Concat(Enumerable.Range(0, l * size)
        .SelectMany(shard => Enumerable.Range(0, 3), (shard, parity) => HeavyParityPoints.Coefficient(l, size, shard / size, shard % size, parity).ToString("x2", CultureInfo.InvariantCulture)));

    /// <summary>Sets of losses that leave just as many unknowns as there are global parities left: of each group none, or two and more.</summary>
    private static IEnumerable<int[]> Deciding(int[][] groups, int[] globals, int group, int unknowns)
    {
        if (group == groups.Length)
        {
            return Subsets.Of(globals.Length, unknowns).Select(set => set.Select(i => globals[i]).ToArray());
        }

        return Enumerable.Range(0, unknowns + 1).Where(more => more < groups[group].Length).SelectMany(
            more => more == 0 ? [[]] : Subsets.Of(groups[group].Length, more + 1).Select(set => set.Select(i => groups[group][i]).ToArray()),
            (more, set) => Deciding(groups, globals, group + 1, unknowns - more).Select(rest => (int[])[.. set, .. rest])).SelectMany(sets => sets);
    }

    private static long Choose(int n, int k) => (long)Math.Round(Subsets.Count(n, k));
}
