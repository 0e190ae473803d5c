using Headroom.Evidence.Topologies;
using Headroom.Flow;
using Headroom.Flow.Bounds;
using Headroom.Flow.Optimiser;
using Headroom.Flow.Routing;
using Headroom.Graphs;
using Headroom.Tests;

namespace Headroom.Evidence.Tests.Topologies;

/// <summary>Fractional optima of the edge linear program, solved elsewhere to ten digits: our routing and our prices must bracket them.</summary>
public sealed class KnownOptimaTests
{
    [SharedDataTheory("te")]
    [InlineData("unary/Abilene", 0.8999992465)]
    [InlineData("unary/UsCarrier", 0.8985965)]
    [InlineData("inverseCapacity/Geant2012", 0.8999944136)]
    public void PrimalAndDualBracketTheOptimum(string name, double optimum)
    {
        DirectedGraph graph = RepetitaReader.ReadGraph(File.ReadAllText(SharedData.PathOf($"te/{name}.graph")));
        IReadOnlyList<DemandRecord> records = RepetitaReader.ReadDemands(File.ReadAllText(SharedData.PathOf($"te/{name}.0000.demands")), graph);
        var demands = new DemandMatrix(graph.NodeCount, records.Select(r => new Demand(r.Source, r.Target, r.RateBps)));
        foreach (double gap in (double[])[0.01, 1e-5])
        {
            RoutingOutcome.Priced priced = UtilisationOptimiser.Solve(graph, demands, new UtilisationOptions { GapMax = gap }).ShouldBeOfType<RoutingOutcome.Priced>();
            double floor = PriceFloor.Of(graph, demands, priced.Prices).Number.ShouldNotBeNull();
            double reached = priced.Flow.MaximumUtilisation;

            // The optima are given to ten digits.
            floor.ShouldBeLessThanOrEqualTo(optimum + 1e-10);
            reached.ShouldBeGreaterThanOrEqualTo(optimum - 1e-10);
            (reached / floor).ShouldBeLessThanOrEqualTo(1 + gap + 1e-9);
            priced.Flow.Worst().ShouldBeLessThan(1e-12);
        }
    }
}
