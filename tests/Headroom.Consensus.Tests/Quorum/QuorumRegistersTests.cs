using Headroom.Consensus.Groups;
using Headroom.Consensus.Linearizability;
using Headroom.Consensus.Linearizability.Models;
using Headroom.Consensus.Quorum;
using Headroom.Consensus.Tests.InSync;
using Headroom.Kernel.Randomness;
using Headroom.Simulation.Faults;
using Headroom.Simulation.Hosting;
using Headroom.Simulation.Networks;

namespace Headroom.Consensus.Tests.Quorum;

/// <summary>On links of 1 ms and disks of 0.1 ms.</summary>
public sealed class QuorumRegistersTests
{
    /// <summary>By hand: each phase asks n servers and n answer; an operation has two, a read without write-back one.</summary>
    [Theory]
    [InlineData(1, 0, false, 4)]
    [InlineData(3, 0, false, 12)]
    [InlineData(5, 0, false, 20)]
    [InlineData(5, 100, false, 20)]
    [InlineData(7, 100, false, 28)]
    [InlineData(7, 100, true, 14)]
    public void AnOperationCostsTwoMessagesAServerAndPhase(int n, int readsPercent, bool skips, int each)
    {
        const int Operations = 25;
        var options = new RegisterOptions { Servers = n, SkipsKnownWriteBack = skips };
        (SimulationHost<GroupMember, VerbCounter> host, _, RegisterClient[] clients) = Run(options, readsPercent, Operations, "", 2000);
        clients[0].IsDone.ShouldBeTrue();
        host.Observer.Counts.Sum().ShouldBe(Operations * each);
        host.Observer.Counts[(int)RegisterVerb.Query].ShouldBe(Operations * n);
        host.Observer.Counts[(int)RegisterVerb.StoreAnswer].ShouldBe(Operations * ((each / 2) - n));
        clients[0].Repeats.ShouldBe(0);
    }

    /// <summary>By hand: two phases of 2 ms, and 0.1 ms where a value is new to the servers.</summary>
    [Theory]
    [InlineData(0, false, 4_100_000)]
    [InlineData(100, false, 4_000_000)]
    [InlineData(100, true, 2_000_000)]
    public void AnOperationTakesTwoRoundsAndAReadThatAllAgreeOnOne(int readsPercent, bool skips, long lastsNs)
    {
        (_, _, RegisterClient[] clients) = Run(new RegisterOptions { Servers = 5, SkipsKnownWriteBack = skips }, readsPercent, 10, "", 2000);
        clients[0].Calls.Count.ShouldBe(10);
        clients[0].Calls.ShouldAllBe(call => call.ReturnNs - call.CallNs == lastsNs);
    }

    [Theory]
    [InlineData("at 0 s crash 0; at 0 s crash 3", true)]
    [InlineData("at 0 s crash 0; at 0 s crash 3; at 0 s crash 4", false)]
    public void OperationsEndWhileAMajorityIsUpAndWaitWithout(string faults, bool isDone)
    {
        (_, _, RegisterClient[] clients) = Run(new RegisterOptions { Servers = 5, Registers = 2 }, 50, 40, faults, 4000, clientCount: 3);
        clients.ShouldAllBe(client => client.IsDone == isDone);
        clients.ShouldAllBe(client => isDone || client.Calls.Count == 1);
        ModelRegistry.Register.Checker(new LinearizabilityOptions()).Check(RegisterHistory.Of(clients)).Verdict.ShouldBe(LinearizabilityVerdict.Linearizable);
    }

    /// <summary>Read from one and write to all: writes wait for the crashed, reads do not.</summary>
    [Fact]
    public void SmallReadQuorumsWithstandMoreAndSmallWriteQuorumsLess()
    {
        var options = new RegisterOptions { Servers = 5, ReadQuorum = 1, WriteQuorum = 5, SkipsKnownWriteBack = false };
        options.CrashesMax.ShouldBe(0);
        new RegisterOptions { Servers = 5 }.CrashesMax.ShouldBe(2);
        new RegisterOptions { Servers = 4 }.CrashesMax.ShouldBe(1);
        (_, RegisterServer[] servers, RegisterClient[] clients) = Run(options, 0, 1, "at 0 s crash 4; at 1 s restart 4", 900);
        clients[0].IsDone.ShouldBeFalse();
        servers[0][0].Tag.ShouldBe(new RegisterTag(1, 5));
        (_, servers, clients) = Run(options, 0, 1, "at 0 s crash 4; at 1 s restart 4", 3000);
        clients[0].IsDone.ShouldBeTrue();
        servers.ShouldAllBe(server => server[0].Tag == new RegisterTag(1, 5) && server[0].Content == clients[0].Calls[0].Content);
    }

    [Theory]
    [InlineData(4, 2, 2)]
    [InlineData(5, 1, 4)]
    [InlineData(3, 1, 1)]
    public void QuorumsThatMayMissEachOtherAreRefusedWithTheReason(int n, int read, int write)
    {
        var options = new RegisterOptions { Servers = n, ReadQuorum = read, WriteQuorum = write };
        Should.Throw<ArgumentException>(options.Validate).Message.ShouldContain($"{read} servers to read and {write} to write, of {n}, may have none in common");
        (options with { WriteQuorum = n + 1 - read }).Validate();
        Should.Throw<ArgumentOutOfRangeException>(() => (options with { ReadQuorum = n + 1 }).Validate());
        Should.Throw<ArgumentOutOfRangeException>(() => (options with { WriteQuorum = 0 }).Validate());
    }

    internal static (SimulationHost<GroupMember, VerbCounter> Host, RegisterServer[] Servers, RegisterClient[] Clients) Run(
        RegisterOptions options, int readsPercent, int operations, string faults, int untilMs, int clientCount = 1)
    {
        var servers = new RegisterServer[options.Servers];
        var clients = new RegisterClient[clientCount];
        var working = new RegisterClientOptions { Operations = operations, PauseNs = 10_000_000, StartNs = 1_000_000, ReadsPercent = readsPercent };
        int members = options.Servers + clientCount;
        var simulation = new SimulationOptions
        {
            Network = new NetworkOptions { Topology = Topology.Complete(members, 1_000_000) },
            Seed = new Seed(1).Named("registers"),
            Faults = FaultPlan.Parse(faults, members),
            DurabilityNs = 100_000,
        };
        var host = new SimulationHost<GroupMember, VerbCounter>(simulation, member => member < options.Servers
            ? new GroupMember(servers[member] = new RegisterServer(options))
            : new GroupMember(clients[member - options.Servers] = new RegisterClient(options, working, member)), new VerbCounter { Counts = new int[256] });
        host.Run(untilMs * 1_000_000L);
        return (host, servers, clients);
    }
}
