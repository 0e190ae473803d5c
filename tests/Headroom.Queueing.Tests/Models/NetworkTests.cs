using Headroom.Queueing.Models;

namespace Headroom.Queueing.Tests.Models;

public sealed class NetworkTests
{
    [Fact]
    public void JacksonNetworkOfFourStations()
    {
        double[,] routing = new double[4, 4];
        (routing[0, 1], routing[0, 2], routing[0, 3]) = (0.2, 0.56, 0.24);
        OpenNetworkMeans means = OpenNetwork.Means([8, 0, 6, 0], [1.0 / 14, 1.0 / 9, 1.0 / 17, 1.0 / 7], [1, 1, 1, 1], routing);
        OpenNetworkMeans.Steady steady = means.ShouldBeOfType<OpenNetworkMeans.Steady>();
        steady.MeanPresent.ShouldBe(3.5348642686, 5e-11);
        steady.MeanSojournS.ShouldBe(0.2524903049, 5e-11);
    }

    [Fact]
    public void FeedbackMultipliesTheTraffic()
    {
        OpenNetworkMeans means = OpenNetwork.Means([1], [0.25], [1], new double[,] { { 0.5 } });
        OpenNetworkMeans.Steady steady = means.ShouldBeOfType<OpenNetworkMeans.Steady>();
        steady.ThroughputPerS[0].ShouldBe(2, 1e-12);
        steady.MeanPresent.ShouldBe(1, 1e-12);
    }

    [Fact]
    public void OverloadAndEternalCirculationAreValues()
    {
        OpenNetwork.Means([5, 1], [1, 0.1], [1, 1], new double[2, 2]).ShouldBeOfType<OpenNetworkMeans.Unstable>().Stations.ShouldBe([0]);
        OpenNetwork.Means([1, 0], [0.1, 0.1], [1, 1], new double[,] { { 0, 1 }, { 1, 0 } }).ShouldBeOfType<OpenNetworkMeans.Unstable>().Stations.ShouldBeEmpty();
    }

    [Fact]
    public void ExactMeanValueAnalysisOfTwoClassesAndTwoStations()
    {
        ClosedNetworkMeans means = ClosedNetwork.Means(new double[,] { { 10, 5 }, { 5, 9 } }, [11, 7], [91, 92]);
        means.ThroughputPerS[0].ShouldBe(0.0691316978, 5e-11);
        means.ThroughputPerS[1].ShouldBe(0.0473215648, 5e-11);
        means.Present[0, 0].ShouldBe(3.5238340326, 5e-10);
        means.Present[1, 0].ShouldBe(1.3056463714, 5e-10);
        means.Present[0, 1].ShouldBe(1.1851814654, 5e-10);
        means.Present[1, 1].ShouldBe(1.3407696650, 5e-10);
    }

    [Fact]
    public void ClosedNetworkConservesItsClients()
    {
        ClosedNetworkMeans means = ClosedNetwork.Means(new double[,] { { 1, 2, 3 } }, [9], [4]);
        double present = means.Present[0, 0] + means.Present[0, 1] + means.Present[0, 2] + (means.ThroughputPerS[0] * 4);
        present.ShouldBe(9, 1e-12);
    }
}
