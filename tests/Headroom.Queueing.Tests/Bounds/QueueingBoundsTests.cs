using Headroom.Kernel.Bounds;
using Headroom.Queueing.Bounds;
using Headroom.Queueing.Models;
using Headroom.Queueing.Service;
using Headroom.Tests;

namespace Headroom.Queueing.Tests.Bounds;

public sealed class QueueingBoundsTests
{
    public static TheoryData<string> Ids => [.. QueueingBounds.All.Select(b => b.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void EveryLegalArgumentHasAValue(string id) => ExtremeArguments.Problems(QueueingBounds.All.Single(b => b.Id == id)).ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Ids))]
    public void ExamplesMatchAndInstancesAttain(string id)
    {
        Bound bound = QueueingBounds.All.Single(b => b.Id == id);
        foreach (WorkedExample example in bound.Examples)
        {
            BoundValue value = bound.Evaluate(example.Arguments);
            if (example.Expected.Number is { } expected)
            {
                Math.Abs(value.Number.ShouldNotBeNull() - expected).ShouldBeLessThanOrEqualTo(example.RelativeTolerance * Math.Abs(expected));
            }
            else
            {
                value.ShouldBe(example.Expected);
            }
        }

        if (bound.Attained is { } attained)
        {
            double value = bound.Evaluate(attained.Arguments).Number.ShouldNotBeNull();
            Math.Abs(attained.Reached() - value).ShouldBeLessThanOrEqualTo(attained.RelativeTolerance * Math.Abs(value));
        }
    }

    [Fact]
    public void TheBlindFloorStaysBelowMMc()
    {
        for (int servers = 1; servers < 12; servers++)
        {
            for (double load = 0.05; load < 1; load += 0.05)
            {
                double floor = BlindServersBound.Mean.Evaluate(new BoundArguments { ["lambda"] = load * servers, ["mean"] = 1, ["cv"] = 1, ["c"] = servers }).Number!.Value;
                double exact = MarkovianQueue.Means(load * servers, 1, servers).SojournS;
                floor.ShouldBeLessThanOrEqualTo(exact * (1 + 1e-12));
            }
        }
    }

    [Fact]
    public void FloorsAreNestedKnowingMoreNeverCostsMore()
    {
        for (int servers = 1; servers < 8; servers++)
        {
            for (double load = 0.1; load < 1; load += 0.2)
            {
                var given = new BoundArguments { ["lambda"] = load * servers, ["mean"] = 1, ["cv"] = 1, ["c"] = servers };
                double srpt = ShortestRemainingBound.Fitted.Evaluate(given).Number!.Value;
                double pooled = PooledMarkovianBound.Mean.Evaluate(new BoundArguments { ["lambda"] = load * servers, ["mean"] = 1, ["c"] = servers }).Number!.Value;
                double split = StaticSplitBound.Mean.Evaluate(new BoundArguments { ["lambda"] = load * servers, ["mean"] = 1, ["cv"] = 1, ["c"] = servers }).Number!.Value;
                srpt.ShouldBeLessThan(pooled);
                pooled.ShouldBeLessThanOrEqualTo(split * (1 + 1e-12));
            }
        }
    }

    [Fact]
    public void ServersForAMeanAreTheFewestThatReachIt()
    {
        double goal = 0.0045;
        double least = ShortestRemainingBound.Servers.Evaluate(new BoundArguments { ["lambda"] = 2000, ["mean"] = 0.0042, ["cv"] = 1.8, ["goal"] = goal }).Number!.Value;
        ServiceDistribution service = ServiceFit.ByCv(0.0042, 1.8);
        ShortestRemaining.MeanSojournS(2000, service, least).ShouldBeLessThanOrEqualTo(goal);
        least.ShouldBeGreaterThanOrEqualTo(9);
        (least == 9 || ShortestRemaining.MeanSojournS(2000, service, least - 1) > goal).ShouldBeTrue();
    }
}
