using Headroom.Consensus.Groups;
using Headroom.Consensus.InSync;
using Headroom.Kernel.Randomness;
using Headroom.Simulation.Faults;
using Headroom.Simulation.Hosting;
using Headroom.Simulation.Networks;
using Headroom.Simulation.Observation;

namespace Headroom.Consensus.Tests.InSync;

public sealed class InSyncConsumerTests
{
    private const int Replicas = 3;

    [Fact]
    public void NoConsumerIsGivenWhatMayYetBeLost()
    {
        // Both followers are gone and still in sync: what the leader acknowledges by itself from then on stays above the watermark.
        (InSyncReplica leader, InSyncConsumer consumer) = Run("at 2 s crash 1\nat 2 s crash 2", 8_000_000_000);
        leader.Log.EndOffset.ShouldBeInRange(60, 75);
        leader.Watermark.ShouldBeInRange(7, 13);
        consumer.IsDone.ShouldBeTrue();
        consumer.Consumed.ShouldBeInRange(1, 40 * leader.Watermark);
        consumer.OffsetMax.ShouldBe(leader.Watermark);
    }

    [Fact]
    public void AConsumerFindsTheNextLeader()
    {
        (_, InSyncConsumer consumer) = Run("at 3 s crash 0", 40_000_000_000);
        consumer.IsDone.ShouldBeTrue();
        consumer.Call(consumer.CallCount - 1).LatencyNs.ShouldBeInRange(1, GroupCall.Never - 1);
        Enumerable.Range(0, consumer.CallCount).Max(i => consumer.Call(i).LatencyNs).ShouldBeInRange(5_000_000_000, 15_000_000_000, "a session's end");
    }

    private static (InSyncReplica Leader, InSyncConsumer Consumer) Run(string faults, long untilNs)
    {
        var options = new InSyncOptions { Replicas = Replicas };
        var replicas = new InSyncReplica[Replicas];
        var consumer = new InSyncConsumer(new ConsumerOptions { Replicas = Replicas, Fetches = 40, PeriodNs = 150_000_000, LoadNs = 1_100_000_000, FetchBytes = 1 << 19, TimeoutNs = 500_000_000 });
        var producer = new InSyncProducer(new ProducerOptions { Replicas = Replicas, Records = 500, PeriodNs = 100_000_000, StartNs = 1_000_000_000, Acks = Acknowledgement.Leader, TimeoutNs = 500_000_000 }, Replicas + 1);
        var simulation = new SimulationOptions
        {
            Network = new NetworkOptions { Topology = Topology.Complete(Replicas + 3, 1_000_000) },
            Seed = new Seed(1).Named("consumer"),
            Faults = FaultPlan.Parse(faults, Replicas + 3),
        };
        var host = new SimulationHost<GroupMember, NoObserver>(simulation, member => new GroupMember(
            member < Replicas ? replicas[member] = new InSyncReplica(options, member) : member == Replicas ? new PartitionRegistrar(options) : member == Replicas + 1 ? producer : consumer), default);
        host.Run(untilNs);
        return (replicas[0], consumer);
    }
}
