using Headroom.Coding.Erasure;
using Headroom.Coding.Fields;
using Headroom.Coding.Tests.Fields;

namespace Headroom.Coding.Tests.Erasure;

public sealed class ReedSolomonCodeTests
{
    /// <summary>Every k up to n = 18 and every m: all C(n,m) sets of columns of the parity-check matrix, by elimination. Both families also have a proof.</summary>
    [Theory]
    [InlineData(ReedSolomonMatrix.Vandermonde)]
    [InlineData(ReedSolomonMatrix.Cauchy)]
    public void AnyKShardsDecodeUpToEighteenShards(ReedSolomonMatrix matrix)
    {
        for (int n = 2; n <= 18; n++)
        {
            for (int k = 1; k < n; k++)
            {
                Columns(ParityMatrices.Of(matrix, k, n - k), out byte[][] columns);
                IndependentSets.FirstDependent(columns, n - k).ShouldBeNull($"{matrix} {k} of {n}");
            }
        }
    }

    /// <summary>Sizes at the edge of the field: no entry is zero and no minor of two; for larger minors there is the proof alone.</summary>
    [Theory]
    [InlineData(ReedSolomonMatrix.Vandermonde, 252, 4)]
    [InlineData(ReedSolomonMatrix.Vandermonde, 4, 252)]
    [InlineData(ReedSolomonMatrix.Cauchy, 252, 4)]
    public void TheLargestSizesHaveNoSingularMinorOfTwo(ReedSolomonMatrix matrix, int k, int m)
    {
        Columns(ParityMatrices.Of(matrix, k, m), out byte[][] columns);
        IndependentSets.FirstDependent(columns, 2).ShouldBeNull();
    }

    /// <summary>Which sizes of ISA-L's Vandermonde matrix have the full distance: k = 5 up to n = 10, 9 up to 13, 10 up to 14, and 8+4, 16+4, 20+4.</summary>
    [Theory]
    [InlineData(5, 10)]
    [InlineData(9, 13)]
    [InlineData(10, 14)]
    public void IsaVandermondeIsTakenUpToTheSizeThatHolds(int k, int largest)
    {
        for (int n = k; n <= largest; n++)
        {
            ReedSolomonCode.Refusal(k, n - k, ReedSolomonMatrix.IsaVandermonde).ShouldBeNull();
        }

        ReedSolomonCode.Refusal(k, largest + 1 - k, ReedSolomonMatrix.IsaVandermonde).ShouldNotBeNull().ShouldContain($"rs({k},{largest + 1 - k}) does");
    }

    [Fact]
    public void IsaVandermondeOfFourParitiesHoldsForEightSixteenAndTwenty()
    {
        int[] sizes = [8, 16, 20];
        sizes.ShouldAllBe(k => ReedSolomonCode.Refusal(k, 4, ReedSolomonMatrix.IsaVandermonde) == null);
    }

    /// <summary>Nine of eighteen: the matrix of ISA-L does not survive {0,1,2,5,7,9,10,14,16}, and whatever set a refusal names it does not survive either.</summary>
    [Fact]
    public void ARefusalNamesLossesThatTheMatrixDoesNotSurvive()
    {
        Matrix256 parity = ParityMatrices.IsaVandermonde(9, 9);
        RankWithout(parity, [0, 1, 2, 5, 7, 9, 10, 14, 16]).ShouldBe(8);
        RankWithout(ParityMatrices.Cauchy(9, 9), [0, 1, 2, 5, 7, 9, 10, 14, 16]).ShouldBe(9);
        string why = Should.Throw<ArgumentException>(() => new ReedSolomonCode(9, 9, ReedSolomonMatrix.IsaVandermonde)).Message;
        int[] named = [.. why.Split("not that of ")[1].Split(';')[0].Split(", ").Select(int.Parse)];
        RankWithout(parity, named).ShouldBeLessThan(9);
    }

    [Theory]
    [InlineData("rs(9,9,isa-vandermonde)", "not that of ")]
    [InlineData("rs(120,20,isa-vandermonde)", "too large to check; rs(120,20) survives them")]
    [InlineData("rs(200,57,vandermonde)", "room for 256")]
    [InlineData("rs(10,4,cauchi)", "is written rs(data shards, parity shards) or rs(data shards, parity shards, isa-cauchy) or")]
    public void WhatIsNotACodeIsRefusedWithTheReason(string text, string why)
    {
        StorageCodes.TryParse(text, out ErasureCode? code, out string? problem).ShouldBeFalse();
        code.ShouldBeNull();
        problem.ShouldNotBeNull().ShouldContain(why);
    }

    [Theory]
    [InlineData("rs(4,2,vandermonde)", "rs(4,2,vandermonde)")]
    [InlineData("rs(4, 2, isa-cauchy)", "rs(4,2)")]
    [InlineData("rs(5,3,isa-vandermonde)", "rs(5,3,isa-vandermonde)")]
    [InlineData("rs(3,0,vandermonde)", "rs(3,0,vandermonde)")]
    [InlineData("rs(1,4,vandermonde)", "rs(1,4,vandermonde)")]
    public void EveryMatrixDecodesAfterEveryLoss(string text, string name)
    {
        ErasureCode code = ErasureCodeTests.Code(text);
        code.Name.ShouldBe(name);
        Memory<byte>[] encoded = Striping.Encode(code, KernelDigest.Bytes((37 * code.DataShards) - 1, 5));
        (int rebuilt, _) = ErasureContract.CheckEveryLoss(code, encoded, code.TotalShards);
        rebuilt.ShouldBe((int)Enumerable.Range(0, code.ParityShards + 1).Sum(losses => Subsets.Count(code.TotalShards, losses)));
    }

    /// <summary>Jerasure's matrix for four and two, and RAID-6's shape for ISA-L's: ones, then powers of two.</summary>
    [Fact]
    public void FirstRowsAreOnes()
    {
        for (int m = 1; m < 6; m++)
        {
            Matrix256 parity = ParityMatrices.Vandermonde(7, m);
            Enumerable.Range(0, 7).ShouldAllBe(j => parity[0, j] == 1);
            Enumerable.Range(0, m).ShouldAllBe(i => parity[i, 0] == 1);
        }

        ParityMatrices.IsaVandermonde(9, 2).Row(1).ToArray().ShouldBe([1, 2, 4, 8, 16, 32, 64, 128, 0x1D]);
    }

    private static int RankWithout(Matrix256 parity, int[] lost)
    {
        int k = parity.Columns;
        var generator = new Matrix256(k + parity.Rows, k, (i, j) => i < k ? (i == j ? (byte)1 : (byte)0) : parity[i - k, j]);
        return generator.Select([.. Enumerable.Range(0, generator.Rows).Except(lost)]).Rank();
    }

    private static void Columns(Matrix256 parity, out byte[][] columns)
    {
        (int k, int m) = (parity.Columns, parity.Rows);
        columns = [.. Enumerable.Range(0, k + m).Select(shard =>
            Enumerable.Range(0, m).Select(i => shard < k ? parity[i, shard] : shard - k == i ? (byte)1 : (byte)0).ToArray())];
    }
}
