using Headroom.Coding.Erasure;
using Headroom.Coding.Erasure.Errors;
using Headroom.Coding.Fields;
using Headroom.Coding.Tests.Fields;
using Headroom.Kernel.Randomness;

namespace Headroom.Coding.Tests.Erasure.Errors;

public sealed class ErrorCorrectionTests
{
    public static TheoryData<string> Codes =>
        new("rs(4,2)", "rs(6,5)", "rs(10,4)", "rs(3,8,vandermonde)", "rs(9,6,vandermonde)", "rs(8,2,isa-vandermonde)", "rs(2,5,isa-vandermonde)", "rs(5,1)", "replication(5)", "rs(252,4)", "rs(240,16,vandermonde)");

    /// <summary>At every offset as many errors as can be corrected, at shards and of values drawn anew, besides missing shards: all is as before.</summary>
    [Theory]
    [MemberData(nameof(Codes))]
    public void HalfOfTheRedundancyIsCorrectedAtEveryOffset(string name)
    {
        ErrorCorrection correction = Correction(name);
        ErasureCode code = correction.Code;
        int length = code.TotalShards > 100 ? 40 : 300;
        RandomStream random = new Seed(11).Named(name).Stream();
        Memory<byte>[] encoded = Striping.Encode(code, KernelDigest.Bytes(length * code.DataShards, 4));
        for (int missing = 0; missing <= code.ParityShards; missing++)
        {
            int[] order = [.. Enumerable.Range(0, code.TotalShards)];
            random.Shuffle<int>(order);
            Memory<byte>[] shards = [.. encoded.Select((shard, i) => order.AsSpan(0, missing).Contains(i) ? KernelDigest.Bytes(length, 9) : shard.ToArray())];
            int[] present = order[missing..];
            var wrong = new SortedSet<int>();
            long bytes = 0;
            for (int at = 0; at < length; at++)
            {
                random.Shuffle<int>(present);
                foreach (int shard in present[..random.Below(correction.ErrorsCorrected(missing) + 1)])
                {
                    shards[shard].Span[at] ^= (byte)(1 + random.Below(255));
                    wrong.Add(shard);
                    bytes++;
                }
            }

            var corrected = correction.Correct(shards, order[..missing]).ShouldBeOfType<Corrected>();
            corrected.WrongShards.ShouldBe(wrong);
            corrected.WrongBytes.ShouldBe(bytes);
            ShouldEqual(shards, encoded);
        }
    }

    /// <summary>Shards bad from end to end, others bad after a while, and single columns between: what the suspects explain and what they do not.</summary>
    [Fact]
    public void WholeBadShardsChangeOverAndMixWithSingleColumns()
    {
        ErrorCorrection correction = Correction("rs(6,4)");
        const int length = 20_000;
        Memory<byte>[] encoded = Striping.Encode(correction.Code, KernelDigest.Bytes(length * 6, 4));
        Memory<byte>[] shards = [.. encoded.Select(shard => (Memory<byte>)shard.ToArray())];
        byte[] noise = [.. KernelDigest.Bytes(length, 8).Select(x => (byte)(x | 1))];
        for (int at = 0; at < length; at++)
        {
            (int first, int second) = at < 9000 ? (3, 8) : at < 9100 ? (at % 10, (at + 3) % 10) : (0, 1);
            shards[first].Span[at] ^= noise[at];
            shards[second].Span[at] ^= (byte)(noise[at] ^ 0x80);
        }

        var corrected = correction.Correct(shards).ShouldBeOfType<Corrected>();
        corrected.WrongBytes.ShouldBe(2 * length);
        corrected.WrongShards.ShouldBe([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
        ShouldEqual(shards, encoded);
    }

    /// <summary>Against the dumb way, the distance to each of 65,536 codewords: corrected when and as one lies near enough, refused when none does.</summary>
    [Theory]
    [InlineData("rs(2,2)")]
    [InlineData("rs(2,3)")]
    [InlineData("rs(2,4,vandermonde)")]
    [InlineData("rs(2,5,isa-vandermonde)")]
    public void TheNearestCodewordIsFoundExactlyWhenItIsNear(string name)
    {
        ErrorCorrection correction = Correction(name);
        int n = correction.Code.TotalShards;
        Memory<byte>[] all = [.. Enumerable.Range(0, n).Select(_ => (Memory<byte>)new byte[65536])];
        for (int i = 0; i < 65536; i++)
        {
            (all[0].Span[i], all[1].Span[i]) = ((byte)i, (byte)(i >> 8));
        }

        correction.Code.Encode(all);
        RandomStream random = new Seed(5).Named(name).Stream();
        (int near, int far) = (0, 0);
        for (int trial = 0; trial < 60; trial++)
        {
            int word = random.Below(65536);
            byte[] received = [.. all.Select(shard => shard.Span[word])];
            for (int e = random.Below(n); e > 0; e--)
            {
                received[random.Below(n)] ^= (byte)random.Below(256);
            }

            int nearest = Enumerable.Range(0, 65536).MinBy(i => Distance(all, i, received));
            Memory<byte>[] shards = [.. received.Select(x => (Memory<byte>)new byte[] { x })];
            CorrectionOutcome outcome = correction.Correct(shards);
            bool isNear = Distance(all, nearest, received) <= correction.ErrorsCorrected(0);
            (near, far) = isNear ? (near + 1, far) : (near, far + 1);
            (outcome is Corrected).ShouldBe(isNear);
            shards.Select(shard => shard.Span[0]).ShouldBe(isNear ? all.Select(shard => shard.Span[nearest]) : received);
        }

        Math.Min(near, far).ShouldBeGreaterThan(5);
    }

    [Fact]
    public void WhatCannotBeCorrectedIsSaidAndNothingIsChanged()
    {
        ErrorCorrection correction = Correction("rs(10,4)");
        Memory<byte>[] shards = Striping.Encode(correction.Code, KernelDigest.Bytes(50_000, 4));
        shards[1].Span[0] ^= 1;
        for (int shard = 0; shard < 3; shard++)
        {
            shards[shard].Span[4711] ^= 77;
        }

        byte[][] before = [.. shards.Select(shard => shard.ToArray())];
        var cannot = correction.Correct(shards).ShouldBeOfType<Uncorrectable>();
        cannot.Offset.ShouldBe(4711);
        cannot.ToString().ShouldBe("rs(10,4): more than 2 of the 14 shards are wrong at byte 4711");
        shards.Select(shard => shard.ToArray()).ShouldBe(before);
        correction.Correct(shards, 0, 1, 2, 3, 4).ShouldBeOfType<Uncorrectable>().Reason.ShouldContain("cannot rebuild shards 0, 1, 2, 3, 4");
        correction.ErrorsCorrected(5).ShouldBe(-1);
        Should.Throw<ArgumentException>(() => correction.Correct(shards, 14)).Message.ShouldContain("not 14");
    }

    /// <summary>Which codes are generalized Reed-Solomon: with points and dual multipliers every codeword has only zero syndromes, whichever shards are kept.</summary>
    [Fact]
    public void PointsAndMultipliersAreFoundForCauchyAndVandermonde()
    {
        foreach (ReedSolomonMatrix matrix in Enum.GetValues<ReedSolomonMatrix>())
        {
            for (int k = 1; k <= 9; k++)
            {
                for (int m = 0; m <= 6; m++)
                {
                    if (ReedSolomonCode.Refusal(k, m, matrix) is not null)
                    {
                        continue;
                    }

                    var code = new ReedSolomonCode(k, m, matrix);
                    bool found = GeneralizedReedSolomon.TryOf(code.Generator, out GeneralizedReedSolomon? structure);
                    found.ShouldBe(matrix != ReedSolomonMatrix.IsaVandermonde || m <= 2 || k <= 2, code.Name);
                    if (found)
                    {
                        CheckSyndromes(code, structure!);
                    }
                }
            }
        }
    }

    [Theory]
    [InlineData("lrc(4,2,2)")]
    [InlineData("clay(4,2,5)")]
    [InlineData("rs(5,3,isa-vandermonde)")]
    public void CodesWithoutThatStructureAreRefused(string name)
    {
        ErrorCorrection.TryOf(ErasureCodeTests.Code(name), out ErrorCorrection? correction, out string? problem).ShouldBeFalse();
        correction.ShouldBeNull();
        problem.ShouldNotBeNull().ShouldStartWith($"{name} is not a generalized Reed-Solomon code");
    }

    private static void CheckSyndromes(ReedSolomonCode code, GeneralizedReedSolomon structure)
    {
        Memory<byte>[] word = Striping.Encode(code, KernelDigest.Bytes(code.DataShards, 3));
        structure.Points.Distinct().Count().ShouldBe(code.TotalShards);
        for (int missing = 0; missing <= code.ParityShards; missing++)
        {
            int[] kept = [.. Enumerable.Range(missing / 2, code.TotalShards - missing)];
            IReadOnlyList<byte> dual = structure.DualMultipliers(kept);
            byte[] terms = [.. kept.Select((s, i) => GaloisField256.Multiply(dual[i], word[s].Span[0]))];
            for (int i = 0; i < kept.Length - code.DataShards; i++)
            {
                terms.Aggregate(0, (sum, term) => sum ^ term).ShouldBe(0, $"{code.Name} without {missing}: syndrome {i}");
                terms = [.. terms.Select((term, s) => GaloisField256.Multiply(term, structure.Points[kept[s]]))];
            }
        }
    }

    private static int Distance(Memory<byte>[] all, int word, byte[] received)
    {
        int distance = 0;
        for (int i = 0; i < received.Length; i++)
        {
            distance += all[i].Span[word] == received[i] ? 0 : 1;
        }

        return distance;
    }

    private static ErrorCorrection Correction(string name) =>
        ErrorCorrection.TryOf(ErasureCodeTests.Code(name), out ErrorCorrection? correction, out string? problem) ? correction : throw new ArgumentException(problem);

    private static void ShouldEqual(Memory<byte>[] shards, Memory<byte>[] expected)
    {
        for (int i = 0; i < shards.Length; i++)
        {
            shards[i].Span.SequenceEqual(expected[i].Span).ShouldBeTrue($"shard {i}");
        }
    }
}
