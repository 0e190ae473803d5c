using Headroom.Kernel.Randomness;
using Headroom.Lab.Maelstrom.Networks;

namespace Headroom.Lab.Tests.Maelstrom.Networks;

public sealed class PartitionTests
{
    [Theory]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(25)]
    public void OnARingEveryNodeHearsAMajorityAndNoTwoHearTheSame(int nodes)
    {
        Partition ring = Partition.Ring([.. Enumerable.Range(0, nodes).Reverse()]);
        var heard = new HashSet<string>();
        for (int to = 0; to < nodes; to++)
        {
            int[] from = [.. Enumerable.Range(0, nodes).Where(other => !ring.Drops(other, to))];
            from.ShouldContain(to);
            from.Length.ShouldBe((nodes / 2) + 1);
            heard.Add(string.Join(',', from)).ShouldBeTrue();
        }
    }

    [Fact]
    public void ASplitCutsBothWaysAndOnlyBetweenTheParts()
    {
        Partition split = Partition.Split([3, 1, 0, 2], 2, "halves");
        split.Drops(3, 0).ShouldBeTrue();
        split.Drops(0, 3).ShouldBeTrue();
        split.Drops(3, 1).ShouldBeFalse();
        split.Drops(0, 2).ShouldBeFalse();
    }

    [Fact]
    public void AllFourKindsAreDrawn()
    {
        RandomStream random = new Seed(1).Named("partitions").Stream();
        var kinds = new SortedSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < 60; i++)
        {
            kinds.Add(Partition.Draw(7, ref random).Description);
        }

        kinds.Count.ShouldBe(4);
    }
}
