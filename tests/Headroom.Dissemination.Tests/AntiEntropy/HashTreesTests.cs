using Headroom.Dissemination.AntiEntropy;
using Headroom.Kernel.Randomness;

namespace Headroom.Dissemination.Tests.AntiEntropy;

public class HashTreesTests
{
    [Theory]
    [InlineData(1, 0)]
    [InlineData(8, 0)]
    [InlineData(9, 1)]
    [InlineData(128, 1)]
    [InlineData(129, 2)]
    [InlineData(2048, 2)]
    public void LeavesHoldEightOnAverage(int capacity, int depth) => new HashTrees(1, capacity).Depth.ShouldBe(depth);

    [Fact]
    public void ATreeDependsOnItsSetAlone()
    {
        RandomStream random = new Seed(3).Stream();
        var trees = new HashTrees(2, 1000);
        var numbers = new long[600];
        foreach (ref long number in numbers.AsSpan())
        {
            number = (long)random.Below(ulong.MaxValue);
            trees.Add(0, number);
        }

        random.Shuffle<long>(numbers);
        foreach (long number in numbers)
        {
            trees.Add(1, ~number);
            trees.Add(1, number);
        }

        trees.Hash(1, 0, 0).ShouldNotBe(trees.Hash(0, 0, 0));
        foreach (long number in numbers)
        {
            trees.Remove(1, ~number);
        }

        for (int level = 0; level <= trees.Depth; level++)
        {
            int counted = 0;
            for (int prefix = 0; trees.Holds(level, prefix); prefix++)
            {
                trees.Hash(1, level, prefix).ShouldBe(trees.Hash(0, level, prefix));
                counted += trees.Count(0, level, prefix);
                trees.Count(1, level, prefix).ShouldBe(numbers.Count(number => HashTrees.Prefix(number, level) == prefix));
            }

            counted.ShouldBe(600);
        }

        trees.Holds(trees.Depth + 1, 0).ShouldBeFalse();
        trees.Holds(1, -1).ShouldBeFalse();
        trees.Clear(0);
        trees.Hash(0, 0, 0).ShouldBe(0UL);
    }

    [Fact]
    public void AChildLiesBelowItsParent()
    {
        RandomStream random = new Seed(4).Stream();
        for (int i = 0; i < 1000; i++)
        {
            long number = (long)random.Below(ulong.MaxValue);
            (HashTrees.Prefix(number, 3) / HashTrees.Fanout).ShouldBe(HashTrees.Prefix(number, 2));
        }
    }
}
