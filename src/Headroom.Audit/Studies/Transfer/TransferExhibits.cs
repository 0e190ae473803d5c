using Headroom.Audit.Report;
using Headroom.Flow.Routing;
using Headroom.Graphs;
using Headroom.Graphs.Paths;
using Headroom.Kernel.Quantities;

namespace Headroom.Audit.Studies.Transfer;

/// <summary>Utilisation per link on the map, and sorted, a line for each strategy.</summary>
internal static class TransferExhibits
{
    private static readonly Axis Utilisation = new("utilisation", "%");

    public static MapExhibit Map(string strategy, CarriedFlow flow, string caption)
    {
        DirectedGraph graph = flow.Graph;
        IReadOnlyList<Graphs.Coordinate> places = graph.Coordinates ?? Layers(graph);
        MapNode[] nodes = [.. Enumerable.Range(0, graph.NodeCount).Select(v => new MapNode(graph.Names[v], places[v].X, places[v].Y))];

        // One line between two nodes, coloured by the busier of all edges between them.
        var busiest = new SortedDictionary<(int, int), int>();
        for (int edge = 0; edge < graph.EdgeCount; edge++)
        {
            (int, int) ends = (Math.Min(graph.Tails[edge], graph.Heads[edge]), Math.Max(graph.Tails[edge], graph.Heads[edge]));
            if (!busiest.TryGetValue(ends, out int known) || flow.Utilisation(edge) > flow.Utilisation(known))
            {
                busiest[ends] = edge;
            }
        }

        MapLink[] links = [.. busiest.Values.Select(edge => new MapLink(
            graph.Tails[edge],
            graph.Heads[edge],
            100 * flow.Utilisation(edge),
            $"{graph.Describe(edge)}: {Print.Significant(100 * flow.Utilisation(edge), 3)} %, {Quantity.Of(flow.LoadsBps[edge], "bit/s").ToHumanString()}"))];
        return new MapExhibit($"Utilisation by link under {strategy}", caption, Utilisation, nodes, links);
    }

    public static LineExhibit Sorted(IReadOnlyList<(string Strategy, CarriedFlow Flow, Role Role)> routings, double floor)
    {
        var series = new List<LineSeries>();
        foreach ((string strategy, CarriedFlow flow, Role role) in routings)
        {
            double[] sorted = [.. Enumerable.Range(0, flow.Graph.EdgeCount).Select(flow.Utilisation).OrderDescending()];
            series.Add(new LineSeries(strategy, [.. sorted.Select((u, i) => (100.0 * (i + 0.5) / sorted.Length, 100 * u))], role));
        }

        series.Add(new LineSeries("floor of the maximum", [(0, 100 * floor), (100, 100 * floor)], Role.Limit));
        return new LineExhibit(
            "Utilisation of all links, sorted",
            "Every strategy carries the same demands. The left end of each line is its busiest link; no routing whatever brings all links under the floor.",
            new Axis("links, the busiest first", "%"),
            Utilisation,
            series);
    }

    /// <summary>Without coordinates: columns by hops from node 0 (what it does not reach goes last), rows by index.</summary>
    private static Graphs.Coordinate[] Layers(DirectedGraph graph)
    {
        int[] hops = BreadthFirst.Hops(graph, 0);
        int last = hops.Max() + 1;
        int[] rows = new int[last + 1];
        var places = new Graphs.Coordinate[hops.Length];
        for (int node = 0; node < hops.Length; node++)
        {
            int column = hops[node] < 0 ? last : hops[node];
            places[node] = new Graphs.Coordinate(column, -(rows[column]++));
        }

        return places;
    }
}
