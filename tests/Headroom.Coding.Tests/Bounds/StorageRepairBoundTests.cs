using Headroom.Coding.Bounds;
using Headroom.Kernel.Bounds;

namespace Headroom.Coding.Tests.Bounds;

public sealed class StorageRepairBoundTests
{
    public static TheoryData<int, int> Shapes => new() { { 1, 1 }, { 1, 3 }, { 2, 2 }, { 2, 3 }, { 5, 9 }, { 8, 9 }, { 8, 11 }, { 10, 13 }, { 6, 11 } };

    /// <summary>Against the cut itself: the sum over the k readers, searched by bisection.</summary>
    [Theory]
    [MemberData(nameof(Shapes))]
    public void BothFormsSolveTheCut(int k, int d)
    {
        IReadOnlyList<StorageRepairCorner> corners = StorageRepairBound.Corners(k, d);
        for (int i = 0; i <= 200; i++)
        {
            double stored = (1.0 / k) + ((corners[^1].Stored - (1.0 / k)) * i / 200);
            Received(k, d, stored).ShouldBe(Least(1e-9, 10, gamma => Cut(k, d, stored, gamma) >= 1 - 1e-13), 1e-9);
        }

        for (int i = 0; i <= 200; i++)
        {
            double received = corners[^1].Received + ((corners[0].Received - corners[^1].Received) * i / 200);
            Stored(k, d, received).Number!.Value.ShouldBe(Least(1e-9, 10, alpha => Cut(k, d, alpha, received) >= 1 - 1e-13), 1e-9);
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void EveryCornerLiesOnTheCurveFromMinimumStorageToMinimumRepair(int k, int d)
    {
        IReadOnlyList<StorageRepairCorner> corners = StorageRepairBound.Corners(k, d);
        corners.Count.ShouldBe(k);
        corners[0].Stored.ShouldBe(1.0 / k, 1e-12);
        (corners[0].Received / corners[0].Stored).ShouldBe(CutSetRepairBound.Reads.Evaluate(new BoundArguments { ["k"] = k, ["d"] = d }).Number!.Value, 1e-12);
        corners[^1].Stored.ShouldBe(corners[^1].Received, 1e-12);
        foreach ((StorageRepairCorner corner, int i) in corners.Select((corner, i) => (corner, i)))
        {
            Cut(k, d, corner.Stored, corner.Received).ShouldBe(1, 1e-12);
            Received(k, d, corner.Stored).ShouldBe(corner.Received, 1e-12);
            Stored(k, d, corner.Received).Number!.Value.ShouldBe(corner.Stored, 1e-12);
            if (i > 0)
            {
                corner.Stored.ShouldBeGreaterThan(corners[i - 1].Stored);
                corner.Received.ShouldBeLessThan(corners[i - 1].Received);
            }
        }
    }

    [Fact]
    public void BelowMinimumStorageOrMinimumRepairNothingWorks()
    {
        StorageRepairBound.Received.Evaluate(new BoundArguments { ["k"] = 5, ["d"] = 9, ["stored"] = 0.19 }).ShouldBe(BoundValue.Unlimited);
        Stored(5, 9, 0.25).ShouldBe(BoundValue.Unlimited);
        StorageRepairBound.Received.Evaluate(new BoundArguments { ["k"] = 5, ["d"] = 4, ["stored"] = 0.5 }).ShouldBeOfType<BoundValue.OutsideRegime>();
        StorageRepairBound.MinimumRepairOverhead.Evaluate(new BoundArguments { ["n"] = 9, ["k"] = 5, ["d"] = 9 }).ShouldBeOfType<BoundValue.OutsideRegime>();
    }

    private static double Received(int k, int d, double stored) =>
        StorageRepairBound.Received.Evaluate(new BoundArguments { ["k"] = k, ["d"] = d, ["stored"] = stored }).Number!.Value * stored;

    private static BoundValue Stored(int k, int d, double received) =>
        StorageRepairBound.Stored.Evaluate(new BoundArguments { ["k"] = k, ["d"] = d, ["received"] = received });

    private static double Cut(int k, int d, double stored, double received) => Enumerable.Range(0, k).Sum(i => Math.Min(stored, (d - i) * received / d));

    private static double Least(double fails, double holds, Func<double, bool> isEnough)
    {
        for (int i = 0; i < 100; i++)
        {
            double middle = (fails + holds) / 2;
            (fails, holds) = isEnough(middle) ? (fails, middle) : (middle, holds);
        }

        return holds;
    }
}
