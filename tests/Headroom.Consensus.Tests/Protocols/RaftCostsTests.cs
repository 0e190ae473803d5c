using Headroom.Consensus.Groups;
using Headroom.Consensus.KeyValue;
using Headroom.Consensus.Raft;
using Headroom.Consensus.Raft.Hosting;
using Headroom.Consensus.Raft.Membership;
using Headroom.Kernel.Randomness;
using Headroom.Simulation.Faults;
using Headroom.Simulation.Hosting;
using Headroom.Simulation.Networks;
using Headroom.Simulation.Observation;

namespace Headroom.Consensus.Tests.Protocols;

/// <summary>What the record says that a write costs, counted in runs without faults.</summary>
public sealed class RaftCostsTests
{
    [Theory]
    [InlineData(3, true)]
    [InlineData(5, true)]
    [InlineData(5, false)]
    [InlineData(7, false)]
    public void AWriteTakesFourMessagesAFollowerOrTwoWhereTheCommitRidesAlong(int members, bool sendsCommitAtOnce)
    {
        const int Commands = 400;
        long with = Messages(members, sendsCommitAtOnce, Commands, out int answered);
        answered.ShouldBe(Commands);
        // Two more each between client and leader; what is sent without commands is taken off. (A heartbeat that meets a command on its way costs a message more.)
        double each = (double)(with - Messages(members, sendsCommitAtOnce, 1, out _)) / (Commands - 1);
        each.ShouldBe(((sendsCommitAtOnce ? 4 : 2) * (members - 1)) + 2, 0.3);
    }

    /// <summary>In four seconds: an election, heartbeats, and one client's puts, one after the other.</summary>
    private static long Messages(int members, bool sendsCommitAtOnce, int commands, out int answered)
    {
        var group = new RaftGroup
        {
            Options = new RaftOptions { ElectionTicks = 6, HeartbeatTicks = 2, SendsCommitAtOnce = sendsCommitAtOnce },
            Founding = new Configuration { Voters = IdSet.Of(Enumerable.Range(1, members)) },
            Machine = () => new KeyValueMachine(),
        };
        var client = new KeyValueClient(new KeyValueClientOptions
        {
            Servers = members,
            Operations = commands,
            Keys = 1,
            StartNs = 1_500_000_000,
            PeriodNs = 5_000_000,
            TimeoutNs = 500_000_000,
            GetsPercent = 0,
            PutsPercent = 100,
        }, members);
        var options = new SimulationOptions { Network = new NetworkOptions { Topology = Topology.Complete(members + 1, 500_000) }, Seed = new Seed(1) };
        var host = new SimulationHost<GroupMember, Counter>(options, member => member < members
            ? new GroupMember(new RaftServer(group, member)) : new GroupMember(client), default);
        host.Run(4_000_000_000);
        answered = client.Calls.Count(call => !call.IsPending);
        return host.Observer.Count;
    }

    private struct Counter : IObserver
    {
        public long Count { get; private set; }

        public readonly int Composed(int member, ReadOnlySpan<byte> head, int body, int bodyBytes) => 0;

        public void Sent(int from, int to, int body, int tag, long wireBytes, DropCause drop, long nowNs) => Count++;

        public readonly void Received(int from, int to, int body, int tag, long wireBytes, long nowNs)
        {
        }

        public readonly void Dropped(int from, int to, int body, int tag, long wireBytes, DropCause cause, long nowNs)
        {
        }

        public readonly void Delivered(int member, int body, long nowNs)
        {
        }

        public readonly void Replied(int member, long request, ReadOnlySpan<byte> head, int body, long nowNs)
        {
        }

        public readonly void Struck(in Fault fault)
        {
        }
    }
}
