using System.Xml.Linq;
using Headroom.Graphs;
using Headroom.Kernel.Quantities;

namespace Headroom.Evidence.Topologies;

/// <summary>Turns the elements of one GraphML graph into nodes and edges.</summary>
internal sealed class GraphMlBuilder
{
    private const int NodesMax = 100_000;
    private const int EdgesMax = 5_000_000;

    private readonly XElement _graph;
    private readonly double? _defaultCapacity;
    private readonly bool _directed;
    private readonly Dictionary<string, string> _keys = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _nodes = new(StringComparer.Ordinal);
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly HashSet<string> _edgeIds = new(StringComparer.Ordinal);
    private readonly GraphBuilder _builder = new();
    private int _withoutCapacity;

    public GraphMlBuilder(XElement root, XElement graph, double? defaultCapacityBps)
    {
        (_graph, _defaultCapacity) = (graph, defaultCapacityBps);
        _directed = graph.Attribute("edgedefault")?.Value switch
        {
            "directed" => true,
            "undirected" => false,
            { } other => throw GraphMlReader.Fail(graph, $"edgedefault is directed or undirected; found '{GraphMlReader.Shorten(other)}'"),
            null => throw GraphMlReader.Fail(graph, "<graph> needs edgedefault, directed or undirected"),
        };
        foreach (XElement key in Named(root, "key"))
        {
            // yEd's own keys have no name; what they hold is told by their elements.
            if (key.Attribute("attr.name")?.Value is { } name)
            {
                _keys[Required(key, "id")] = name;
            }
        }
    }

    public GraphMlTopology Build()
    {
        XElement[] nodes = [.. Named(_graph, "node")];
        if (nodes.Length > NodesMax)
        {
            throw GraphMlReader.Fail(_graph, $"{nodes.Length} nodes; at most {NodesMax} are read");
        }

        if (Named(_graph, "hyperedge").FirstOrDefault() is { } hyper)
        {
            throw GraphMlReader.Fail(hyper, "hyperedges are not links of a network");
        }

        AddNodes(nodes);
        int count = 0;
        foreach (XElement edge in Named(_graph, "edge"))
        {
            if (++count > EdgesMax)
            {
                throw GraphMlReader.Fail(edge, $"more than {EdgesMax} edges");
            }

            AddEdge(edge);
        }

        return new GraphMlTopology(_builder.Build(), _withoutCapacity);
    }

    private void AddNodes(XElement[] nodes)
    {
        var geographic = new Coordinate?[nodes.Length];
        var drawn = new Coordinate?[nodes.Length];
        string[] names = new string[nodes.Length];
        for (int i = 0; i < nodes.Length; i++)
        {
            XElement node = nodes[i];
            string id = Required(node, "id");
            if (!_nodes.TryAdd(id, i))
            {
                throw GraphMlReader.Fail(node, $"node '{GraphMlReader.Shorten(id)}' comes twice");
            }

            Dictionary<string, string> data = Data(node);
            names[i] = Name(node, id, data);
            if (GraphMlReader.Number(node, "Longitude", data.GetValueOrDefault("Longitude")) is { } x
                && GraphMlReader.Number(node, "Latitude", data.GetValueOrDefault("Latitude")) is { } y)
            {
                geographic[i] = new Coordinate(x, y);
            }

            XElement? geometry = node.Descendants().FirstOrDefault(e => e.Name.LocalName == "Geometry");
            if (geometry is not null
                && GraphMlReader.Number(geometry, "x", geometry.Attribute("x")?.Value) is { } across
                && GraphMlReader.Number(geometry, "y", geometry.Attribute("y")?.Value) is { } down)
            {
                drawn[i] = new Coordinate(across, -down);
            }
        }

        // Degrees for all or drawing for all: the two do not mix on one map.
        bool onEarth = Array.TrueForAll(geographic, c => c is not null);
        for (int i = 0; i < nodes.Length; i++)
        {
            _builder.AddNode(names[i], onEarth ? geographic[i] : drawn[i]);
        }
    }

    private string Name(XElement node, string id, Dictionary<string, string> data)
    {
        string? name = data.GetValueOrDefault("label");
        name = string.IsNullOrWhiteSpace(name) ? node.Descendants().FirstOrDefault(e => e.Name.LocalName == "NodeLabel")?.Value : name;
        name = string.IsNullOrWhiteSpace(name) ? id : string.Join(' ', name.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        name = _names.Contains(name) ? $"{name} ({id})" : name;
        _names.Add(name);
        return name;
    }

    private void AddEdge(XElement edge)
    {
        if (edge.Attribute("id")?.Value is { } id && !_edgeIds.Add(id))
        {
            throw GraphMlReader.Fail(edge, $"edge '{GraphMlReader.Shorten(id)}' comes twice");
        }

        int from = Node(edge, "source");
        int to = Node(edge, "target");
        if (from == to)
        {
            throw GraphMlReader.Fail(edge, $"an edge leads from '{_builder.NodeName(from)}' to itself");
        }

        Dictionary<string, string> data = Data(edge);
        double capacity = Capacity(edge, data, from, to);
        double weight = GraphMlReader.Number(edge, "weight", data.GetValueOrDefault("weight")) ?? 1;
        if (weight < 0)
        {
            throw GraphMlReader.Fail(edge, $"a weight cannot be negative; found {Print.Significant(weight, 6)}");
        }

        (bool forward, bool backward) = Directions(edge);
        if (forward)
        {
            _builder.AddEdge(from, to, capacity, 0, weight);
        }

        if (backward)
        {
            _builder.AddEdge(to, from, capacity, 0, weight);
        }
    }

    private (bool Forward, bool Backward) Directions(XElement edge)
    {
        switch (edge.Attribute("directed")?.Value)
        {
            case "true":
                return (true, false);
            case "false":
                return (true, true);
        }

        if (edge.Descendants().FirstOrDefault(e => e.Name.LocalName == "Arrows") is { } arrows)
        {
            bool atSource = arrows.Attribute("source")?.Value is not (null or "none");
            bool atTarget = arrows.Attribute("target")?.Value is not (null or "none");
            return atSource == atTarget ? (true, true) : (atTarget, atSource);
        }

        return (true, !_directed);
    }

    private double Capacity(XElement edge, Dictionary<string, string> data, int from, int to)
    {
        if (GraphMlReader.Number(edge, "LinkSpeedRaw", data.GetValueOrDefault("LinkSpeedRaw")) is { } raw)
        {
            return raw is >= 0 and < 1e18 ? raw : throw GraphMlReader.Fail(edge, $"a link's speed lies between 0 and 1e18 bit/s; found {Print.Significant(raw, 6)}");
        }

        foreach (string key in (string[])["LinkLabel", "label"])
        {
            if (data.TryGetValue(key, out string? label) && LinkSpeed.Parse(label) is { } speed)
            {
                return speed;
            }
        }

        _withoutCapacity++;
        return _defaultCapacity ?? throw GraphMlReader.Fail(
            edge,
            $"the link {_builder.NodeName(from)} – {_builder.NodeName(to)} states no speed (LinkSpeedRaw, or a label such as 10 Gbps), and no 'capacity' is given for such links");
    }

    private int Node(XElement edge, string attribute)
    {
        string id = Required(edge, attribute);
        if (_nodes.TryGetValue(id, out int node))
        {
            return node;
        }

        string? near = NearestName.Of(id, _nodes.Keys.Order(StringComparer.Ordinal));
        throw GraphMlReader.Fail(edge, $"no node '{GraphMlReader.Shorten(id)}'" + (near is null ? "" : $" (did you mean {near}?)"));
    }

    private static string Required(XElement element, string attribute) =>
        element.Attribute(attribute)?.Value is { Length: > 0 } value ? value : throw GraphMlReader.Fail(element, $"<{element.Name.LocalName}> needs {attribute}");

    /// <summary>The element's named data as text; of equal names the first counts.</summary>
    private Dictionary<string, string> Data(XElement element)
    {
        var data = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (XElement entry in Named(element, "data"))
        {
            if (entry.Attribute("key")?.Value is { } key && _keys.TryGetValue(key, out string? name))
            {
                data.TryAdd(name, entry.Value);
            }
        }

        return data;
    }

    private static IEnumerable<XElement> Named(XElement parent, string name) => parent.Elements().Where(e => e.Name.LocalName == name);
}
