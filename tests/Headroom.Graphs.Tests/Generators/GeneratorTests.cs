using Headroom.Graphs.Generators;
using Headroom.Graphs.Paths;
using Headroom.Kernel.Randomness;

namespace Headroom.Graphs.Tests.Generators;

public sealed class GeneratorTests
{
    [Fact]
    public void SizesAreThoseOfTheirDefinitions()
    {
        RegularGraphs.Line(5).EdgeCount.ShouldBe(2 * 4);
        RegularGraphs.Ring(5).EdgeCount.ShouldBe(2 * 5);
        RegularGraphs.Star(5).EdgeCount.ShouldBe(2 * 4);
        RegularGraphs.Grid(3, 4).EdgeCount.ShouldBe(2 * ((3 * 3) + (2 * 4)));
        RegularGraphs.Tree(15, 2).EdgeCount.ShouldBe(2 * 14);
        RegularGraphs.Complete(7).EdgeCount.ShouldBe(7 * 6);
        BreadthFirst.Eccentricity(RegularGraphs.Tree(15, 2), 0).ShouldBe(3);
    }

    [Theory]
    [InlineData(10, 3)]
    [InlineData(50, 4)]
    [InlineData(6, 5)]
    [InlineData(1000, 8)]
    [InlineData(5, 0)]
    public void EveryNodeOfARandomRegularGraphHasTheDegreeWithoutDoubleLinks(int n, int degree)
    {
        DirectedGraph graph = RandomGraphs.RandomRegular(n, degree, new Seed(11));
        for (int node = 0; node < n; node++)
        {
            graph.OutDegree(node).ShouldBe(degree);
            var heads = new HashSet<int>();
            foreach (int edge in graph.OutEdges(node))
            {
                heads.Add(graph.Heads[edge]).ShouldBeTrue();
            }
        }
    }

    [Fact]
    public void AnOddNumberOfEndsHasNoRegularGraph() =>
        Should.Throw<ArgumentOutOfRangeException>(() => RandomGraphs.RandomRegular(5, 3, new Seed(1)));

    [Fact]
    public void ErdosRenyiLinksAreWithinFiveDeviationsOfTheirMean()
    {
        // 499,500 pairs at p = 0.01: mean 4,995, deviation 70.3; beyond five deviations with probability under 1e-6 (the seed is fixed).
        DirectedGraph graph = RandomGraphs.ErdosRenyi(1000, 0.01, new Seed(5));
        (graph.EdgeCount / 2).ShouldBeInRange(4995 - 352, 4995 + 352);
        var seen = new HashSet<(int, int)>();
        for (int e = 0; e < graph.EdgeCount; e++)
        {
            seen.Add((graph.Tails[e], graph.Heads[e])).ShouldBeTrue();
        }
    }

    [Fact]
    public void EveryPairIsEquallyLikely()
    {
        int[] counts = new int[10];
        const int Trials = 4000;
        for (int trial = 0; trial < Trials; trial++)
        {
            DirectedGraph graph = RandomGraphs.ErdosRenyi(5, 0.3, new Seed(9).At(trial));
            for (int e = 0; e < graph.EdgeCount; e += 2)
            {
                (int a, int b) = (Math.Min(graph.Tails[e], graph.Heads[e]), Math.Max(graph.Tails[e], graph.Heads[e]));
                counts[(b * (b - 1) / 2) + a]++;
            }
        }

        // Mean 1,200 each, deviation 29: five deviations.
        counts.ShouldAllBe(c => Math.Abs(c - 1200) < 145);
    }

    [Fact]
    public void TheEndsOfTheProbabilityScaleAreEmptyAndComplete()
    {
        RandomGraphs.ErdosRenyi(20, 0, new Seed(1)).EdgeCount.ShouldBe(0);
        RandomGraphs.ErdosRenyi(20, 1, new Seed(1)).EdgeCount.ShouldBe(20 * 19);
        RandomGraphs.ErdosRenyi(20, 1e-300, new Seed(1)).EdgeCount.ShouldBe(0);
    }

    [Fact]
    public void ASeedGivesTheSameGraphAndAnotherSeedAnother()
    {
        DirectedGraph one = RandomGraphs.RandomRegular(30, 4, new Seed(1));
        RandomGraphs.RandomRegular(30, 4, new Seed(1)).Heads.SequenceEqual(one.Heads).ShouldBeTrue();
        RandomGraphs.RandomRegular(30, 4, new Seed(2)).Heads.SequenceEqual(one.Heads).ShouldBeFalse();
    }
}
