using Headroom.Queueing.Models;

namespace Headroom.Queueing.Tests.Models;

public sealed class MarkovianQueueTests
{
    [Theory]
    [InlineData(0.5, 2)]
    [InlineData(0.9, 10)]
    [InlineData(0.999, 1000)]
    public void MM1DelayDivergesAsLoadApproachesOne(double load, double sojourn)
    {
        MarkovianQueue.Means(load, 1, 1).SojournS.ShouldBe(sojourn, 1e-9 * sojourn);
        MarkovianQueue.Means(1, 1, 1).ShouldBeOfType<QueueMeans.Unstable>().Utilisation.ShouldBe(1);
    }

    [Fact]
    public void LittlesLawHoldsInTheResult()
    {
        var steady = (QueueMeans.Steady)MarkovianQueue.Means(2.5, 1, 3);
        steady.MeanPresent.ShouldBe(2.5 * steady.MeanSojournS, 1e-12);
        steady.MeanWaiting.ShouldBe(steady.MeanPresent - 2.5, 1e-12);
    }

    [Fact]
    public void MM1SojournIsExponential()
    {
        MarkovianQueue.SojournTail(0.8, 1, 1, 3).ShouldBe(Math.Exp(-0.2 * 3), 1e-14);
        MarkovianQueue.SojournQuantileS(0.8, 1, 1, 0.99).ShouldBe(Math.Log(100) / 0.2, 1e-9);
    }

    [Theory]
    [InlineData(2.5, 3)]
    [InlineData(2.0, 3)]
    [InlineData(0.1, 40)]
    [InlineData(17.9, 18)]
    public void TheTailIntegratesToTheMean(double erlangs, int servers)
    {
        double mean = MarkovianQueue.Means(erlangs, 1, servers).SojournS;
        double step = 0.002;
        double sum = 0.5;
        for (int i = 1; i < 400_000 && MarkovianQueue.SojournTail(erlangs, 1, servers, i * step) > 1e-12; i++)
        {
            sum += MarkovianQueue.SojournTail(erlangs, 1, servers, i * step);
        }

        (sum * step).ShouldBe(mean, 1e-5 * mean);
    }
}
