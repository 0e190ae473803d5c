using Headroom.Graphs;
using Headroom.Kernel.Quantities;

namespace Headroom.Evidence.Topologies;

/// <summary>
/// The plain-text format of the REPETITA collection [gay2017]: a <c>.graph</c> with nodes (label, x, y) and directed edges (label, source, destination, weight,
/// bandwidth in kbit/s, delay in microseconds), a <c>.demands</c> with label, source, destination, bandwidth in kbit/s. Nodes are named by their
/// index from 0; a demand may name them by label too. Several edges between two nodes are parallel links, but no label may come twice.
/// </summary>
public static class RepetitaReader
{
    private const int NodesMax = 100_000;
    private const int LinesMax = 5_000_000;
    private const double KilobitsMax = 1e15;
    private const double MicrosecondsMax = 1e12;
    private const string EdgeForm = "label src dest weight bw delay";
    private const string DemandForm = "label src dest bw";

    /// <exception cref="MalformedException">The text is not a topology.</exception>
    public static DirectedGraph ReadGraph(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var lines = new FieldLines(text);
        var builder = new GraphBuilder();
        int nodes = lines.ExpectCount("NODES", NodesMax);
        lines.ExpectHeader("label", "x", "y");
        var labels = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < nodes; i++)
        {
            Field[] fields = lines.Expect(3, "label x y");
            CheckNew(fields[0], labels, "node");
            builder.AddNode(fields[0].Text, new Coordinate(fields[1].Number("x"), fields[2].Number("y")));
        }

        int edges = lines.ExpectCount("EDGES", LinesMax);
        lines.ExpectHeader(EdgeForm.Split(' '));
        labels.Clear();
        for (int i = 0; i < edges; i++)
        {
            Field[] fields = lines.Expect(6, EdgeForm);
            CheckNew(fields[0], labels, "edge");
            int from = Node(fields[1], nodes);
            int to = Node(fields[2], nodes);
            if (from == to)
            {
                throw fields[2].Fail($"edge {fields[0].Shown} leads from node {from} to itself");
            }

            builder.AddEdge(
                from,
                to,
                fields[4].Amount("bw (kbit/s)", KilobitsMax) * 1000,
                fields[5].Amount("delay (microseconds)", MicrosecondsMax) / 1e6,
                fields[3].Amount("weight", KilobitsMax));
        }

        lines.ExpectEnd($"{edges} edges");
        return builder.Build();
    }

    /// <exception cref="MalformedException">The text is no list of demands between nodes of the graph.</exception>
    public static IReadOnlyList<DemandRecord> ReadDemands(string text, DirectedGraph graph)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(graph);
        var lines = new FieldLines(text);
        var demands = new List<DemandRecord>();
        int count = lines.ExpectCount("DEMANDS", LinesMax);
        lines.ExpectHeader(DemandForm.Split(' '));
        var labels = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < count; i++)
        {
            Field[] fields = lines.Expect(4, DemandForm);
            CheckNew(fields[0], labels, "demand");
            int source = Node(fields[1], graph);
            int target = Node(fields[2], graph);
            if (source == target)
            {
                throw fields[2].Fail($"demand {fields[0].Shown} leads from {graph.Names[source]} to itself");
            }

            demands.Add(new DemandRecord(fields[0].Text, source, target, fields[3].Amount("bw (kbit/s)", KilobitsMax) * 1000, fields[0].Line));
        }

        lines.ExpectEnd($"{count} demands");
        return demands;
    }

    private static void CheckNew(Field label, HashSet<string> labels, string what)
    {
        if (!labels.Add(label.Text))
        {
            throw label.Fail($"{what} {label.Shown} comes twice");
        }
    }

    private static int Node(Field field, int nodes)
    {
        int node = field.Count("a node", int.MaxValue);
        return node < nodes ? node : throw field.Fail($"no node {node}: {Known(nodes)}");
    }

    private static int Node(Field field, DirectedGraph graph)
    {
        if (field.Text.All(char.IsAsciiDigit))
        {
            return Node(field, graph.NodeCount);
        }

        int node = graph.FindNode(field.Text);
        string? near = node < 0 ? NearestName.Of(field.Text, graph.Names) : null;
        return node >= 0 ? node : throw field.Fail($"no node '{field.Shown}'" + (near is null ? $": {Known(graph.NodeCount)}" : $" (did you mean {near}?)"));
    }

    private static string Known(int nodes) => nodes == 0 ? "there are none" : $"they are 0 to {nodes - 1}";
}
