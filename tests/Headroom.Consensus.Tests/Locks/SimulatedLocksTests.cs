using Headroom.Consensus.Agreements;
using Headroom.Consensus.Locks;
using Headroom.Consensus.Raft;
using Headroom.Kernel.Randomness;
using Headroom.Kernel.Statistics;
using Headroom.Simulation.Networks;

namespace Headroom.Consensus.Tests.Locks;

public sealed class SimulatedLocksTests
{
    private const long MsNs = 1_000_000;
    private static readonly RaftStrategy Raft = new(ReadMode.Lease);

    [Fact]
    public void AFreeLockCostsFourDelaysToTakeAndFourToGiveBack()
    {
        LockOutcome outcome = SimulatedLocks.Run(Raft, Setting(clients: 1), Load() with { Acquisitions = 20, RatePerSecond = 1 }, new Seed(1));
        outcome.Grants.Count.ShouldBe(20);
        Quantiles.OfSorted(outcome.AcquireSeconds(), 0.5).ShouldBe(0.004, 1e-6);
        Quantiles.OfSorted(outcome.ReleaseSeconds(), 0.5).ShouldBe(0.004, 1e-6);
        outcome.DoubleHolders.ShouldBe(0);
    }

    [Theory]
    [InlineData(30)]
    // Longer than a lease: it is renewed.
    [InlineData(250)]
    public void ManyWantOneLockAndNeverTwoHaveIt(int holdMs)
    {
        LockLoad load = Load() with { Acquisitions = 60, RatePerSecond = 2000.0 / holdMs, HoldNs = holdMs * MsNs, Locks = 1 };
        AgreementSetting setting = Setting(clients: 8) with { Network = new NetworkOptions { Topology = Topology.Complete(1, 0), Jitter = new Jitter(JitterShape.Exponential, 2 * MsNs), Loss = 0.02 } };
        for (int trial = 0; trial < 3; trial++)
        {
            LockOutcome outcome = SimulatedLocks.Run(Raft, setting, load, new Seed(2).At(trial));
            outcome.DoubleHolders.ShouldBe(0);
            outcome.Grants.Count(grant => grant.GrantedNs != LockGrant.Never).ShouldBeGreaterThan(8);
            // Who has no patience to wait for a lease's end shares it with its holder, and the run says so.
            SimulatedLocks.Run(Raft, setting, load with { PatienceNs = 5 * MsNs }, new Seed(2).At(trial)).DoubleHolders.ShouldBeGreaterThan(0);
        }
    }

    [Fact]
    public void AfterAHoldersCrashItsLeaseRunsOutFirst()
    {
        LockLoad load = Load() with { LeaseNs = 400 * MsNs };
        for (int trial = 0; trial < 20; trial++)
        {
            // Renewed every half lease and a few delays: what is left at the crash is between half of it and all; who waits may have seen the mark a poll and a read later.
            SimulatedLocks.HandoverSeconds(Raft, Setting(clients: 2), load, new Seed(3).At(trial)).ShouldBeInRange(0.19, 0.4 + 0.02 + 0.012);
        }
    }

    [Fact]
    public void RegistersAndLogsOfRecordsCannotLock()
    {
        SimulatedLocks.Problem(new RegisterStrategy(null, null), Setting(1))!.ShouldContain("consensus number 1");
        SimulatedLocks.Problem(InSyncStrategy.Later, Setting(1))!.ShouldContain("compare-and-set");
        SimulatedLocks.Problem(Raft, Setting(1)).ShouldBeNull();
        Should.Throw<ArgumentException>(() => SimulatedLocks.Run(new RegisterStrategy(null, null), Setting(1), Load(), new Seed(1)));
    }

    [Fact]
    public void GrantsThatOverlapAreCountedByLock()
    {
        LockGrant[] grants = [new(0, 0, 10, 20, 21), new(0, 0, 20, 30, 31), new(0, 0, 29, 40, 41), new(1, 0, 15, 60, 61), new(0, 0, LockGrant.Never, LockGrant.Never, LockGrant.Never)];
        new LockOutcome(grants, 0, 0, new long[1, 1]).DoubleHolders.ShouldBe(1);
    }

    private static LockLoad Load() => new() { Acquisitions = 20, RatePerSecond = 10, HoldNs = 30 * MsNs, LeaseNs = 200 * MsNs, PollNs = 20 * MsNs };

    private static AgreementSetting Setting(int clients) => new()
    {
        Places = AgreementPlaces.Uniform(3, clients, MsNs),
        Network = new NetworkOptions { Topology = Topology.Complete(1, 0) },
        Load = new AgreementLoad { Operations = 1, RatePerSecond = 1, ReadsPercent = 0, ValueBytes = 1 },
        DurabilityNs = 0,
    };
}
