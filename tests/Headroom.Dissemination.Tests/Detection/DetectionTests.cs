using Headroom.Dissemination.Detection;
using Headroom.Kernel.Arithmetic;
using Headroom.Kernel.Randomness;
using Headroom.Kernel.Statistics;
using Headroom.Simulation.Networks;

namespace Headroom.Dissemination.Tests.Detection;

public class DetectionTests
{
    private const long PeriodNs = 1_000_000_000;

    /// <summary>[das2002, section 3.1]: e/(e-1) = 1.582 periods until somebody notices, in the model of that analysis.</summary>
    [Fact]
    public void SwimNoticesACrashAfterEOverEMinusOnePeriods()
    {
        const int Members = 60;
        DetectionSetting setting = Setting(Members) with { InStep = true };
        var strategy = new SwimStrategy(3, 0) { AtRandom = true };
        var periods = new Moments();
        for (int trial = 0; trial < 400; trial++)
        {
            periods.Add(Math.Round((double)strategy.Plan(setting)(new Seed(51).At(trial)).FirstDetectedNs[0] / PeriodNs));
        }

        double expected = strategy.Theory(DetectionMetric.FirstDetection, setting)!.Value;
        (expected / (Math.E / (Math.E - 1))).ShouldBe(1, 0.01);
        Interval interval = periods.MeanInterval(0.999);
        expected.ShouldBeInRange(interval.Low, interval.High);
        periods.Mean.ShouldBe(1.582, 0.15);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void OutOfStepItTakesAPeriodToPingAndOneToMiss(bool atRandom)
    {
        DetectionSetting setting = Setting(50);
        var strategy = new SwimStrategy(3, 0) { AtRandom = atRandom };
        var seconds = new Moments();
        for (int trial = 0; trial < 200; trial++)
        {
            seconds.Add(strategy.Plan(setting)(new Seed(52).At(trial)).FirstDetectedNs[0] / 1e9);
        }

        Interval interval = seconds.MeanInterval(0.999);
        strategy.Theory(DetectionMetric.FirstDetection, setting)!.Value.ShouldBeInRange(interval.Low, interval.High);
    }

    /// <summary>The chance that a live member is declared dead in a period: (1 - q^2)(1 - q^4)^k, q what a message arrives with [das2002, section 3.1].</summary>
    [Theory]
    [InlineData(0.1, 1)]
    [InlineData(0.3, 2)]
    public void SwimErrsAsOftenAsTheFormulaSays(double loss, int proxies)
    {
        const int Members = 600;
        DetectionSetting setting = Setting(Members, loss) with { Crashes = 0, QuietPeriods = 0, WatchPeriods = 1, InStep = true };
        var strategy = new SwimStrategy(proxies, 0) { AtRandom = true };
        long mistakes = 0;
        const int Trials = 6;
        for (int trial = 0; trial < Trials; trial++)
        {
            // What is sent at the first tick is judged at the second, where the run ends before news of it spread.
            mistakes += strategy.Plan(setting)(new Seed(53).At(trial)).FalseDeclarations;
        }

        double q = 1 - loss;
        double expected = (1 - (q * q)) * Elementary.Power(1 - (q * q * q * q), proxies);
        strategy.Theory(DetectionMetric.Mistakes, setting)!.Value.ShouldBe(expected, 1e-12);
        Interval interval = Distributions.ProportionInterval(mistakes, Members * Trials, 0.999);
        expected.ShouldBeInRange(interval.Low, interval.High);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.05)]
    public void SwimsLoadIsTheSameHoweverMany(double loss)
    {
        foreach ((int members, int periods) in new[] { (20, 300), (300, 20) })
        {
            DetectionSetting setting = Setting(members, loss) with { Crashes = 0, QuietPeriods = periods, WatchPeriods = periods };
            var strategy = new SwimStrategy();
            DetectionOutcome outcome = strategy.Plan(setting)(new Seed(54));
            double theory = strategy.Theory(DetectionMetric.Messages, setting)!.Value;
            outcome.MessagesPerMemberPeriod.ShouldBe(theory, 0.05 * theory);
            outcome.FalselyDeclared.ShouldBe(0, "suspects live to say so");
        }
    }

    [Fact]
    public void EverybodyLearnsOfEveryCrash()
    {
        DetectionSetting setting = Setting(200, 0.02) with { Crashes = 10 };
        foreach (DetectionStrategy strategy in DetectionRegistry.All.SelectMany(entry => entry.Usual))
        {
            DetectionOutcome outcome = strategy.Plan(setting)(new Seed(55));
            outcome.FirstDetectedNs.Count.ShouldBe(10, strategy.Name);
            for (int i = 0; i < 10; i++)
            {
                outcome.FirstSuspectedNs[i].ShouldBeLessThanOrEqualTo(outcome.FirstDetectedNs[i], strategy.Name);
                outcome.AllKnowNs[i].ShouldBeInRange(outcome.FirstDetectedNs[i], 150 * PeriodNs, strategy.Name);
            }
        }
    }

    [Fact]
    public void HeartbeatsAreNoticedMissingWhenTheoryExpects()
    {
        DetectionSetting setting = Setting(100);
        var strategy = new HeartbeatStrategy(3);
        var first = new Moments();
        var all = new Moments();
        for (int trial = 0; trial < 60; trial++)
        {
            DetectionOutcome outcome = strategy.Plan(setting)(new Seed(56).At(trial));
            first.Add(outcome.FirstDetectedNs[0] / 1e9);
            all.Add(outcome.AllKnowNs[0] / 1e9);
        }

        // The first and the last of 99 observers lie a hundredth of a period inside the limits that theory gives.
        Interval early = first.MeanInterval(0.999);
        Interval late = all.MeanInterval(0.999);
        strategy.Theory(DetectionMetric.FirstDetection, setting)!.Value.ShouldBeInRange(early.Low - 0.02, early.High + 0.02);
        strategy.Theory(DetectionMetric.AllKnow, setting)!.Value.ShouldBeInRange(late.Low - 0.02, late.High + 0.02);
        strategy.Plan(setting)(new Seed(57)).MessagesPerMemberPeriod.ShouldBe(99, 2);
    }

    [Fact]
    public void TheSameSeedGivesTheSameRun()
    {
        DetectionSetting setting = Setting(80, 0.1) with { Crashes = 5 };
        foreach (DetectionStrategy strategy in DetectionRegistry.All.SelectMany(entry => entry.Usual))
        {
            DetectionOutcome one = strategy.Plan(setting)(new Seed(58));
            DetectionOutcome again = strategy.Plan(setting)(new Seed(58));
            again.WireBytes.ShouldBe(one.WireBytes);
            again.AllKnowNs.ShouldBe(one.AllKnowNs);
            again.Events.ShouldBe(one.Events);
        }
    }

    [Theory]
    [InlineData("swim", "swim(3,3)")]
    [InlineData("swim(2, 0)", "swim(2,0)")]
    [InlineData("heartbeat(5)", "heartbeat(5)")]
    [InlineData("gossip-heartbeat", "gossip-heartbeat")]
    public void StrategiesAreWrittenAsPeopleWriteThem(string written, string name)
    {
        DetectionRegistry.TryParse(written, out DetectionStrategy? strategy, out _).ShouldBeTrue();
        strategy!.Name.ShouldBe(name);
    }

    [Fact]
    public void APeriodTooShortForAnAnswerIsAProblem() =>
        new SwimStrategy().Problem(Setting(10) with { PeriodNs = 100_000_000 })!.ShouldContain("three round trips");

    internal static DetectionSetting Setting(int members, double loss = 0) => new()
    {
        Network = new NetworkOptions { Topology = Topology.Complete(members, 20_000_000), Jitter = new Jitter(JitterShape.Uniform, 5_000_000), Loss = loss, BandwidthBps = 1e8 },
        PeriodNs = PeriodNs,
    };
}
