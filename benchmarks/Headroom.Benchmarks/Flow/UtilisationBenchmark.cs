using Headroom.Evidence.Topologies;
using Headroom.Flow;
using Headroom.Flow.Bounds;
using Headroom.Flow.Optimiser;
using Headroom.Flow.Routing;
using Headroom.Graphs;
using Headroom.Graphs.Generators;
using Headroom.Graphs.Paths;
using Headroom.Kernel.Randomness;

namespace Headroom.Benchmarks.Flow;

/// <summary>
/// Least maximum utilisation to a certified gap of 1 %: on UsCarrier with 24,806 demands where its files lie in <c>../shared/data</c> beside the checkout, and on a
/// random network of the same size. Against the goal of 5 s, and against one round of shortest paths, without which nothing can be certified.
/// </summary>
public sealed class UtilisationBenchmark : IBenchmark
{
    private const double Gap = 0.01;
    private const double GoalSeconds = 5;

    /// <summary>The optimum of the edge linear program, solved elsewhere.</summary>
    private const double UsCarrierOptimum = 0.8985965;

    public string Name => "flow/least-utilisation";

    public IEnumerable<BenchmarkResult> Run()
    {
        if (FindUsCarrier() is { } stem)
        {
            DirectedGraph graph = RepetitaReader.ReadGraph(File.ReadAllText(stem + ".graph"));
            var demands = new DemandMatrix(graph.NodeCount, RepetitaReader.ReadDemands(File.ReadAllText(stem + ".0000.demands"), graph).Select(r => new Demand(r.Source, r.Target, r.RateBps)));
            (double floor, double reached) = Solve(graph, demands);
            if (floor > UsCarrierOptimum + 1e-10 || reached < UsCarrierOptimum - 1e-10)
            {
                throw new InvalidOperationException($"{floor:R} to {reached:R} does not bracket the known optimum {UsCarrierOptimum:R}");
            }

            foreach (BenchmarkResult result in Measure("uscarrier", graph, demands))
            {
                yield return result;
            }
        }
        else
        {
            Console.Error.WriteLine("flow/least-utilisation: no ../shared/data/te/unary/UsCarrier.graph; the random network alone");
        }

        (DirectedGraph random, DemandMatrix gravity) = RandomNetwork();
        foreach (BenchmarkResult result in Measure("random-158", random, gravity))
        {
            yield return result;
        }
    }

    private IEnumerable<BenchmarkResult> Measure(string instance, DirectedGraph graph, DemandMatrix demands)
    {
        Solve(graph, demands);
        double[] lengths = [.. graph.CapacitiesBps.ToArray().Select(c => 1 / c)];
        var solver = new ShortestPathSolver(graph);
        double[] seconds = Interleaved.BestSeconds(
            5,
            () => Solve(graph, demands),
            () =>
            {
                foreach (int target in demands.Targets)
                {
                    solver.Run(target, lengths, towardsRoot: true);
                }
            });
        yield return new BenchmarkResult($"{Name}/{instance}", 1 / seconds[0], "solves/s", seconds[0], "1 s", GoalSeconds, GoalIsAtMost: true);
        yield return new BenchmarkResult($"{Name}/{instance}/rounds", 1 / seconds[1], "rounds/s", seconds[0] / seconds[1], "one round of shortest paths");
    }

    /// <summary>Solves, and throws unless the checker confirms the gap and the audit finds no bit lost.</summary>
    private static (double Floor, double Reached) Solve(DirectedGraph graph, DemandMatrix demands)
    {
        var priced = (RoutingOutcome.Priced)UtilisationOptimiser.Solve(graph, demands, new UtilisationOptions { GapMax = Gap });
        double floor = PriceFloor.Of(graph, demands, priced.Prices).Number ?? 0;
        double reached = priced.Flow.MaximumUtilisation;
        return reached <= floor * (1 + Gap) * (1 + 1e-9) && priced.Flow.Worst() < 1e-12
            ? (floor, reached)
            : throw new InvalidOperationException($"not certified: {reached:R} above {floor:R}, {priced.Flow.Worst():R} lost");
    }

    /// <summary>158 nodes of degree 4, capacities of 1 to 10 Gbit/s, demands by random masses.</summary>
    private static (DirectedGraph Graph, DemandMatrix Demands) RandomNetwork()
    {
        Seed seed = new Seed(1).Named("least-utilisation");
        DirectedGraph graph = RandomGraphs.RandomRegular(158, 4, seed);
        RandomStream random = seed.Named("capacities and masses").Stream();
        double[] capacities = new double[graph.EdgeCount];
        for (int edge = 0; edge < capacities.Length; edge += 2)
        {
            capacities[edge] = capacities[edge + 1] = 1e9 * (1 + random.Below(10));
        }

        double[] masses = new double[graph.NodeCount];
        for (int node = 0; node < masses.Length; node++)
        {
            masses[node] = random.Exponential(1e3);
        }

        var demands = new List<Demand>();
        for (int source = 0; source < masses.Length; source++)
        {
            for (int target = 0; target < masses.Length; target++)
            {
                if (source != target)
                {
                    demands.Add(new Demand(source, target, masses[source] * masses[target]));
                }
            }
        }

        return (graph.WithCapacities(capacities), new DemandMatrix(graph.NodeCount, demands));
    }

    private static string? FindUsCarrier()
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            string stem = Path.Combine(at.FullName, "..", "shared", "data", "te", "unary", "UsCarrier");
            if (File.Exists(Path.Combine(at.FullName, "Directory.Packages.props")) && File.Exists(stem + ".graph"))
            {
                return stem;
            }
        }

        return null;
    }
}
