using Headroom.Queueing.Models;

namespace Headroom.Queueing.Tests.Models;

public sealed class GeneralServiceTests
{
    [Fact]
    public void ExponentialServiceMakesPollaczekKhinchineTheMM1Queue() =>
        PollaczekKhinchine.Means(0.7, 1, 1).SojournS.ShouldBe(MarkovianQueue.Means(0.7, 1, 1).SojournS, 1e-12);

    [Fact]
    public void DeterministicServiceHalvesTheWait()
    {
        var regular = (QueueMeans.Steady)PollaczekKhinchine.Means(0.7, 1, 0);
        var random = (QueueMeans.Steady)PollaczekKhinchine.Means(0.7, 1, 1);
        regular.MeanWaitS.ShouldBe(random.MeanWaitS / 2, 1e-12);
    }

    [Fact]
    public void LeeLongtonIsExactForOneServerAndForExponentialService()
    {
        LeeLongton.Means(0.7, 1, 2, 1).SojournS.ShouldBe(PollaczekKhinchine.Means(0.7, 1, 2).SojournS, 1e-12);
        LeeLongton.Means(2, 1, 1, 3).SojournS.ShouldBe(13.0 / 9, 1e-12);
    }

    [Fact]
    public void AllenCunneenWithPoissonArrivalsIsLeeLongton() =>
        AllenCunneen.Means(2, 1, 1, 1.8, 3).SojournS.ShouldBe(LeeLongton.Means(2, 1, 1.8, 3).SojournS, 1e-12);

    [Fact]
    public void OverloadIsAValueInEveryModel()
    {
        PollaczekKhinchine.Means(2, 1, 1).SojournS.ShouldBe(double.PositiveInfinity);
        LeeLongton.Means(4, 1, 1, 3).ShouldBeOfType<QueueMeans.Unstable>().Utilisation.ShouldBe(4.0 / 3, 1e-12);
        AllenCunneen.Means(4, 1, 1, 1, 3).ShouldBeOfType<QueueMeans.Unstable>();
    }
}
