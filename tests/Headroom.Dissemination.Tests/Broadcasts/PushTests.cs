using Headroom.Dissemination.Broadcasts;
using Headroom.Dissemination.Models;
using Headroom.Kernel.Randomness;
using Headroom.Kernel.Statistics;

namespace Headroom.Dissemination.Tests.Broadcasts;

public class PushTests
{
    private const int Members = 4000;

    [Theory]
    [InlineData(2, 0.7968)]
    [InlineData(3, 0.9405)]
    [InlineData(4, 0.9802)]
    [InlineData(5, 0.9930)]
    [InlineData(8, 0.9997)]
    public void InfectAndDieReachesItsShare(int fanout, double share)
    {
        InfectAndDie.ReachedShare(fanout).ShouldBe(share, 5e-5);
        BroadcastPlan plan = new PushStrategy(fanout).Plan(Settings.Complete(Members, inRounds: true));
        var reached = new Moments();
        for (int trial = 0; trial < 12; trial++)
        {
            BroadcastOutcome outcome = plan(new Seed(21).At(trial));
            // A broadcast that dies out at the start is the other solution of the fixed point, p = 0.
            if (outcome.Delivered > Members / 10)
            {
                reached.Add(outcome.ShareDelivered);
            }
        }

        // 99.9 % interval over the trials, widened by the 1/n by which a finite n differs from the limit.
        Interval interval = reached.MeanInterval(0.999);
        share.ShouldBeInRange(interval.Low - (2.0 / Members) - 5e-5, interval.High + (2.0 / Members) + 5e-5);
        reached.Count.ShouldBeGreaterThan(6);
    }

    [Theory]
    [InlineData(1000, 20, 16.9)]
    [InlineData(10_000, 5, 22.5)]
    public void PushTakesLog2PlusLnRounds(int members, int trials, double told)
    {
        double leading = PushRounds.Leading(members);
        leading.ShouldBe(told, 0.05);
        BroadcastPlan plan = new PushStrategy(1, 24).Plan(Settings.Complete(members, inRounds: true));
        var rounds = new Moments();
        for (int trial = 0; trial < trials; trial++)
        {
            rounds.Add(plan(new Seed(31).At(trial)).TimeToShare(1));
        }

        // The theorem leaves a bounded term; published means lie within one round of the leading terms. 99.9 % interval.
        Interval interval = rounds.MeanInterval(0.999);
        interval.Low.ShouldBeLessThan(leading + 1);
        interval.High.ShouldBeGreaterThan(leading - 1);
    }

    [Fact]
    public void APushWithoutAChanceStaysAtTheOrigin()
    {
        BroadcastOutcome alone = new PushStrategy(3).Plan(Settings.Complete(1))(new Seed(1));
        alone.Delivered.ShouldBe(1);
        alone.ShareDelivered.ShouldBe(1);
        alone.Messages.ShouldBe(0);
        double.IsPositiveInfinity(alone.CopiesPerDelivery).ShouldBeTrue();
    }
}
