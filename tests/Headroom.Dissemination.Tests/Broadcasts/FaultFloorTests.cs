using Headroom.Dissemination.Bounds;
using Headroom.Dissemination.Broadcasts;
using Headroom.Kernel.Bounds;
using Headroom.Kernel.Randomness;
using Headroom.Simulation.Faults;
using Headroom.Simulation.Networks;
using Headroom.Simulation.Observation;

namespace Headroom.Dissemination.Tests.Broadcasts;

/// <summary>Drawn fault plans: what must hold always, and what must hold once the core is healed.</summary>
public class FaultFloorTests
{
    private const int Members = 16;
    private const long LatencyNs = 10_000_000;
    private const long HealNs = 800_000_000;

    public static TheoryData<BroadcastStrategy> Strategies() => DeterminismTests.Strategies();

    [Theory]
    [MemberData(nameof(Strategies))]
    public void NoFaultPlanCrossesAFloor(BroadcastStrategy strategy)
    {
        BroadcastSetting setting = Setting(loss: 0.05);
        long startNs = strategy.SettlingNs(setting);
        long reached = 0;
        for (int i = 0; i < 12; i++)
        {
            FaultPlan plan = Plan(i, startNs);
            long[] at = [startNs, startNs + 300_000_000, startNs + HealNs];
            BroadcastsObserver seen = WatchedRun<BroadcastsObserver>.Of(strategy, setting, plan, new Seed(21).At(i), new BroadcastsObserver(Members), at, startNs + 3_000_000_000);
            foreach (BroadcastTally tally in seen.Tallies.Where(tally => tally.MembersDelivered > 0))
            {
                string what = $"{strategy}, plan {i}, body {tally.Body}";
                double copies = DisseminationBounds.Copies.Evaluate(new BoundArguments { ["delivered"] = tally.MembersDelivered }).Number!.Value;
                ((double)tally.PayloadCopiesReceived).ShouldBeGreaterThanOrEqualTo(copies, what);
                tally.PayloadCopies.ShouldBeGreaterThanOrEqualTo(tally.PayloadCopiesReceived, what);
                reached += tally.MembersDelivered;
                for (int member = 0; member < Members; member++)
                {
                    if (tally.DeliveredNs[member] is not BroadcastObserver.Never and { } deliveredNs)
                    {
                        deliveredNs.ShouldBeGreaterThanOrEqualTo(tally.FirstNs + (tally.Hops[member] * LatencyNs), what);
                    }
                }
            }
        }

        reached.ShouldBeGreaterThan(12 * 3 * 2);
    }

    [Fact]
    public void FloodingReachesTheWholeCoreOnceItIsHealed()
    {
        // Whatever befell them before: a broadcast by a member of the core after the healing reaches all of it, in spite of the links' own loss.
        int othersMissed = 0;
        for (int i = 0; i < 60; i++)
        {
            FaultPlan plan = Plan(i, 0);
            BroadcastsObserver seen = WatchedRun<BroadcastsObserver>.Of(new FloodingStrategy(), Setting(loss: 0.6), plan, new Seed(22).At(i), new BroadcastsObserver(Members), [HealNs]);
            BroadcastTally tally = seen.Of(1)!;
            plan.HealedAtNs.ShouldBe(HealNs);
            foreach (int member in plan.Core)
            {
                tally.DeliveredNs[member].ShouldBeInRange(HealNs, HealNs + (3 * LatencyNs), $"plan {i}, member {member}");
            }

            othersMissed += Members - tally.MembersDelivered;
        }

        othersMissed.ShouldBeGreaterThan(0);
    }

    private static FaultPlan Plan(int i, long startNs)
    {
        FaultPlan plan = SwarmFaults.Plan(Members, HealNs, new Seed(20).At(i), core: 0);
        return new FaultPlan([.. plan.Faults.Select(fault => fault with { TimeNs = fault.TimeNs + startNs })]);
    }

    private static BroadcastSetting Setting(double loss) => new()
    {
        Network = new NetworkOptions { Topology = Topology.Complete(Members, LatencyNs), Loss = loss, BandwidthBps = 1e9 },
        PayloadBytes = 500,
        Remembered = 8,
    };
}
