using Headroom.Dissemination.Broadcasts;
using Headroom.Dissemination.Plumtree;
using Headroom.Kernel.Randomness;
using Headroom.Simulation.Faults;
using Headroom.Simulation.Hosting;
using Headroom.Simulation.Observation;

namespace Headroom.Dissemination.Tests.Plumtree;

/// <summary>A share of the members crashes in a settled tree; broadcasts follow, with and without notice that a peer is dead.</summary>
public class HealingTests
{
    private const int Members = 1000;
    private const int Broadcasts = 4;

    /// <summary>
    /// [leitao2007b, section 5]: told of the dead, the views mend themselves and later broadcasts reach everybody again, here after a fifth has died.
    /// The dead are noticed by sending to them: the first broadcast may still miss some.
    /// </summary>
    [Theory]
    [InlineData(0.05)]
    [InlineData(0.2)]
    public void ToldOfTheDeadTheOverlayHeals(double failures)
    {
        (int live, int[] delivered, double[] redundancy, PlumtreeTables tables) = Run(failures, noticeNs: 100_000_000);
        delivered[^1].ShouldBe(live);
        delivered[^2].ShouldBe(live);
        // Back to a tree: without loss no copy too many is left, or hardly one.
        redundancy[^1].ShouldBeInRange(0, 0.02);
        redundancy[^1].ShouldBeLessThan(redundancy[0]);
        tables.Membership.ShouldNotBeNull();
    }

    /// <summary>Half dead: some have no live neighbour left, send nothing, and so are never told.</summary>
    [Fact]
    public void OfHalfTheMembersNearlyAllFindTogetherAgain()
    {
        (int live, int[] delivered, _, _) = Run(0.5, noticeNs: 100_000_000);
        ((double)delivered[^1] / live).ShouldBeGreaterThan(0.96);
    }

    [Fact]
    public void UntoldItStillReachesWhomLiveNeighboursReach()
    {
        (int live, int[] delivered, _, _) = Run(0.2, noticeNs: null);
        foreach (int reached in delivered)
        {
            ((double)reached / live).ShouldBeGreaterThan(0.995);
        }
    }

    private static (int Live, int[] Delivered, double[] Redundancy, PlumtreeTables Tables) Run(double failures, long? noticeNs)
    {
        BroadcastSetting setting = Tests.Broadcasts.Settings.Complete(Members);
        var strategy = new PlumtreeStrategy();
        long settledNs = strategy.SettlingNs(setting);
        var seed = new Seed(61);
        PlumtreeTables tables = PlumtreeTables.Over(strategy.Views(setting), new PlumtreeOptions { FirstTimeoutNs = 225_000_000, NextTimeoutNs = 180_000_000 }, remembered: 2);
        var options = new SimulationOptions
        {
            Network = setting.Network,
            Seed = seed,
            DeadPeerNoticeNs = noticeNs,
            Faults = FaultPlan.CrashShare(Members, failures, settledNs, seed.Named("failures"), 0),
        };
        var host = new SimulationHost<PlumtreeProcess, BroadcastObserver>(options, _ => new PlumtreeProcess(tables), new BroadcastObserver(Members));
        foreach (long earlierNs in strategy.EarlierNs(setting))
        {
            host.Request(earlierNs, 0, -earlierNs, body: host.Bodies.AddBlank(2000));
        }

        host.Run(settledNs);
        var delivered = new int[Broadcasts];
        var redundancy = new double[Broadcasts];
        for (int i = 0; i < Broadcasts; i++)
        {
            host.Observer = new BroadcastObserver(Members);
            host.Request(host.NowNs + 1_000_000_000, 0, 1 + i, body: host.Bodies.AddBlank(2000));
            host.Run();
            delivered[i] = Enumerable.Range(0, Members).Count(m => !host.IsDown(m) && host.Observer.DeliveredNs[m] != BroadcastObserver.Never);
            redundancy[i] = ((double)host.Observer.PayloadCopiesReceived / (delivered[i] - 1)) - 1;
        }

        return (Enumerable.Range(0, Members).Count(m => !host.IsDown(m)), delivered, redundancy, tables);
    }
}
