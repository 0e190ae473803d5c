using Headroom.Flow.Bounds;
using Headroom.Flow.Optimiser;
using Headroom.Flow.Routing;
using Headroom.Graphs;
using Headroom.Graphs.Generators;

namespace Headroom.Flow.Tests.Optimiser;

public sealed class UtilisationOptimiserTests
{
    [Fact]
    public void PrimalAndDualBracketADumbLinearProgram()
    {
        for (int i = 0; i < 150; i++)
        {
            (DirectedGraph graph, DemandMatrix demands) = RandomInstances.Make("lp", i, 5);
            double exact = DumbUtilisation.Solve(graph, demands);
            RoutingOutcome.Priced priced = Solve(graph, demands, 1e-4);
            double floor = PriceFloor.Of(graph, demands, priced.Prices).Number!.Value;
            priced.GapReached.ShouldBeTrue($"instance {i}");
            floor.ShouldBeLessThanOrEqualTo(exact * (1 + 1e-9), $"instance {i}");
            priced.Flow.MaximumUtilisation.ShouldBeInRange(exact * (1 - 1e-9), (exact * 1.0001) + 1e-12, $"instance {i}");
        }
    }

    [Fact]
    public void TheCheckersGapIsAtMostOnePercentAndNoRoutingGoesBelowItsFloor()
    {
        for (int i = 0; i < 120; i++)
        {
            (DirectedGraph graph, DemandMatrix demands) = RandomInstances.Make("gap", i, 24);
            RoutingOutcome.Priced priced = Solve(graph, demands, 0.01);
            double floor = PriceFloor.Of(graph, demands, priced.Prices).Number!.Value;
            priced.Flow.Worst().ShouldBeLessThan(1e-12);
            priced.GapReached.ShouldBeTrue();
            priced.Flow.MaximumUtilisation.ShouldBeLessThanOrEqualTo((floor * 1.01 * (1 + 1e-9)) + 1e-15);
            foreach (RoutingOutcome outcome in (RoutingOutcome[])[priced, ShortestPathRouting.Route(graph, demands), EqualCostRouting.Route(graph, demands), KShortestPathRouting.Route(graph, demands, 4)])
            {
                ((RoutingOutcome.Carried)outcome).Flow.MaximumUtilisation.ShouldBeGreaterThanOrEqualTo(floor * (1 - 1e-9));
            }
        }
    }

    [Fact]
    public void PricesAreScaledAndOnlyScarceEdgesHaveThem()
    {
        // All traffic must cross the middle of a line: one edge carries the price.
        DirectedGraph graph = RegularGraphs.Line(4, 10);
        RoutingOutcome.Priced priced = Solve(graph, new DemandMatrix(4, [new Demand(0, 2, 4), new Demand(1, 3, 5)]), 1e-6);
        priced.Flow.MaximumUtilisation.ShouldBe(0.9, 1e-12);
        Enumerable.Range(0, graph.EdgeCount).Sum(e => priced.Prices[e] * graph.CapacitiesBps[e]).ShouldBe(1, 1e-12);
        priced.Prices[graph.FindEdge(1, 2)].ShouldBe(0.1, 1e-6);
    }

    [Fact]
    public void PricesOnACutNameItsSides()
    {
        // Two triangles joined by one link: all that crosses it, crosses the cut.
        GraphBuilder builder = new GraphBuilder().AddNodes(6);
        foreach ((int a, int b) in ((int, int)[])[(0, 1), (1, 2), (2, 0), (3, 4), (4, 5), (5, 3), (2, 3)])
        {
            builder.AddLink(a, b, 10);
        }

        DirectedGraph graph = builder.Build();
        var demands = new DemandMatrix(6, [new Demand(0, 5, 3), new Demand(1, 4, 4), new Demand(3, 1, 2)]);
        RoutingOutcome.Priced priced = Solve(graph, demands, 1e-6);
        IReadOnlyList<IReadOnlyList<bool>> sides = Bottleneck.Sides(graph, priced.Prices, 0.01);
        sides.ShouldHaveSingleItem().ShouldBe([true, true, true, false, false, false]);
        CutFloor.Of(graph, demands, sides[0]).Number!.Value.ShouldBe(priced.Flow.MaximumUtilisation, 1e-9);
        Bottleneck.Sides(graph, new double[graph.EdgeCount], 0.01).ShouldBeEmpty();
    }

    [Fact]
    public void RandomPricesProveTrueFloorsTooOnlyLowerOnes()
    {
        for (int i = 0; i < 60; i++)
        {
            (DirectedGraph graph, DemandMatrix demands) = RandomInstances.Make("any prices", i, 8);
            double best = Solve(graph, demands, 1e-3).Flow.MaximumUtilisation;
            Kernel.Randomness.RandomStream random = new Kernel.Randomness.Seed(1).At(i).Stream();
            for (int trial = 0; trial < 20; trial++)
            {
                double[] prices = new double[graph.EdgeCount];
                bool[] side = new bool[graph.NodeCount];
                for (int e = 0; e < prices.Length; e++)
                {
                    prices[e] = random.Below(3) == 0 ? 0 : random.Exponential(1);
                }

                for (int v = 0; v < side.Length; v++)
                {
                    side[v] = random.Bernoulli(0.5);
                }

                PriceFloor.Of(graph, demands, prices).Number!.Value.ShouldBeLessThanOrEqualTo(best * (1 + 1e-9));
                (CutFloor.Of(graph, demands, side).Number ?? 0).ShouldBeLessThanOrEqualTo(best * (1 + 1e-9));
            }
        }
    }

    [Fact]
    public void NothingToCarryUnlimitedEdgesAndUnconnectedDemandsAreAnswers()
    {
        DirectedGraph line = RegularGraphs.Line(3, 10);
        Solve(line, new DemandMatrix(3, []), 0.01).Flow.MaximumUtilisation.ShouldBe(0);
        DirectedGraph open = RegularGraphs.Line(3);
        RoutingOutcome.Priced free = Solve(open, new DemandMatrix(3, [new Demand(0, 2, 5)]), 0.01);
        free.Flow.MaximumUtilisation.ShouldBe(0);
        PriceFloor.Of(open, free.Flow.Demands, free.Prices).Number.ShouldBe(0);
        var parted = new DemandMatrix(3, [new Demand(2, 0, 1)]);
        GraphBuilder builder = new GraphBuilder().AddNodes(3);
        builder.AddEdge(0, 1, 1);
        builder.AddEdge(1, 2, 1);
        UtilisationOptimiser.Solve(builder.Build(), parted, UtilisationOptions.Default).ShouldBe(new RoutingOutcome.Unconnected(2, 0));
    }

    [Fact]
    public void TheSameInstanceGivesTheSameBits()
    {
        (DirectedGraph graph, DemandMatrix demands) = RandomInstances.Make("bits", 3, 20);
        RoutingOutcome.Priced one = Solve(graph, demands, 0.001);
        RoutingOutcome.Priced two = Solve(graph, demands, 0.001);
        two.Prices.ShouldBe(one.Prices);
        two.Flow.LoadsBps.SequenceEqual(one.Flow.LoadsBps).ShouldBeTrue();
    }

    [Fact]
    public void TheSearchStopsWhenItIsCancelled()
    {
        (DirectedGraph graph, DemandMatrix demands) = RandomInstances.Make("cancel", 1, 20);
        using var source = new CancellationTokenSource();
        source.Cancel();
        Should.Throw<OperationCanceledException>(() => UtilisationOptimiser.Solve(graph, demands, UtilisationOptions.Default, source.Token));
    }

    private static RoutingOutcome.Priced Solve(DirectedGraph graph, DemandMatrix demands, double gap) =>
        UtilisationOptimiser.Solve(graph, demands, new UtilisationOptions { GapMax = gap }).ShouldBeOfType<RoutingOutcome.Priced>();
}
