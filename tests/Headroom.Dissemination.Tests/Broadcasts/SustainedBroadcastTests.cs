using Headroom.Dissemination.Broadcasts;
using Headroom.Kernel.Randomness;
using Headroom.Simulation.Networks;

namespace Headroom.Dissemination.Tests.Broadcasts;

public sealed class SustainedBroadcastTests
{
    private const int Members = 40;
    private const int PayloadBytes = 1000;

    private static SustainedOutcome Run(BroadcastStrategy strategy, double ratePerSecond, int broadcasts = 120, double loss = 0)
    {
        var setting = new BroadcastSetting
        {
            Network = new NetworkOptions { Topology = Topology.Complete(Members, 10_000_000), BandwidthBps = 10e6, Loss = loss },
            PayloadBytes = PayloadBytes,
            Remembered = broadcasts,
        };
        return strategy.Family(setting).On(new SustainedBroadcast(setting, broadcasts, (long)Math.Round(1e9 / ratePerSecond), new Seed(1), 0, null, default));
    }

    /// <summary>How long a line is busy with one copy: 1,000 B of payload, 10 B of head, 46 B of headers.</summary>
    private const double CopySeconds = 1056 * 8 / 10e6;

    [Theory]
    [InlineData(2, 0.5)]
    [InlineData(2, 0.98)]
    [InlineData(8, 0.9)]
    public void BelowTheRateOfItsLinesATreeKeepsUp(int arity, double load)
    {
        SustainedOutcome outcome = Run(new TreeStrategy(arity), load / (arity * CopySeconds));
        outcome.Growth().ShouldBe(0, 1e-6);
        outcome.Deliveries.ShouldAllBe(delivered => delivered == Members);
    }

    [Theory]
    [InlineData(2, 1.1)]
    [InlineData(8, 1.5)]
    public void AboveItEachBroadcastWaitsLongerByWhatTheLineCannotBear(int arity, double load) =>
        Run(new TreeStrategy(arity), load / (arity * CopySeconds)).Growth().ShouldBe(load - 1, 0.02 * load);

    [Fact]
    public void TheBusiestLineCarriesACopyForEachMember() =>
        Run(new FloodingStrategy(), 1, broadcasts: 10).BusiestLineBytes.ShouldBe(10 * (Members - 1) * 1056);

    [Fact]
    public void ABroadcastIsToldFromItsOwnBeginning()
    {
        SustainedOutcome outcome = Run(new TreeStrategy(Members - 1), 1, broadcasts: 9);
        outcome.LastDeliveryNs.ShouldAllBe(ns => ns == (long)Math.Round((((Members - 1) * CopySeconds) + 0.01) * 1e9));
        // The origin has it at once, the others a copy's time after each other.
        double mean = ((Members - 1) / (double)Members * 0.01) + (CopySeconds * (Members - 1) / 2);
        outcome.MeanDeliveryNs.ShouldAllBe(ns => Math.Abs(ns - (mean * 1e9)) < 1);
    }

    [Fact]
    public void FewBroadcastsTellNoGrowth() => Should.Throw<InvalidOperationException>(() => Run(new TreeStrategy(2), 1, broadcasts: 7).Growth());
}
