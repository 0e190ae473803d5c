using Headroom.Evidence.Topologies;
using Headroom.Graphs;
using Headroom.Tests;

namespace Headroom.Evidence.Tests.Topologies;

public sealed class RepetitaReaderTests
{
    internal const string Graph = """
        NODES 3
        label x y
        Oslo 10.75 59.91
        Bergen 5.32 60.39
        Trondheim 10.4 63.43

        EDGES 4
        label src dest weight bw delay
        edge_0 0 1 305 10000000 1525
        edge_1 1 0 305 10000000 1525
        edge_2 0 2 391 2500000 1955.5
        edge_3 2 0 391 2500000 1955.5
        """;

    internal const string Demands = """
        DEMANDS 2
        label src dest bw
        demand_0 0 2 2000000
        demand_1 Bergen Oslo 500000.5
        """;

    [Fact]
    public void AGraphIsReadWithItsUnits()
    {
        DirectedGraph graph = RepetitaReader.ReadGraph(Graph);
        graph.Names.ShouldBe(["Oslo", "Bergen", "Trondheim"]);
        graph.Coordinates![2].ShouldBe(new Coordinate(10.4, 63.43));
        graph.CapacitiesBps.ToArray().ShouldBe([1e10, 1e10, 2.5e9, 2.5e9]);
        graph.LatenciesSeconds.ToArray().ShouldBe([0.001525, 0.001525, 0.0019555, 0.0019555]);
        graph.Weights.ToArray().ShouldBe([305, 305, 391, 391]);
        graph.Describe(3).ShouldBe("Trondheim → Oslo");
    }

    [Fact]
    public void DemandsNameNodesByIndexOrLabel()
    {
        IReadOnlyList<DemandRecord> demands = RepetitaReader.ReadDemands(Demands, RepetitaReader.ReadGraph(Graph));
        demands.ShouldBe([new DemandRecord("demand_0", 0, 2, 2e9, 3), new DemandRecord("demand_1", 1, 0, 500000500, 4)]);
    }

    [Fact]
    public void WindowsLineEndsAndTabsAreBlanksToo() =>
        RepetitaReader.ReadGraph(Graph.Replace("\n", "\r\n", StringComparison.Ordinal).Replace(' ', '\t')).EdgeCount.ShouldBe(4);

    [Theory]
    [InlineData("NODES 3", "NODES 4", 7, 1, "whole")]
    [InlineData("NODES 3", "NODES 2", 5, 1, "EDGES n")]
    [InlineData("NODES 3", "NODES 99999999999", 1, 7, "whole number from 0 to 100000")]
    [InlineData("NODES 3", "NODES -3", 1, 7, "whole number")]
    [InlineData("NODES 3", "KNOTEN 3", 1, 1, "NODES n")]
    [InlineData("label x y", "label x z", 2, 9, "'label x y' is expected")]
    [InlineData("Bergen 5.32", "Oslo 5.32", 4, 1, "comes twice")]
    [InlineData("5.32 60.39", "5.32", 4, 12, "ends early")]
    [InlineData("5.32", "east", 4, 8, "a number")]
    [InlineData("EDGES 4", "EDGES 5000000", 13, 1, "the file ends")]
    [InlineData("EDGES 4", "EDGES 2147483648", 7, 7, "whole number")]
    [InlineData("EDGES 4", "EDGES 3", 12, 1, "end of the file")]
    [InlineData("edge_1 1 0", "edge_1 1 3", 10, 10, "no node 3: they are 0 to 2")]
    [InlineData("edge_1 1 0", "edge_1 1 -1", 10, 10, "whole number")]
    [InlineData("edge_1 1 0", "edge_1 1 1", 10, 10, "to itself")]
    [InlineData("edge_1 1 0", "edge_0 1 0", 10, 1, "edge edge_0 comes twice")]
    [InlineData("2500000 1955.5", "-2500000 1955.5", 11, 16, "cannot be negative")]
    [InlineData("2500000 1955.5", "1e999 1955.5", 11, 16, "a number")]
    [InlineData("2500000 1955.5", "NaN 1955.5", 11, 16, "a number")]
    [InlineData("2500000 1955.5", "1e300 1955.5", 11, 16, "at most")]
    [InlineData("2500000 1955.5", "2500000 1955.5 7", 11, 31, "too much")]
    public void AWrongGraphIsToldWithItsPlace(string right, string wrong, int line, int column, string expected)
    {
        int at = Graph.IndexOf(right, StringComparison.Ordinal);
        string text = string.Concat(Graph.AsSpan(0, at), wrong, Graph.AsSpan(at + right.Length));
        MalformedException problem = Should.Throw<MalformedException>(() => RepetitaReader.ReadGraph(text));
        problem.Problem.ShouldContain(wrong == "NODES 4" ? "ends early" : expected);
        problem.Line.ShouldBe(line);
        problem.Column.ShouldBe(wrong == "NODES 4" ? 8 : column);
    }

    [Theory]
    [InlineData("0 2 2000000", "0 7 2000000", 3, 12, "no node 7")]
    [InlineData("0 2 2000000", "0 0 2000000", 3, 12, "to itself")]
    [InlineData("0 2 2000000", "0 2 -1", 3, 14, "negative")]
    [InlineData("Bergen Oslo", "Bergn Oslo", 4, 10, "did you mean Bergen?")]
    [InlineData("demand_1", "demand_0", 4, 1, "comes twice")]
    public void AWrongDemandIsToldWithItsPlace(string right, string wrong, int line, int column, string expected)
    {
        DirectedGraph graph = RepetitaReader.ReadGraph(Graph);
        MalformedException problem = Should.Throw<MalformedException>(() => RepetitaReader.ReadDemands(Demands.Replace(right, wrong, StringComparison.Ordinal), graph));
        problem.Problem.ShouldContain(expected);
        (problem.Line, problem.Column).ShouldBe((line, column));
    }

    [Fact]
    public void EveryTruncationIsAnErrorAtItsEnd()
    {
        // The last line may lose digits and still be a line.
        for (int length = 0; length < Graph.Length - 6; length++)
        {
            Should.Throw<MalformedException>(() => RepetitaReader.ReadGraph(Graph[..length])).Line.ShouldBeInRange(1, 13);
        }
    }

    [Fact]
    public void ThousandsOfMutationsAreReadOrRefusedNothingElse()
    {
        DirectedGraph graph = RepetitaReader.ReadGraph(Graph);
        int read = 0;
        for (int i = 0; i < 6000; i++)
        {
            string text = Mutation.Of(i % 2 == 0 ? Graph : Demands, i);
            try
            {
                if (i % 2 == 0)
                {
                    RepetitaReader.ReadGraph(text).NodeCount.ShouldBeLessThanOrEqualTo(100_000);
                }
                else
                {
                    RepetitaReader.ReadDemands(text, graph).ShouldAllBe(d => d.Source != d.Target && d.RateBps >= 0);
                }

                read++;
            }
            catch (MalformedException)
            {
                // Refused with its place: what is wanted.
            }
        }

        read.ShouldBeInRange(60, 5900);
    }

    [SharedDataTheory("te")]
    [InlineData("unary/Abilene", 11, 28, 110)]
    [InlineData("unary/Geant2012", 40, 122, 1560)]
    [InlineData("unary/UsCarrier", 158, 378, 24806)]
    [InlineData("inverseCapacity/Geant2012", 40, 122, 1560)]
    public void TheCollectionsFilesAreRead(string name, int nodes, int edges, int demands)
    {
        DirectedGraph graph = RepetitaReader.ReadGraph(File.ReadAllText(SharedData.PathOf($"te/{name}.graph")));
        (graph.NodeCount, graph.EdgeCount).ShouldBe((nodes, edges));
        RepetitaReader.ReadDemands(File.ReadAllText(SharedData.PathOf($"te/{name}.0000.demands")), graph).Count.ShouldBe(demands);
    }
}
