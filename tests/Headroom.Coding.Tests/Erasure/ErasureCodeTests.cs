using Headroom.Coding.Erasure;
using Headroom.Coding.Tests.Fields;

namespace Headroom.Coding.Tests.Erasure;

public sealed class ErasureCodeTests
{
    public static TheoryData<string> SmallCodes => new("replication(3)", "rs(1,2)", "rs(4,2)", "rs(6,3)", "rs(5,0)", "lrc(4,2,2)", "lrc(6,2,2)", "lrc(6,3,1)", "lrc(4,1,2)", "lrc(4,4,1)", "lrc(6,2,0)");

    [Theory]
    [MemberData(nameof(SmallCodes))]
    public void EverySetOfLossesIsRebuiltExactlyWhenTheRowsThatAreLeftHaveFullRank(string name)
    {
        ErasureCode code = Code(name);
        byte[] content = KernelDigest.Bytes((37 * code.DataShards) - 1, 5);
        Memory<byte>[] encoded = Striping.Encode(code, content);
        Striping.Join(code, encoded, content.Length).ShouldBe(content);
        for (int pattern = 0; pattern < 1 << code.TotalShards; pattern++)
        {
            int[] lost = [.. Enumerable.Range(0, code.TotalShards).Where(i => ((pattern >> i) & 1) == 1)];
            int[] left = [.. Enumerable.Range(0, code.TotalShards).Except(lost)];
            bool fullRank = code.Generator.Select(left).Rank() == code.DataShards;
            code.IsRecoverable(lost).ShouldBe(fullRank);
            switch (code.PlanRepair(lost, left))
            {
                case RepairPlan plan:
                    fullRank.ShouldBeTrue();
                    ErasureContract.CheckPlan(plan, encoded);
                    break;
                case Unrecoverable cannot:
                    fullRank.ShouldBeFalse();
                    code.PlanRepair([.. lost.Except(cannot.Suffices)], [.. left.Concat(cannot.Suffices)]).ShouldBeOfType<RepairPlan>();
                    cannot.Suffices.Count.ShouldBe(code.DataShards - code.Generator.Select(left).Rank());
                    break;
            }
        }
    }

    [Theory]
    [MemberData(nameof(SmallCodes))]
    public void TheDistanceIsTheLeastFatalNumberOfLosses(string name)
    {
        ErasureCode code = Code(name);
        int fatal = Enumerable.Range(1, code.TotalShards).First(losses => Subsets.Of(code.TotalShards, losses).Any(lost => !code.IsRecoverable(lost)));
        code.Distance.ShouldBe(fatal);
    }

    [Theory]
    [MemberData(nameof(SmallCodes))]
    public void SharesAndMeanReadsAreThoseOfEverySetCounted(string name)
    {
        ErasureCode code = Code(name);
        int n = code.TotalShards;
        for (int losses = 0; losses <= code.ParityShards; losses++)
        {
            int[][] sets = [.. Subsets.Of(n, losses).Select(set => set.ToArray())];
            code.RecoverableShares()[losses].ShouldBe(sets.Count(set => code.IsRecoverable(set)) / (double)sets.Length, 1e-12);
        }

        code.MeanRepairReads.ShouldBe(code.ParityShards == 0 ? 0 : Enumerable.Range(0, n)
            .Average(lost => ((RepairPlan)code.PlanRepair([lost], [.. Enumerable.Range(0, n).Where(i => i != lost)])).ReadsPerLostByte), 1e-12);
        code.MeanRepairSent.ShouldBe(code.MeanRepairReads, 1e-12);
    }

    [Theory]
    [InlineData("lrc(12,2,2)", 6, 12)]
    [InlineData("lrc(6,3,1)", 2, 6)]
    public void ALocalLossReadsItsGroupAndAGlobalOneTheData(string name, int local, int global)
    {
        var code = (LocallyRepairableCode)Code(name);
        for (int lost = 0; lost < code.TotalShards; lost++)
        {
            var plan = (RepairPlan)code.PlanRepair([lost], [.. Enumerable.Range(0, code.TotalShards).Where(i => i != lost)]);
            plan.Reads.Count.ShouldBe(code.GroupOf(lost) >= 0 ? local : global);
            plan.Reads.All(read => code.GroupOf(lost) < 0 || code.GroupOf(read) == code.GroupOf(lost)).ShouldBeTrue();
        }
    }

    /// <summary>Huang et al. 2012, section 2: of the fatal-by-count sets of four losses LRC(6,2,2) survives 86 % at best (maximally recoverable).</summary>
    [Fact]
    public void OfFourLossesSixTwoTwoSurvivesAtMostEightySixPercent()
    {
        IReadOnlyList<double> shares = Code("lrc(6,2,2)").RecoverableShares();
        shares.Take(4).ShouldAllBe(share => share == 1);
        shares[4].ShouldBeInRange(0.80, 180.0 / 210);
        Code("rs(6,4)").RecoverableShares().ShouldAllBe(share => share == 1);
    }

    /// <summary>Plans are kept by both sets, and no more than the cache holds.</summary>
    [Fact]
    public void TheSamePlanIsHandedOutForTheSameSetsOnly()
    {
        ErasureCode code = Code("rs(4,12)");
        RepairOutcome first = code.PlanRepair([0], [1, 2, 3, 4]);
        code.PlanRepair([0], [4, 3, 2, 1]).ShouldBeSameAs(first);
        ((RepairPlan)code.PlanRepair([0], [1, 2, 3, 5])).Reads.ShouldBe([1, 2, 3, 5]);
        code.PlanRepair([0], [1, 2, 3]).ShouldBeOfType<Unrecoverable>();
        ((RepairPlan)code.PlanRepair([0, 5], [1, 2, 3, 4])).Lost.ShouldBe([0, 5]);
        foreach (int[] available in Subsets.Of(15, 4).Take(500))
        {
            ((RepairPlan)code.PlanRepair([15], [.. available])).Reads.ShouldBe(available);
        }

        code.PlanRepair([0], [1, 2, 3, 4]).ShouldNotBeSameAs(first);
    }

    [Fact]
    public void WhatCannotBeRebuiltSaysWhatWouldSuffice()
    {
        var cannot = Code("rs(4,2)").PlanRepair([0, 1, 5], [2, 3]).ShouldBeOfType<Unrecoverable>();
        cannot.Suffices.ShouldBe([0, 1]);
        cannot.ToString().ShouldBe("rs(4,2) cannot rebuild shards 0, 1, 5 from the 2 available: 2 more would do, for instance 0 and 1");
    }

    [Fact]
    public void WrongShardsAreRefusedByNumber()
    {
        ErasureCode code = Code("rs(4,2)");
        Memory<byte>[] unequal = [new byte[4], new byte[4], new byte[3], new byte[4], new byte[4], new byte[4]];
        Should.Throw<ArgumentException>(() => code.Encode(unequal)).Message.ShouldContain("shard 2 has 3 bytes");
        Should.Throw<ArgumentException>(() => code.Encode([new byte[4]])).Message.ShouldContain("6 shards, not 1");
        Should.Throw<ArgumentException>(() => code.PlanRepair([0], [0, 1, 2, 3])).Message.ShouldContain("shard 0 is named twice");
        Should.Throw<ArgumentException>(() => code.PlanRepair([6], [0, 1, 2, 3])).Message.ShouldContain("not 6");
    }

    [Theory]
    [InlineData(0, 71, 167)]
    [InlineData(1, 167, 71)]
    [InlineData(2, 122, 186)]
    [InlineData(3, 186, 122)]
    public void ParityOfAUnitShardIsTheColumnOfIsaLsCauchyMatrix(int column, byte first, byte second)
    {
        // 1/(i xor j) over 0x11D, computed apart from this code: 1/4 = 71, 1/5 = 167, 1/6 = 122, 1/7 = 186.
        Memory<byte>[] shards = [.. Enumerable.Range(0, 6).Select(i => (Memory<byte>)new byte[] { i == column ? (byte)1 : (byte)0 })];
        new ReedSolomonCode(4, 2).Encode(shards);
        shards[4].Span[0].ShouldBe(first);
        shards[5].Span[0].ShouldBe(second);
    }

    [Theory]
    [InlineData("rs(10,4)", "rs(10,4)", null)]
    [InlineData(" lrc( 12, 2 ,2) ", "lrc(12,2,2)", null)]
    [InlineData("rs(10)", null, "is written rs(data shards, parity shards)")]
    [InlineData("rs(-1,2)", null, "is written rs")]
    [InlineData("rs(200,57)", null, "room for 256")]
    [InlineData("lrc(10,3,2)", null, "do not make 3 equal groups")]
    [InlineData("replicaton(3)", null, "did you mean replication?")]
    [InlineData("replication(0)", null, "at least one copy")]
    [InlineData("rs(0,2)", null, "at least one data shard")]
    [InlineData("rs(10,4,13)", null, "is written rs(data shards, parity shards)")]
    [InlineData("rs(10,)", null, "is written rs")]
    [InlineData("lrc(4,0,1)", null, "at least one local parity")]
    [InlineData("mbr(10,4)", "mbr(10,4,13)", null)]
    [InlineData("mbr(10,4,9)", null, "9 helpers, but a repair hears from 10 to 13 shards")]
    [InlineData("mbr(10,4,14)", null, "14 helpers, but")]
    [InlineData("mbr(100,100)", null, "mbr(100,100,199) of 100 parity shards and 199 helpers")]
    [InlineData("mbr(100,40)", null, "has too many parts: 140 shards of 139")]
    [InlineData("mbr(2000000000,2000000000)", null, "room for 256")]
    public void CodesAreReadByName(string text, string? name, string? problem)
    {
        bool read = StorageCodes.TryParse(text, out ErasureCode? code, out string? why);
        read.ShouldBe(name is not null);
        (code?.Name).ShouldBe(name);
        if (problem is not null)
        {
            why!.ShouldContain(problem);
        }
    }

    internal static ErasureCode Code(string name) => StorageCodes.TryParse(name, out ErasureCode? code, out string? problem) ? code : throw new ArgumentException(problem);

    /// <summary>Buffers are the caller's, and tables are made once.</summary>
    [Fact]
    public void EncodingAndDecodingByScalarCodesAllocatesNothing()
    {
        var code = new ReedSolomonCode(10, 4);
        Memory<byte>[] shards = Striping.Encode(code, KernelDigest.Bytes(10 * 1000, 1));
        var plan = (RepairPlan)code.PlanRepair([2, 12], [0, 1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 13]);
        plan.Run(shards);
        long before = GC.GetAllocatedBytesForCurrentThread();
        code.Encode(shards);
        plan.Run(shards);
        GC.GetAllocatedBytesForCurrentThread().ShouldBe(before);
    }
}
