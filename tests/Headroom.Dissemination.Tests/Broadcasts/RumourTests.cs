using Headroom.Dissemination.Broadcasts;
using Headroom.Dissemination.Models;
using Headroom.Dissemination.Protocols;
using Headroom.Dissemination.Rumours;
using Headroom.Kernel.Randomness;
using Headroom.Kernel.Statistics;

namespace Headroom.Dissemination.Tests.Broadcasts;

/// <summary>The tables of Demers et al. 1987, section 1.4, on 1,000 sites, and the residues of their differential equations.</summary>
public class RumourTests
{
    [Theory]
    [InlineData(1, 0.2032)]
    [InlineData(2, 0.0595)]
    [InlineData(3, 0.0198)]
    [InlineData(4, 0.0070)]
    [InlineData(5, 0.0025)]
    public void FeedbackCoinLeavesItsResidue(int k, double residue)
    {
        RumourResidue.Feedback(k).ShouldBe(residue, 5e-5);
        (Moments missed, _) = Run(Interest.FeedbackCoin, k, 2500, 10, leastShare: 0.1);
        // 99.9 % interval; the equations describe many members whose pushes never coincide: 3 % of the members and of the residue are allowed for cycles.
        Interval interval = missed.MeanInterval(0.999);
        residue.ShouldBeInRange((interval.Low * 0.97) - 0.001, (interval.High * 1.2) + 0.001);
    }

    [Theory]
    [InlineData(1, 0.18, 1.7)]
    [InlineData(2, 0.037, 3.3)]
    [InlineData(3, 0.011, 4.5)]
    public void FeedbackCounterLeavesWhatTableOneTells(int k, double residue, double traffic)
    {
        (Moments missed, Moments pushes) = Run(Interest.FeedbackCounter, k, 1000, 40);
        Interval interval = missed.MeanInterval(0.999);
        residue.ShouldBeInRange(interval.Low - (0.06 * residue), interval.High + (0.06 * residue)); // two digits are printed
        traffic.ShouldBe(pushes.Mean, 0.1);
    }

    [Theory]
    [InlineData(1, 0.96, 0.04)]
    [InlineData(2, 0.20, 1.6)]
    [InlineData(3, 0.060, 2.8)]
    [InlineData(4, 0.021, 3.9)]
    public void BlindCoinLeavesWhatTableTwoTells(int k, double residue, double traffic)
    {
        RumourResidue.Blind(k, 1000).ShouldBe(residue, 0.006);
        (Moments missed, Moments pushes) = Run(Interest.BlindCoin, k, 1000, 40);
        Interval interval = missed.MeanInterval(0.999);
        residue.ShouldBeInRange(interval.Low - (0.05 * residue), interval.High + (0.05 * residue));
        traffic.ShouldBe(pushes.Mean, 0.1);
    }

    [Theory]
    [InlineData(Interest.FeedbackCoin, 2, 0.05, 0.1)]
    [InlineData(Interest.FeedbackCounter, 2, 0, 0)]
    [InlineData(Interest.FeedbackCounter, 3, 0.1, 0.2)]
    [InlineData(Interest.BlindCoin, 4, 0.1, 0)]
    [InlineData(Interest.BlindCounter, 4, 0, 0.2)]
    public void RunsFollowTheMeanField(Interest interest, int k, double loss, double failures)
    {
        var strategy = new RumourStrategy(interest, k);
        BroadcastSetting setting = Settings.Complete(2000, inRounds: true, failures: failures, loss: loss);
        BroadcastPlan plan = strategy.Plan(setting);
        var delivered = new Moments();
        var messages = new Moments();
        for (int trial = 0; trial < 16; trial++)
        {
            BroadcastOutcome outcome = plan(new Seed(43).At(trial));
            delivered.Add(outcome.ShareDelivered);
            messages.Add(outcome.Messages);
            ((double)outcome.PayloadCopies).ShouldBeLessThanOrEqualTo(strategy.Theory(BroadcastMetric.Payloads, setting)!.Value.Worst);
        }

        // 99.9 % interval, and one per cent for what is no mean field: a start from one member.
        Interval share = delivered.MeanInterval(0.999);
        strategy.Theory(BroadcastMetric.Delivered, setting)!.Value.Average.ShouldBeInRange(share.Low - 0.01, share.High + 0.01);
        Interval sent = messages.MeanInterval(0.999);
        strategy.Theory(BroadcastMetric.Messages, setting)!.Value.Average.ShouldBeInRange(sent.Low * 0.99, sent.High * 1.01);
    }

    [Fact]
    public void ABlindCounterPushesExactlyKTimesEach()
    {
        BroadcastOutcome outcome = new RumourStrategy(Interest.BlindCounter, 3).Plan(Settings.Complete(500, loss: 0.1))(new Seed(2));
        outcome.PayloadCopies.ShouldBe(3L * outcome.Delivered);
        outcome.Messages.ShouldBe(outcome.PayloadCopies);
    }

    [Fact]
    public void WhereNobodyAnswersInterestEndsAllTheSame()
    {
        BroadcastOutcome outcome = new RumourStrategy(Interest.FeedbackCounter, 2).Plan(Settings.Complete(64, failures: 0.99))(new Seed(2));
        outcome.Live.ShouldBe(1);
        outcome.PayloadCopies.ShouldBe(RumourOptions.PushesFor(64, 2));
    }

    private static (Moments Missed, Moments Pushes) Run(Interest interest, int k, int members, int trials, double leastShare = 0)
    {
        BroadcastPlan plan = new RumourStrategy(interest, k).Plan(Settings.Complete(members, inRounds: true));
        var missed = new Moments();
        var pushes = new Moments();
        for (int trial = 0; trial < trials; trial++)
        {
            BroadcastOutcome outcome = plan(new Seed(41).At(trial));
            if (outcome.ShareDelivered >= leastShare)
            {
                missed.Add(1 - ((double)outcome.Delivered / members));
                pushes.Add((double)outcome.PayloadCopies / members);
            }
        }

        missed.Count.ShouldBeGreaterThan(trials / 2);
        return (missed, pushes);
    }
}
