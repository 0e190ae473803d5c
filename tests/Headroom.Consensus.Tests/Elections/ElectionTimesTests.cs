using Headroom.Consensus.Elections;
using Headroom.Kernel.Randomness;
using Headroom.Kernel.Statistics;

namespace Headroom.Consensus.Tests.Elections;

public sealed class ElectionTimesTests
{
    [Fact]
    public void NoLeaderIsFoundBeforeHalfTheLeastTimeoutAndAWayThereAndBack()
    {
        double[] times = ElectionTimes.Run(new ElectionSetting { TimeoutMsMin = 100, TimeoutMsMax = 200, JitterMsMean = 0 }, 200, new Seed(4));
        times.Length.ShouldBe(200);
        // The heartbeat arrives after 5 ms; the crash was at most 50 ms after it was sent; a vote goes there and back in 10.
        times[0].ShouldBeGreaterThan(65 - 0.3);
        Quantiles.OfSorted(times, 0.5).ShouldBeInRange(100, 170);
    }

    [Fact]
    public void ANarrowRangeSplitsVotesAndACandidateThatCannotWinDelaysOthersOnlyIfTermsBeginTimeoutsAnew()
    {
        var wide = new ElectionSetting { TimeoutMsMin = 150, TimeoutMsMax = 300 };
        double median = Median(wide);
        Median(wide with { TimeoutMsMax = 151 }).ShouldBeGreaterThan(1.5 * median);
        Median(wide with { TermResetsTimeout = true }).ShouldBeGreaterThan(1.3 * median);

        static double Median(ElectionSetting setting) => Quantiles.OfSorted(ElectionTimes.Run(setting, 150, new Seed(5)), 0.5);
    }

    [Fact]
    public void TimesDoNotDependOnThreads()
    {
        var setting = new ElectionSetting { TimeoutMsMin = 50, TimeoutMsMax = 100 };
        ElectionTimes.Run(setting, 40, new Seed(6), threads: 1).ShouldBe(ElectionTimes.Run(setting, 40, new Seed(6), threads: 2));
    }
}
