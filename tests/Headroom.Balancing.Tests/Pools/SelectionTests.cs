using Headroom.Balancing.Pools;
using Headroom.Kernel.Randomness;

namespace Headroom.Balancing.Tests.Pools;

public sealed class SelectionTests
{
    [Fact]
    public void EveryRankIsThatOfTheSortedValues()
    {
        RandomStream random = new Seed(5).Stream();
        for (int n = 1; n < 60; n++)
        {
            var values = new double[n];
            for (int i = 0; i < n; i++)
            {
                values[i] = random.Below(1 + (n / 2));
            }

            double[] sorted = [.. values.Order()];
            for (int rank = 0; rank < n; rank++)
            {
                Selection.Nth([.. values], rank).ShouldBe(sorted[rank]);
            }
        }
    }

    [Fact]
    public void TheHistogramCountsWhatIsAbove()
    {
        var histogram = new DelayHistogram();
        histogram.Add([1, 1, 1.5, 2, 4]);
        IReadOnlyList<(double TimeS, double Share)> survival = histogram.Survival();
        survival[0].ShouldBe((1, 1));
        survival[1].ShouldBe((1 + (1.0 / 32), 0.6));
        survival.First(p => p.TimeS >= 1.6).Share.ShouldBe(0.4);
        survival.First(p => p.TimeS >= 2.1).Share.ShouldBe(0.2);
        survival[^1].TimeS.ShouldBe(4);
    }
}
