using Headroom.Dissemination.Models;
using Headroom.Lab.Maelstrom.Networks;

namespace Headroom.Lab.Tests.Maelstrom.Networks;

/// <summary>The shapes that Maelstrom offers, by their published counts and depths.</summary>
public sealed class OfferedTopologyTests
{
    [Theory]
    [InlineData("grid", 40, 56, 4, 8)] // Maelstrom, chapter 3: 4 hops from the centre, 8 from a corner
    [InlineData("line", 24, 24, 12, 24)]
    [InlineData("tree4", 24, 24, 3, 5)] // «just 5 hops»: a leaf of the third level to one of the second branch
    [InlineData("total", 300, 576, 1, 1)]
    public void TwentyFiveNodesHaveThePublishedLinksFloodsAndDepths(string name, int links, int flood, int radius, int diameter)
    {
        OfferedTopology topology = OfferedTopology.Of(name, 25);
        int ends = Enumerable.Range(0, 25).Sum(node => topology.Neighbours(node).Length);
        ends.ShouldBe(2 * links);
        FloodCounts.OnGraph(25, links).ShouldBe(flood);
        topology.Eccentricities().Min().ShouldBe(radius);
        topology.Eccentricities().Max().ShouldBe(diameter);
    }

    [Fact]
    public void EveryShapeIsSymmetricAndConnectedForAnyNumberOfNodes()
    {
        foreach (string name in OfferedTopology.Names)
        {
            for (int nodes = 1; nodes <= 30; nodes++)
            {
                OfferedTopology topology = OfferedTopology.Of(name, nodes);
                for (int node = 0; node < nodes; node++)
                {
                    foreach (int neighbour in topology.Neighbours(node))
                    {
                        neighbour.ShouldNotBe(node);
                        topology.Neighbours(neighbour).ToArray().ShouldContain(node, $"{name} of {nodes}");
                    }
                }

                topology.Eccentricities().Length.ShouldBe(nodes); // throws where a node cannot be reached
            }
        }
    }

    [Fact]
    public void AGridThatIsNotSquareHasAShortLastRow()
    {
        // Five nodes in rows of three, as in Maelstrom's first examples: n0 n1 n2 / n3 n4.
        OfferedTopology topology = OfferedTopology.Of("grid", 5);
        topology.Neighbours(1).ToArray().ShouldBe([0, 2, 4]);
        topology.Neighbours(2).ToArray().ShouldBe([1]);
        topology.Neighbours(4).ToArray().ShouldBe([1, 3]);
    }
}
