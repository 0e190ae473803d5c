using System.Text;
using Headroom.Evidence.Topologies;
using Headroom.Graphs;
using Headroom.Tests;

namespace Headroom.Evidence.Tests.Topologies;

public sealed class GraphMlReaderTests
{
    private const string Zoo = """
        <?xml version="1.0" encoding="utf-8"?>
        <graphml xmlns="http://graphml.graphdrawing.org/xmlns">
          <key attr.name="label" attr.type="string" for="node" id="d0" />
          <key attr.name="Longitude" attr.type="double" for="node" id="d1" />
          <key attr.name="Latitude" attr.type="double" for="node" id="d2" />
          <key attr.name="LinkSpeedRaw" attr.type="double" for="edge" id="d3" />
          <key attr.name="LinkLabel" attr.type="string" for="edge" id="d4" />
          <graph edgedefault="undirected">
            <node id="0"><data key="d0">Oslo</data><data key="d1">10.75</data><data key="d2">59.91</data></node>
            <node id="1"><data key="d0">Bergen</data><data key="d1">5.32</data><data key="d2">60.39</data></node>
            <node id="2"><data key="d0">Oslo</data><data key="d1">10.8</data><data key="d2">59.9</data></node>
            <edge id="e0" source="0" target="1"><data key="d3">2500000000.0</data></edge>
            <edge id="e1" source="1" target="2"><data key="d4">155 Mbps</data></edge>
            <edge id="e2" source="0" target="2" directed="true"><data key="d4">dark fibre</data></edge>
          </graph>
        </graphml>
        """;

    private const string Drawn = """
        <graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:y="http://www.yworks.com/xml/graphml">
          <key attr.name="label" for="edge" id="d33"/>
          <key for="node" id="d7" yfiles.type="nodegraphics"/>
          <graph edgedefault="directed" id="G">
            <node id="n0"><data key="d7"><y:ShapeNode><y:Geometry x="10.0" y="20.0"/><y:NodeLabel x="1">New
              York</y:NodeLabel></y:ShapeNode></data></node>
            <node id="n1"><data key="d7"><y:ShapeNode><y:Geometry x="30.0" y="40.5"/></y:ShapeNode></data></node>
            <edge id="e0" source="n0" target="n1"><data key="d33"><![CDATA[10 Gbps]]></data><data key="d9"><y:PolyLineEdge><y:Arrows source="none" target="none"/></y:PolyLineEdge></data></edge>
            <edge id="e1" source="n0" target="n1"><data key="d33">1 Gb/s</data><data key="d9"><y:PolyLineEdge><y:Arrows source="standard" target="none"/></y:PolyLineEdge></data></edge>
            <edge id="e2" source="n1" target="n0"><data key="d33">622 Mbit/s</data></edge>
          </graph>
        </graphml>
        """;

    [Fact]
    public void TheZoosAttributesGiveNamesPlacesAndSpeeds()
    {
        GraphMlTopology topology = GraphMlReader.Read(Zoo, 1e10);
        DirectedGraph graph = topology.Graph;
        graph.Names.ShouldBe(["Oslo", "Bergen", "Oslo (2)"]);
        graph.Coordinates![1].ShouldBe(new Coordinate(5.32, 60.39));
        graph.CapacitiesBps.ToArray().ShouldBe([2.5e9, 2.5e9, 155e6, 155e6, 1e10]);
        graph.Describe(4).ShouldBe("Oslo → Oslo (2)");
        topology.EdgesWithoutCapacity.ShouldBe(1);
    }

    [Fact]
    public void DrawnLinesGoBothWaysUnlessTheyHaveAHead()
    {
        DirectedGraph graph = GraphMlReader.Read(Drawn, null).Graph;
        graph.Names.ShouldBe(["New York", "n1"]);
        graph.Coordinates![1].ShouldBe(new Coordinate(30, -40.5));
        Enumerable.Range(0, graph.EdgeCount).Select(graph.Describe).ShouldBe(["New York → n1", "n1 → New York", "n1 → New York", "n1 → New York"]);
        graph.CapacitiesBps.ToArray().ShouldBe([1e10, 1e10, 1e9, 622e6]);
    }

    [Fact]
    public void AMissingSpeedNeedsADefault()
    {
        MalformedException problem = Should.Throw<MalformedException>(() => GraphMlReader.Read(Zoo, null));
        problem.Problem.ShouldContain("Oslo – Oslo (2) states no speed");
        problem.Line.ShouldBe(14);
    }

    [Theory]
    [InlineData("edgedefault=\"undirected\"", "", 8, "needs edgedefault")]
    [InlineData("\"undirected\"", "\"sideways\"", 8, "directed or undirected")]
    [InlineData("node id=\"1\"", "node id=\"0\"", 10, "comes twice")]
    [InlineData("node id=\"1\"", "node", 10, "<node> needs id")]
    [InlineData("source=\"1\" target=\"2\"", "source=\"1\" target=\"22\"", 13, "no node '22' (did you mean")]
    [InlineData("source=\"1\" target=\"2\"", "source=\"1\"", 13, "<edge> needs target")]
    [InlineData("source=\"1\" target=\"2\"", "source=\"1\" target=\"1\"", 13, "to itself")]
    [InlineData("id=\"e1\"", "id=\"e0\"", 13, "edge 'e0' comes twice")]
    [InlineData("2500000000.0", "-5", 12, "between 0 and 1e18")]
    [InlineData("2500000000.0", "fast", 12, "LinkSpeedRaw is a number")]
    [InlineData("10.75", "east", 9, "Longitude is a number")]
    [InlineData("<graph ", "<net ", 16, "not well-formed")]
    [InlineData("</graph>", "</graph><graph edgedefault=\"directed\"/>", 15, "one <graph> is expected; found 2")]
    public void AWrongFileIsToldWithItsPlace(string right, string wrong, int line, string expected)
    {
        int at = Zoo.IndexOf(right, StringComparison.Ordinal);
        string text = string.Concat(Zoo.AsSpan(0, at), wrong, Zoo.AsSpan(at + right.Length));
        MalformedException problem = Should.Throw<MalformedException>(() => GraphMlReader.Read(text, 1e10));
        problem.Problem.ShouldContain(expected);
        problem.Column.ShouldBeGreaterThan(0);
        if (wrong != "<net ")
        {
            problem.Line.ShouldBe(line);
        }
    }

    [Fact]
    public void EntitiesAreNeverExpanded()
    {
        const string Bomb = """
            <!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>
            <graphml><graph edgedefault="directed"><node id="&c;"/></graph></graphml>
            """;
        MalformedException problem = Should.Throw<MalformedException>(() => GraphMlReader.Read(Bomb, 1));
        problem.Problem.ShouldContain("document type is not read");
        problem.Line.ShouldBe(1);
    }

    [Fact]
    public void AMillionNestedElementsDoNotExhaustTheStack()
    {
        var text = new StringBuilder("<graphml><graph edgedefault=\"directed\"><node id=\"a\"><data key=\"k\">");
        text.Insert(text.Length, "<x>", 1_000_000);
        Should.Throw<MalformedException>(() => GraphMlReader.Read(text.ToString(), 1)).Problem.ShouldContain("64 deep");
    }

    [Theory]
    [InlineData("")]
    [InlineData("NODES 3")]
    [InlineData("\0\0\0\0")]
    [InlineData("<html></html>")]
    public void WhatIsNoGraphMlIsRefused(string text) => Should.Throw<MalformedException>(() => GraphMlReader.Read(text, 1)).Line.ShouldBe(1);

    [Fact]
    public void EveryTruncationIsRefused()
    {
        for (int length = 0; length < Drawn.Length - 1; length += 3)
        {
            Should.Throw<MalformedException>(() => GraphMlReader.Read(Drawn[..length], 1));
        }
    }

    [Fact]
    public void ThousandsOfMutationsAreReadOrRefusedNothingElse()
    {
        int read = 0;
        for (int i = 0; i < 5000; i++)
        {
            try
            {
                DirectedGraph graph = GraphMlReader.Read(Mutation.Of(i % 2 == 0 ? Zoo : Drawn, i), i % 3 == 0 ? null : 1e9).Graph;
                graph.CapacitiesBps.ToArray().ShouldAllBe(c => c >= 0 && c < 1e18);
                read++;
            }
            catch (MalformedException)
            {
                // Refused with its place: what is wanted.
            }
        }

        read.ShouldBeInRange(200, 4800);
    }

    [SharedDataTheory("topologies")]
    [InlineData("Abilene", 11, 28, "Sunnyvale")]
    [InlineData("Geant2012", 40, 124, "DE")]
    [InlineData("Kdl", 754, 1798, null)]
    public void TheZoosFilesAreRead(string name, int nodes, int edges, string? aName)
    {
        DirectedGraph graph = GraphMlReader.Read(File.ReadAllText(SharedData.PathOf($"topologies/{name}.graphml")), 1e10).Graph;
        (graph.NodeCount, graph.EdgeCount).ShouldBe((nodes, edges));
        graph.Coordinates.ShouldNotBeNull();
        Graphs.Paths.Connectivity.IsStronglyConnected(graph).ShouldBeTrue();
        if (aName is not null)
        {
            graph.FindNode(aName).ShouldBeGreaterThanOrEqualTo(0);
        }
    }
}
