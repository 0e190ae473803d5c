using Headroom.Kernel.Randomness;
using Headroom.Simulation.Faults;
using Headroom.Simulation.Hosting;
using Headroom.Simulation.Networks;

namespace Headroom.Simulation.Tests.Hosting;

public class SimulationOptionsTests
{
    private static readonly NetworkOptions Plain = new() { Topology = Topology.Complete(3, 10) };

    public static TheoryData<string, NetworkOptions> ImpossibleNetworks() => new()
    {
        { "loss", Plain with { Loss = 1 } },
        { "no loss", Plain with { Loss = double.NaN } },
        { "duplication", Plain with { Duplication = -0.1 } },
        { "reordering without delay", Plain with { Reordering = 0.1 } },
        { "reordering in order", Plain with { Reordering = 0.1, ReorderDelayNs = 5, InOrder = true } },
        { "bandwidth", Plain with { BandwidthBps = 0 } },
        { "queue", Plain with { QueueBytesMax = 0 } },
        { "jitter", Plain with { Jitter = new Jitter(JitterShape.Uniform, -1) } },
        { "empirical jitter without values", Plain with { Jitter = new Jitter(JitterShape.Empirical, 5) } },
        { "bursts of less than one", Plain with { Bursts = new BurstLoss { Mean = 0.1, BurstMean = 0.5 } } },
        { "bursts without end", Plain with { Bursts = new BurstLoss { Mean = 0.9, BurstMean = 2 } } },
    };

    [Theory]
    [MemberData(nameof(ImpossibleNetworks))]
    public void AnImpossibleNetworkIsRefused(string what, NetworkOptions network) =>
        Should.Throw<ArgumentException>(() => new SimulationOptions { Network = network, Seed = new Seed(1) }.Validate(), what);

    [Fact]
    public void ImpossibleMembersFaultsAndClocksAreRefused()
    {
        var fine = new SimulationOptions { Network = Plain, Seed = new Seed(1) };
        fine.Validate();
        SimulationOptions[] impossible =
        [
            fine with { Faults = new FaultPlan([new Fault(0, FaultKind.Crash, 3)]) },
            fine with { Faults = new FaultPlan([new Fault(-1, FaultKind.Crash, 0)]) },
            fine with { Faults = new FaultPlan([new Fault(0, FaultKind.Cut, 1, 1)]) },
            fine with { Faults = new FaultPlan([new Fault(0, FaultKind.Partition)]) },
            fine with { Faults = new FaultPlan([new Fault(0, FaultKind.HealCore) { Sets = new MemberSets([[0, 5]]) }]) },
            fine with { Faults = new FaultPlan([new Fault(0, FaultKind.Loss) { Share = 1 }]) },
            fine with { Faults = new FaultPlan([new Fault(0, FaultKind.Clock, 0) { DriftPpb = -1_000_000_000 }]) },
            fine with { ClockOffsetsNs = [0] },
            fine with { ClockDriftsPpm = [0, 0, -1e6] },
            fine with { DeadPeerNoticeNs = -1 },
            fine with { Byzantine = [new ByzantineMember(3, null!)] },
        ];
        foreach (SimulationOptions options in impossible)
        {
            Should.Throw<ArgumentException>(options.Validate);
        }
    }
}
