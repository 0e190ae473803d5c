using Headroom.Flow.Bounds;
using Headroom.Kernel.Bounds;
using Headroom.Tests;

namespace Headroom.Flow.Tests.Bounds;

public sealed class FlowBoundsTests
{
    public static TheoryData<string> Ids => [.. FlowBounds.All.Select(bound => bound.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void EveryLegalArgumentHasAValue(string id) => ExtremeArguments.Problems(FlowBounds.All.Single(b => b.Id == id)).ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Ids))]
    public void EveryExampleMatchesItsSource(string id)
    {
        Bound bound = FlowBounds.All.Single(b => b.Id == id);
        bound.Examples.ShouldNotBeEmpty();
        foreach (WorkedExample example in bound.Examples)
        {
            BoundValue value = bound.Evaluate(example.Arguments);
            if (example.Expected.Number is { } expected)
            {
                value.Number.ShouldNotBeNull(example.Source).ShouldBe(expected, example.RelativeTolerance * expected, example.Source);
            }
            else
            {
                value.ShouldBe(example.Expected, example.Source);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void EveryAttainedInstanceAttains(string id)
    {
        Bound bound = FlowBounds.All.Single(b => b.Id == id);
        Attainment attained = bound.Attained.ShouldNotBeNull();
        double value = bound.Evaluate(attained.Arguments).Number.ShouldNotBeNull();
        attained.Reached().ShouldBe(value, attained.RelativeTolerance * value, attained.Instance);
    }

    [Fact]
    public void BraessAndTheCollectionsFigureLieUnderFourThirds()
    {
        // Equilibrium 552, optimum 498 (TransportationNetworks, Braess): all of affine latency.
        double ceiling = PriceOfAnarchy.Bound.Evaluate(new BoundArguments { ["degree"] = 1 }).Number!.Value;
        (552.0 / 498).ShouldBe(1.1084, 5e-5);
        ceiling.ShouldBeGreaterThan(552.0 / 498);
        for (int degree = 1; degree < 40; degree++)
        {
            double lower = PriceOfAnarchy.Bound.Evaluate(new BoundArguments { ["degree"] = degree }).Number!.Value;
            PriceOfAnarchy.Bound.Evaluate(new BoundArguments { ["degree"] = degree + 1 }).Number!.Value.ShouldBeGreaterThan(lower);
        }
    }

    [Fact]
    public void SeparateFlowIsNeverAboveTotalFlow()
    {
        for (int trial = 0; trial < 200; trial++)
        {
            Kernel.Randomness.RandomStream random = new Kernel.Randomness.Seed(2).At(trial).Stream();
            int servers = 1 + random.Below(5);
            double[] rates = [.. Enumerable.Range(0, servers).Select(_ => 5 + random.Below(10)).Select(r => (double)r)];
            double[] latencies = new double[servers];
            for (int i = 0; i < servers; i++)
            {
                latencies[i] = random.Below(10);
            }

            var arguments = new BoundArguments { { "b", random.Below(50) }, { "r", random.Below(6) }, { "R", rates }, { "T", latencies } };
            double separate = TandemDelay.SeparateFlow.Evaluate(arguments).Number!.Value;
            double total = TandemDelay.TotalFlow.Evaluate(arguments).Number!.Value;
            separate.ShouldBeLessThanOrEqualTo(total + 1e-9);
        }
    }

    [Fact]
    public void NothingToSendTakesNoTime()
    {
        TransferTime.Cut.Evaluate(new BoundArguments { ["size"] = 0, ["rate"] = 1, ["latency"] = 0.25 }).Number.ShouldBe(0);
        TransferTime.StoreAndForward.Evaluate(
            new BoundArguments { ["packets"] = 2, ["size"] = 0, ["hops"] = 3, ["rate"] = 1, ["latency"] = 0.25 }).Number.ShouldBe(0);
    }

    [Fact]
    public void ATandemWhoseRateIsBelowTheFlowsHasNoDelayBound()
    {
        var arguments = new BoundArguments { { "b", 1 }, { "r", 6 }, { "R", [10, 5] }, { "T", [1, 1] } };
        TandemDelay.SeparateFlow.Evaluate(arguments).ShouldBe(BoundValue.Unlimited);
        TandemDelay.TotalFlow.Evaluate(arguments).ShouldBe(BoundValue.Unlimited);
    }

    [Fact]
    public void IllShapedGraphsAreOutsideTheRegimeNotErrors()
    {
        double[][] wide = [[0, 1, 1], [1, 0, 1]];
        double[][] two = [[0, 1], [1, 0]];
        MinimumCut.Bound.Evaluate(new BoundArguments { { "capacity", wide }, { "source", 0 }, { "sink", 1 } }).ShouldBeOfType<BoundValue.OutsideRegime>();
        MinimumCut.Bound.Evaluate(new BoundArguments { { "capacity", two }, { "source", 0 }, { "sink", 2 } }).ShouldBeOfType<BoundValue.OutsideRegime>();
        MinimumCut.Bound.Evaluate(new BoundArguments { { "capacity", two }, { "source", 1 }, { "sink", 1 } }).ShouldBeOfType<BoundValue.OutsideRegime>();
        PriceFloor.Bound.Evaluate(new BoundArguments { { "capacity", two }, { "demand", wide }, { "price", two } }).ShouldBeOfType<BoundValue.OutsideRegime>();
        CutFloor.Bound.Evaluate(new BoundArguments { { "capacity", two }, { "demand", two }, { "side", [1.0] } }).ShouldBeOfType<BoundValue.OutsideRegime>();
        MulticastCut.Bound.Evaluate(new BoundArguments { { "capacity", two }, { "source", 0 }, { "sinks", [7.0] } }).ShouldBeOfType<BoundValue.OutsideRegime>();
    }

    [Fact]
    public void UnlimitedEdgesAndUnconnectedNodesAreValues()
    {
        double[][] open = [[0, double.PositiveInfinity], [0, 0]];
        double[][] demand = [[0, 1], [0, 0]];
        double[][] back = [[0, 0], [1, 0]];
        MinimumCut.Bound.Evaluate(new BoundArguments { { "capacity", open }, { "source", 0 }, { "sink", 1 } }).ShouldBe(BoundValue.Unlimited);
        PriceFloor.Bound.Evaluate(new BoundArguments { { "capacity", open }, { "demand", demand }, { "price", demand } }).ShouldBeOfType<BoundValue.OutsideRegime>();
        PriceFloor.Bound.Evaluate(new BoundArguments { { "capacity", open }, { "demand", back }, { "price", back } }).ShouldBe(BoundValue.Unlimited);
        CutFloor.Bound.Evaluate(new BoundArguments { { "capacity", open }, { "demand", back }, { "side", [0.0, 1.0] } }).ShouldBe(BoundValue.Unlimited);
    }

    [Fact]
    public void RoutingNeverBeatsTheCutOfAMulticast()
    {
        // The best prices of the butterfly prove 1.5; worse prices prove less, but never below what routing reaches.
        BoundArguments butterfly = MulticastPrices.Bound.Examples[0].Arguments;
        for (int trial = 0; trial < 200; trial++)
        {
            Kernel.Randomness.RandomStream random = new Kernel.Randomness.Seed(4).At(trial).Stream();
            double[][] prices = [.. Enumerable.Range(0, 7).Select(_ => new double[7])];
            for (int i = 0; i < 49; i++)
            {
                prices[i / 7][i % 7] = random.Below(4);
            }

            var arguments = new BoundArguments { { "capacity", butterfly.Matrix("capacity") }, { "source", 0 }, { "sinks", [5, 6] }, { "price", prices } };
            double? proven = MulticastPrices.Bound.Evaluate(arguments).Number;
            (proven is null || proven >= 1.5 - 1e-12).ShouldBeTrue($"trial {trial}: {proven}");
        }
    }
}
