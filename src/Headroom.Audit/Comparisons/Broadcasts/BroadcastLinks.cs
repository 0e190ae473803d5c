using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Headroom.Audit.Comparisons.Grids;
using Headroom.Audit.Links;
using Headroom.Audit.Reading;
using Headroom.Evidence.Topologies;
using Headroom.Graphs;
using Headroom.Graphs.Generators;
using Headroom.Graphs.Paths;
using Headroom.Kernel.Quantities;
using Headroom.Kernel.Randomness;
using Headroom.Simulation.Networks;

namespace Headroom.Audit.Comparisons.Broadcasts;

/// <summary>Who has a link to whom: <c>complete</c>, <c>grid:5x5</c>, <c>line:25</c>, <c>tree4:25</c>, <c>ring:25</c>, <c>star:25</c>, <c>regular:5</c>, or a file.</summary>
public sealed record BroadcastLinks
{
    /// <summary>More directed links than this are not run one by one.</summary>
    public const long LinksMax = 2_500_000;

    private const string Forms = "complete, grid:5x5, line:25, ring:25, star:25, tree4:25, regular:5, or a topology file (REPETITA, GraphML)";
    private const int RegularAttempts = 100;
    private static readonly string[] Names = ["complete", "grid", "line", "ring", "star", "tree2", "tree4", "regular"];

    public required string Name { get; init; }

    /// <summary>Null where everybody reaches everybody.</summary>
    public required DirectedGraph? Graph { get; init; }

    public required int Members { get; init; }

    /// <summary>The file it was read from.</summary>
    public string? Path { get; init; }

    public string Digest { get; init; } = "";

    public bool HasLatencies => Graph is not null && Graph.LatenciesSeconds.ContainsAnyExcept(0);

    /// <summary>The links with these minimum latencies, or with their own.</summary>
    public Topology With(LinkLatency? latency) => Graph is null ? latency!.Complete(Members)
        : latency is { Ns: { } ns } ? Topology.Of(Graph).WithUniformLatency(ns)
        : Topology.Of(Graph);

    /// <summary>The topologies that one name stands for: one for each number of members where it does not fix them.</summary>
    /// <exception cref="InputException">It stands for none, is not connected, or has another number of members than was asked for.</exception>
    public static IEnumerable<BroadcastLinks> Read(string name, IReadOnlyList<long>? members, int membersDefault, Seed seed)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        IReadOnlyList<long> counts = members ?? [membersDefault];
        if (name == "complete")
        {
            return counts.Select(n => new BroadcastLinks { Name = name, Graph = null, Members = (int)n });
        }

        int colon = name.IndexOf(':', StringComparison.Ordinal);
        string kind = colon < 0 ? name : name[..colon];
        string size = colon < 0 ? "" : name[(colon + 1)..];
        if (kind == "regular")
        {
            int degree = Whole(name, size, "regular:5 (links of each member)", BroadcastGridReader.MembersMax);
            return counts.Select(n => Regular(name, (int)n, degree, seed));
        }

        BroadcastLinks links = kind switch
        {
            "grid" => Grid(name, size),
            "line" => Of(name, RegularGraphs.Line(Size(name, size, "line:25", 2))),
            "ring" => Of(name, RegularGraphs.Ring(Size(name, size, "ring:25", 3))),
            "star" => Of(name, RegularGraphs.Star(Size(name, size, "star:25", 2))),
            _ when kind.StartsWith("tree", StringComparison.Ordinal) && kind.Length > 4 && char.IsAsciiDigit(kind[4]) => Tree(name, kind[4..], size),
            _ => File(name, kind),
        };
        long? other = members?.FirstOrDefault(n => n != links.Members, 0);
        return other is null or 0 ? [links] : throw AxisReader.Wrong("--members", $"the topology {name} has {links.Members} members, not {other}");
    }

    /// <summary>Why a graph cannot carry a broadcast, or null.</summary>
    public static string? Problem(DirectedGraph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        if (graph.NodeCount < 2)
        {
            return "has fewer than two nodes";
        }

        if (graph.EdgeCount > LinksMax)
        {
            return $"has {graph.EdgeCount} directed links; at most {LinksMax} are run";
        }

        for (int edge = 0; edge < graph.EdgeCount; edge++)
        {
            if (graph.FindEdge(graph.Heads[edge], graph.Tails[edge]) < 0)
            {
                return $"the link {graph.Describe(edge)} has no way back, and who broadcasts answers over its links";
            }
        }

        int[] components = Connectivity.StrongComponents(graph);
        int apart = Array.FindIndex(components, c => c != components[0]);
        return apart < 0 ? null : $"is not connected: no path leads from {graph.Names[0]} to {graph.Names[apart]}";
    }

    /// <summary>The graph in the text of a topology file.</summary>
    public static DirectedGraph Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        // Capacities are not used: every member has one line of the stated bandwidth.
        return text.AsSpan().TrimStart().StartsWith("<") ? GraphMlReader.Read(text, defaultCapacityBps: 1).Graph : RepetitaReader.ReadGraph(text);
    }

    private static BroadcastLinks Of(string name, DirectedGraph graph) => new() { Name = name, Graph = graph, Members = graph.NodeCount };

    private static BroadcastLinks Grid(string name, string size)
    {
        string[] sides = size.Split('x');
        return sides.Length == 2 && long.TryParse(sides[0], NumberStyles.None, CultureInfo.InvariantCulture, out long rows)
            && long.TryParse(sides[1], NumberStyles.None, CultureInfo.InvariantCulture, out long columns) && rows is >= 1 and <= 100_000 && columns is >= 1 and <= 100_000 && rows * columns >= 2
            ? rows * columns * 4 <= LinksMax ? Of(name, RegularGraphs.Grid((int)rows, (int)columns)) : throw TooLarge(name)
            : throw AxisReader.Wrong("--topology", $"'{name}': a grid is written grid:5x5 (rows x columns, two members at least)");
    }

    private static BroadcastLinks Tree(string name, string arity, string size) =>
        Of(name, RegularGraphs.Tree(Size(name, size, "tree4:25", 2), Whole(name, arity, "tree4:25", 1_000_000)));

    private static BroadcastLinks Regular(string name, int members, int degree, Seed seed)
    {
        if (degree >= members || (long)members * degree % 2 != 0)
        {
            throw AxisReader.Wrong("--topology", $"'{name}': among {members} members each can have {(degree >= members ? $"at most {members - 1} links" : $"no {degree} links: members times links is odd")}");
        }

        if ((long)members * degree > LinksMax)
        {
            throw TooLarge(name);
        }

        for (int attempt = 0; attempt < RegularAttempts; attempt++)
        {
            DirectedGraph graph = RandomGraphs.RandomRegular(members, degree, seed.Named("topology").Named(name).At(members).At(attempt));
            if (BreadthFirst.Eccentricity(graph, 0) is not null)
            {
                return Of(name, graph);
            }

            if (degree <= 1)
            {
                break;
            }
        }

        throw AxisReader.Wrong("--topology", $"'{name}' among {members} members is not connected; more links a member are needed");
    }

    private static BroadcastLinks File(string name, string kind)
    {
        string path = System.IO.Path.GetFullPath(name);
        if (!System.IO.File.Exists(path) && !Directory.Exists(path))
        {
            string? near = NearestName.Of(kind, Names);
            throw AxisReader.Wrong("--topology", $"no topology or file '{name}'" + (near is null ? $"; known are {Forms}" : $" (did you mean {near}?)"));
        }

        (DirectedGraph graph, string digest) = EvidenceFile.Parse(path, text => (Parse(text), Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16]));
        return Problem(graph) is { } problem
            ? throw new InputException(new Mark(EvidenceFile.Shown(path), 0, 0), problem)
            : Of(System.IO.Path.GetFileName(path), graph) with { Path = path, Digest = digest };
    }

    private static int Size(string name, string text, string example, int min)
    {
        int size = Whole(name, text, example, (int)(LinksMax / 2));
        return size >= min ? size : throw AxisReader.Wrong("--topology", $"'{name}': at least {min} members are expected");
    }

    private static int Whole(string name, string text, string example, int max) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value >= 1 && value <= max ? value
        : throw AxisReader.Wrong("--topology", $"'{name}': a whole number between 1 and {max} is expected, as in {example}");

    private static InputException TooLarge(string name) => AxisReader.Wrong("--topology", $"'{name}' has too many links; at most {LinksMax} directed ones are run");
}
