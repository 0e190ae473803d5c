using Headroom.Kernel.Randomness;
using Headroom.Lab.Maelstrom.Networks;

namespace Headroom.Lab.Tests.Maelstrom.Networks;

public sealed class LatencyDistributionTests
{
    [Theory]
    [InlineData(LatencyShape.Constant, 0)]
    [InlineData(LatencyShape.Uniform, 0.57735)] // standard deviation over mean: 1/sqrt 3
    [InlineData(LatencyShape.Exponential, 1)]
    public void TheMeanIsWhatWasAskedAndTheSpreadThatOfItsShape(LatencyShape shape, double relativeDeviation)
    {
        const int draws = 40_000;
        var latency = new LatencyDistribution(shape, 100_000_000);
        RandomStream random = new Seed(7).Named("latency").Stream();
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < draws; i++)
        {
            long drawn = latency.DrawNs(ref random);
            drawn.ShouldBeGreaterThanOrEqualTo(latency.MinimumNs);
            sum += drawn / 1e8;
            squares += drawn / 1e8 * (drawn / 1e8);
        }

        double mean = sum / draws;
        // Five standard errors: 1 - 6e-7 for a fixed seed.
        mean.ShouldBe(1, (5 * relativeDeviation / Math.Sqrt(draws)) + 1e-6);
        Math.Sqrt(Math.Max(0, (squares / draws) - (mean * mean))).ShouldBe(relativeDeviation, 0.03);
    }
}
