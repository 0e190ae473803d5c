using Headroom.Queueing.Models;

namespace Headroom.Queueing.Tests.Models;

public sealed class HeadOfLinePriorityTests
{
    [Fact]
    public void TheUrgentFifthStaysTwoAndTheRestSix()
    {
        QueueMeans[] means = HeadOfLinePriority.Means([0.2, 0.6], [1, 1], [1, 1]);
        means[0].SojournS.ShouldBe(2.0, 1e-12);
        means[1].SojournS.ShouldBe(6.0, 1e-12);
    }

    [Fact]
    public void PriorityOnlyMovesTheWaitKleinrocksConservationLaw()
    {
        double[] rates = [0.1, 0.3, 0.4];
        double[] sizes = [1.5, 1, 0.5];
        double[] cvs = [0.5, 1, 2];
        static double LoadedWait(QueueMeans[] means, double[] rates, double[] sizes) =>
            means.Select((m, i) => rates[i] * sizes[i] * ((QueueMeans.Steady)m).MeanWaitS).Sum();
        double forward = LoadedWait(HeadOfLinePriority.Means(rates, sizes, cvs), rates, sizes);
        Array.Reverse(rates);
        Array.Reverse(sizes);
        Array.Reverse(cvs);
        LoadedWait(HeadOfLinePriority.Means(rates, sizes, cvs), rates, sizes).ShouldBe(forward, 1e-12);
    }

    [Fact]
    public void OverloadByTheLowerClassLeavesTheUrgentOneSteady()
    {
        QueueMeans[] means = HeadOfLinePriority.Means([0.2, 5], [1, 1], [1, 1]);
        // The server is always busy with exponential jobs: the residual is 1, W = 1/(1 - 0.2).
        means[0].SojournS.ShouldBe(1 + (1 / 0.8), 1e-12);
        means[1].ShouldBeOfType<QueueMeans.Unstable>();
    }
}
