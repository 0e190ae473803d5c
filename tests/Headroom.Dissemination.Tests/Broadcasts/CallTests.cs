using Headroom.Dissemination.Broadcasts;
using Headroom.Dissemination.Models;
using Headroom.Dissemination.Protocols;
using Headroom.Kernel.Randomness;
using Headroom.Kernel.Statistics;

namespace Headroom.Dissemination.Tests.Broadcasts;

public class CallTests
{
    [Fact]
    public void AMillionTakeSixteenRoundsOfPushPullBeforeTheLastFew()
    {
        // [karp2000]: log3 n + O(ln ln n); a run with a million took 16 rounds where doubling alone takes 20.
        const double Members = 1e6;
        SpreadCurve pushPull = new CallCourse(Members, Members, 1, 40, 40, 0, latency: 1).Curve;
        // The recursion counts a call as one round; here its answer comes a round after the question.
        pushPull.Missing.ToList().FindIndex(missing => missing * Members < 10).ShouldBeInRange(16, 17);
        pushPull.LastStep(Members).ShouldBe(17, 1);
        new CallCourse(Members, Members, 1, 0, 60, 0, latency: 1).Curve.LastStep(Members).ShouldBeInRange(20, 27);
    }

    [Theory]
    [InlineData(true, 1, 0)]
    [InlineData(true, 3, 0)]
    [InlineData(false, 1, 0)]
    [InlineData(false, 2, 0)]
    [InlineData(true, 1, 0.3)]
    [InlineData(false, 1, 0.3)]
    public void RunsInRoundsFollowTheRecursion(bool pushes, int calls, double loss)
    {
        const int Members = 1500;
        var strategy = new CallStrategy(pushes, calls, 40, pushes ? 40 : 0);
        BroadcastSetting setting = Settings.Complete(Members, inRounds: true, loss: loss);
        BroadcastPlan plan = strategy.Plan(setting);
        SpreadCurve course = new CallCourse(Members, Members, calls, pushes ? 40 : 0, 40, loss, latency: 1).Curve;
        var rounds = new Moments();
        var copies = new Moments();
        for (int trial = 0; trial < 6; trial++)
        {
            BroadcastOutcome outcome = plan(new Seed(5).At(trial));
            outcome.Delivered.ShouldBe(Members);
            rounds.Add(outcome.TimeToShare(1));
            copies.Add(outcome.PayloadCopies);
        }

        // 99.9 % interval, widened by half a round: the start's luck is corrected for to first order.
        Interval interval = rounds.MeanInterval(0.999);
        course.LastStep(Members).ShouldBeInRange(interval.Low - 0.5, interval.High + 0.5);
        // Each round more or less at the start shifts all copies by what everybody sends a round.
        double expected = strategy.Theory(BroadcastMetric.Payloads, setting)!.Value.Average;
        copies.Mean.ShouldBe(expected, (pushes ? 1.5 * calls * Members : 0.25 * Members) + 1);
    }

    [Fact]
    public void PushesEndInTime()
    {
        BroadcastSetting setting = Settings.Complete(2000, inRounds: true);
        var strategy = new CallStrategy(Pushes: true);
        BroadcastOutcome outcome = strategy.Plan(setting)(new Seed(2));
        outcome.Delivered.ShouldBe(2000);
        // A few copies each, where pushes to the end would cost one each round.
        ((double)outcome.PayloadCopies).ShouldBe(strategy.Theory(BroadcastMetric.Payloads, setting)!.Value.Average, 1500);
        outcome.PayloadCopies.ShouldBeLessThan(4 * 2000);
    }

    [Fact]
    public void PullWithoutFaultsCostsLittleMoreThanOneCopyEach()
    {
        BroadcastOutcome outcome = new CallStrategy(Pushes: false).Plan(Settings.Complete(1000, inRounds: true))(new Seed(1));
        outcome.Delivered.ShouldBe(1000);
        outcome.PayloadCopies.ShouldBeInRange(999, 2 * 999);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void FailuresAndLossAreOvercome(bool pushes)
    {
        BroadcastOutcome outcome = new CallStrategy(pushes, 2).Plan(Settings.Complete(1000, failures: 0.2, loss: 0.05))(new Seed(3));
        outcome.Delivered.ShouldBe(800);
    }

    [Fact]
    public void OutOfStepPullsReachAllToo()
    {
        BroadcastPlan plan = new CallStrategy(Pushes: false).Plan(Settings.Complete(300, failures: 0.05, loss: 0.01));
        for (int trial = 0; trial < 20; trial++)
        {
            plan(new Seed(8).At(trial)).ShareDelivered.ShouldBe(1);
        }
    }

    [Fact]
    public void MessagesAreTheCallsOfTheWatchAndTheAnswers()
    {
        BroadcastSetting setting = Settings.Complete(500, inRounds: true);
        var strategy = new CallStrategy(Pushes: false);
        BroadcastOutcome outcome = strategy.Plan(setting)(new Seed(1));
        double calls = strategy.Theory(BroadcastMetric.Messages, setting)!.Value.Best;
        outcome.Messages.ShouldBe((long)calls + outcome.PayloadCopies);
    }
}
