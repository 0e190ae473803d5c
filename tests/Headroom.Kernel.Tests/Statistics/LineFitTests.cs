using Headroom.Kernel.Statistics;

namespace Headroom.Kernel.Tests.Statistics;

public class LineFitTests
{
    /// <summary>The first of Anscombe's quartet (The American Statistician 27, 1973): 3.0001 + 0.5001 x, residual 1.237 on 9 degrees, slope's error 0.1179.</summary>
    [Fact]
    public void AnscombesFirstSetGivesItsLine()
    {
        double[] xs = [10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5];
        double[] ys = [8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68];
        LineFit fit = LineFit.Of(xs, ys);
        fit.Slope.ShouldBe(0.5001, 5e-5);
        fit.Intercept.ShouldBe(3.0001, 5e-5);
        fit.Residual.ShouldBe(1.237, 5e-4);
        // t(0.975, 9) = 2.2622.
        Interval slope = fit.SlopeInterval(0.95);
        (slope.High - slope.Low).ShouldBe(2 * 2.2622 * 0.1179, 2e-4);
        Interval mean = fit.PredictionInterval(9, 0.95);
        (mean.High - mean.Low).ShouldBe(2 * 2.2622 * 1.237 * Math.Sqrt(1 + (1.0 / 11)), 2e-3);
        Interval far = fit.PredictionInterval(100, 0.95);
        (far.High - far.Low).ShouldBeGreaterThan(10 * (slope.High - slope.Low));
    }

    [Fact]
    public void PointsOnALineLeaveNoDoubt()
    {
        LineFit fit = LineFit.Of([1, 2, 4], [3, 5, 9]);
        fit.At(10).ShouldBe(21, 1e-12);
        Interval interval = fit.PredictionInterval(10, 0.99);
        interval.Low.ShouldBe(21, 1e-9);
        interval.High.ShouldBe(21, 1e-9);
    }

    [Fact]
    public void NoLineIsGivenByTooLittle()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => LineFit.Of([1, 2], [3, 5]));
        Should.Throw<ArgumentException>(() => LineFit.Of([2, 2, 2], [3, 5, 7]));
    }
}
