using Headroom.Coding.Erasure;
using Headroom.Tests;

namespace Headroom.Coding.Tests.Erasure;

/// <summary>
/// Shards that Ceph's plugins wrote: content over the places of data, sub-chunks rounded up to 32 bytes, zeros at the end. Ours are the same byte for byte, and
/// every loss that can be survived is rebuilt from the shards as they were written.
/// </summary>
public sealed class WrittenShardTests
{
    [SharedDataFact("shards/isa-cauchy-k4-m2")]
    public void IsaCauchyFourPlusTwo() => EveryLoss("shards/isa-cauchy-k4-m2", "rs(4,2,isa-cauchy)", 2, 22); // sum of C(6,0..2)

    [SharedDataFact("shards/isa-cauchy-k9-m6")]
    public void IsaCauchyNinePlusSix() => EveryLoss("shards/isa-cauchy-k9-m6", "rs(9,6,isa-cauchy)", 6, 9949); // sum of C(15,0..6)

    [SharedDataFact("shards/isa-vandermonde-k8-m3")]
    public void IsaVandermondeEightPlusThree() => EveryLoss("shards/isa-vandermonde-k8-m3", "rs(8,3,isa-vandermonde)", 3, 232); // sum of C(11,0..3)

    [SharedDataFact("shards/clay-jerasure-k4-m2-d5")]
    public void ClayFourPlusTwo() => EveryLoss("shards/clay-jerasure-k4-m2-d5", "clay(4,2,5)", 2, 22);

    [SharedDataFact("shards/clay-jerasure-k8-m4-d11")]
    public void ClayEightPlusFour() => EveryLoss("shards/clay-jerasure-k8-m4-d11", "clay(8,4,11)", 4, 794); // sum of C(12,0..4)

    /// <summary>Rebuilt: all but 1 of the 56 sets of three and 12 of the 70 sets of four, which are those that leave dependent equations; none of five.</summary>
    [SharedDataFact("shards/lrc-k4-m2-l3")]
    public void CephLrcFourPlusTwoInGroupsOfThree() => EveryLoss("shards/lrc-k4-m2-l3", "lrc(4,2,3,ceph)", 5, 150);

    private static void EveryLoss(string folder, string name, int largest, int patterns)
    {
        ErasureCode code = ErasureCodeTests.Code(name);
        byte[] content = File.ReadAllBytes(Path.Combine(SharedData.PathOf(folder), "content"));
        Memory<byte>[] written = [.. Enumerable.Range(0, code.TotalShards).Select(i => (Memory<byte>)File.ReadAllBytes(Path.Combine(SharedData.PathOf(folder), $"{i}")))];

        Memory<byte>[] ours = Striping.Encode(code, content, alignment: 32);
        for (int i = 0; i < code.TotalShards; i++)
        {
            ours[i].Span.SequenceEqual(written[i].Span).ShouldBeTrue($"shard {i} of {name}");
        }

        ErasureContract.CheckEveryLoss(code, written, largest).Rebuilt.ShouldBe(patterns);
        Striping.Join(code, written, content.Length).ShouldBe(content);
    }
}
