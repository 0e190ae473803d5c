using Headroom.Coding.Durability;
using Headroom.Coding.Erasure;
using Headroom.Coding.Models;
using Headroom.Kernel.Arithmetic;
using Headroom.Kernel.Randomness;
using Headroom.Kernel.Statistics;
using Xunit.Abstractions;

namespace Headroom.Coding.Tests.Durability;

/// <summary>How often an interval of 95 % holds an answer that is known.</summary>
public sealed class RareLossIntervalTests(ITestOutputHelper output)
{
    private const double Confidence = 0.95;

    /// <summary>
    /// Two copies, one in each of two racks, so many stripes that any two nodes of different racks share one, and a fixed time R of repair: data are lost when failures in both racks come within R. They come
    /// at a rate L in each, of its nodes and of itself, so that the loss of a year is 1 - exp(-2 L^2 R year), but for terms of the order of L R = 5e-5.
    /// A rack that fails beside what is lost already makes a third of all losses and does so in one repair of sixty thousand: unless that is drawn more often, intervals hold the answer two times in three.
    /// </summary>
    [Fact]
    public void IntervalsHoldAKnownAnswerAsOftenAsTheySay()
    {
        const double RepairSeconds = 1000;
        StorageCodes.TryParse("replication(2)", out ErasureCode? code, out _).ShouldBeTrue();
        var system = new StorageSystem
        {
            Nodes = 100,
            NodeMttfSeconds = 50 * DurabilityModel.YearSeconds,
            DetectSeconds = 0,
            StatedRepairSeconds = RepairSeconds,
            BandwidthBytesPerSecond = 1e9,
            DataBytes = 1e15,
            ShardBytes = 1e8,
            Domains = [new("racks", 2, 2 * DurabilityModel.YearSeconds)],
        };
        const double PerYear = (50 / 50.0) + (1 / 2.0);
        double truth = -Elementary.ExpM1(-2 * PerYear * PerYear * RepairSeconds / DurabilityModel.YearSeconds);
        var trials = new RareLossTrials(system, CodeShape.Of(code!), DurabilityModel.YearSeconds, new Seed(21));
        const int Estimates = 400;
        const int Each = 24;
        int held = 0;
        var all = new Moments();
        for (int estimate = 0; estimate < Estimates; estimate++)
        {
            var moments = new Moments();
            for (int i = 0; i < Each; i++)
            {
                moments.Add(trials.Trial((estimate * Each) + i));
            }

            all.Merge(moments);
            held += RareLoss.Of(moments, Confidence).Interval.Contains(truth) ? 1 : 0;
        }

        output.WriteLine($"{held} of {Estimates} hold {truth:g4}; all together {RareLoss.Of(all, 0.9999).Interval}, a deviation of {all.StandardDeviation / all.Mean:g3} means");
        RareLoss.Of(all, 0.9999).Interval.Contains(truth).ShouldBeTrue($"{all.Mean} is not {truth}");
        ((double)held / Estimates).ShouldBeInRange(0.90, 0.99, "four standard errors about 94 %");
    }

    /// <summary>Values as skewed as those of trials (exponential; a deviation of one mean), few of them: within two of a hundred as often as it says, and oftener than Student's interval of the mean.</summary>
    [Theory]
    [InlineData(12)]
    [InlineData(24)]
    [InlineData(64)]
    public void TheIntervalHoldsTheMeanOfSkewedValues(int trials)
    {
        RandomStream random = new Seed(22).Stream();
        const int Estimates = 20_000;
        int held = 0;
        int student = 0;
        for (int estimate = 0; estimate < Estimates; estimate++)
        {
            var moments = new Moments();
            for (int i = 0; i < trials; i++)
            {
                moments.Add(random.Exponential(1));
            }

            held += RareLoss.Of(moments, Confidence).Interval.Contains(1) ? 1 : 0;
            student += moments.MeanInterval(Confidence).Contains(1) ? 1 : 0;
        }

        output.WriteLine($"{trials} trials: {100.0 * held / Estimates:f1} %, Student's {100.0 * student / Estimates:f1} %");
        ((double)held / Estimates).ShouldBeInRange(Confidence - 0.02, Confidence + 0.01);
        held.ShouldBeGreaterThan(student);
    }

    /// <summary>Trials that saw nothing say nothing, and the interval of others is above zero.</summary>
    [Fact]
    public void AnIntervalIsNeverBelowZero()
    {
        RareLoss.Of(Moments.Of([0, 0, 0]), Confidence).Interval.ShouldBe(new Interval(0, 0));
        RareLoss one = RareLoss.Of(Moments.Of([0, 0, 0, 1e-9]), Confidence);
        one.Interval.Low.ShouldBeGreaterThan(0);
        one.Interval.Contains(one.Mean).ShouldBeTrue();
        one.At(0.99).Width.ShouldBeGreaterThan(one.Interval.Width);
        Should.Throw<ArgumentOutOfRangeException>(() => RareLoss.Of(Moments.Of([1]), Confidence));
    }
}
