using Headroom.Dissemination.Bounds;
using Headroom.Dissemination.Trees;
using Headroom.Kernel.Bounds;
using Headroom.Kernel.Randomness;
using Headroom.Tests;

namespace Headroom.Dissemination.Tests.Bounds;

public class DisseminationBoundsTests
{
    public static TheoryData<string> Ids => [.. DisseminationBounds.All.Select(b => b.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void EveryLegalArgumentHasAValue(string id) => ExtremeArguments.Problems(DisseminationBounds.All.Single(b => b.Id == id)).ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Ids))]
    public void WorkedExamplesAndAttainedInstancesAgree(string id)
    {
        Bound bound = DisseminationBounds.All.Single(b => b.Id == id);
        bound.Examples.ShouldNotBeEmpty();
        foreach (WorkedExample example in bound.Examples)
        {
            BoundValue value = bound.Evaluate(example.Arguments);
            if (example.Expected.Number is { } expected)
            {
                value.Number!.Value.ShouldBe(expected, Math.Abs(expected) * example.RelativeTolerance, example.Source);
            }
            else
            {
                value.ShouldBe(example.Expected, example.Source);
            }
        }

        if (bound.Attained is { } attained)
        {
            attained.Reached().ShouldBe(bound.Evaluate(attained.Arguments).Number!.Value, 1e-9, attained.Instance);
        }
    }

    [Theory]
    [InlineData(100_000, 5, 7)] // three rounds at fan-out 5 reach 216 members
    [InlineData(216, 5, 3)]
    [InlineData(217, 5, 4)]
    [InlineData(1, 5, 0)]
    public void RoundsAreCountedInWholeNumbers(double members, double fanout, double rounds) =>
        DisseminationBounds.Rounds.Evaluate(new BoundArguments { ["members"] = members, ["fanout"] = fanout }).Number.ShouldBe(rounds);

    [Fact]
    public void ThreeRoundsAtFanoutFiveReachTwoHundredAndSixteen() =>
        DisseminationBounds.ShareReached.Evaluate(new BoundArguments { ["members"] = 100_000, ["fanout"] = 5, ["rounds"] = 3 }).Number!.Value.ShouldBe(0.216, 1e-12);

    [Theory] // by exact rational arithmetic; three million are informed by the origin alone before the first relay counts
    [InlineData(3e6, 1.2999999)]
    [InlineData(1e9, 2.0044497)]
    public void ThePostalFloorHoldsWhereManyCopiesAreOnTheirWay(double members, double seconds) =>
        DisseminationBounds.PostalTime.Evaluate(new BoundArguments { ["members"] = members, ["latency"] = 1, ["serialisation"] = 1e-7 })
            .Number!.Value.ShouldBe(seconds, 1e-9);

    [Fact]
    public void ThePostalFloorIsWhenTheEarliestTreeEnds()
    {
        RandomStream random = new Seed(5).Stream();
        for (int i = 0; i < 200; i++)
        {
            int members = 2 + random.Below(300);
            int latency = random.Below(60);
            int serialisation = 1 + random.Below(30);
            BroadcastTree tree = BroadcastTrees.Earliest(members, 0, latency, serialisation, int.MaxValue);
            var arrivals = new long[members];
            long last = 0;
            // Parents come before children in the order of numbering.
            for (int v = 0; v < members; v++)
            {
                int sent = 0;
                foreach (int child in tree.Children(v))
                {
                    arrivals[child] = arrivals[v] + (++sent * serialisation) + latency;
                    last = Math.Max(last, arrivals[child]);
                }
            }

            double floor = DisseminationBounds.PostalTime.Evaluate(
                new BoundArguments { ["members"] = members, ["latency"] = latency, ["serialisation"] = serialisation }).Number!.Value;
            floor.ShouldBe(last, last * 1e-9, $"n {members} L {latency} s {serialisation}");
        }
    }
}
