using Headroom.Consensus.KeyValue;
using Headroom.Consensus.Paxos;

namespace Headroom.Consensus.Tests.Paxos;

public sealed class PaxosServerTests
{
    private const long SecondNs = 1_000_000_000;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    public void OneLeadsAndAllApplyTheSame(int servers)
    {
        PaxosGroup group = new PaxosGroup(PaxosGroup.Options(servers), 60, 30, clients: 3).Run(8 * SecondNs);
        group.Answered.ShouldBe(180);
        group.Servers.Count(server => server.Role == PaxosRole.Leading).ShouldBe(1);
        group.Servers.Select(server => server.Committed).Distinct().Count().ShouldBe(1);
        group.Servers.Select(server => Convert.ToHexString(server.Machine.Save())).Distinct().Count().ShouldBe(1);
    }

    [Theory]
    [InlineData(5, 3, 2)]
    [InlineData(4, 2, 2)]
    [InlineData(3, 1, 2)]
    public void QuorumsThatMayMissEachOtherAreRefusedAndTheReasonIsGiven(int servers, int promising, int accepting) =>
        Should.Throw<ArgumentException>(() => new PaxosServer(PaxosGroup.Options(servers) with { Phase1Quorum = promising, Phase2Quorum = accepting }, 0))
            .Message.ShouldBe($"{promising} servers to promise and {accepting} to accept, of {servers}, may have none in common: the two must be more than {servers} together");

    [Theory]
    [InlineData(0, 3)]
    [InlineData(6, 3)]
    [InlineData(3, 0)]
    public void QuorumsOutsideTheGroupAreRefused(int promising, int accepting) =>
        Should.Throw<ArgumentOutOfRangeException>(() => (PaxosGroup.Options(5) with { Phase1Quorum = promising, Phase2Quorum = accepting }).Validate());

    /// <summary>Of five, three crash while server L leads: with q2 = 2 it goes on, with majorities it cannot; without a leader q1 = 4 can elect none.</summary>
    [Theory]
    [InlineData(4, 2, false, true)]
    [InlineData(3, 3, false, false)]
    [InlineData(4, 2, true, false)]
    [InlineData(2, 4, true, false)]
    public void ASmallSecondQuorumGoesOnWithTheLeaderAloneAmongFew(int promising, int accepting, bool leaderToo, bool goesOn)
    {
        PaxosOptions options = PaxosGroup.Options(5) with { Phase1Quorum = promising, Phase2Quorum = accepting };
        int leader = Array.FindIndex([.. new PaxosGroup(options, 1, 0).Run(PaxosGroup.StartNs).Servers], server => server.Role == PaxosRole.Leading);
        int[] crashed = leaderToo ? [leader, (leader + 1) % 5] : [.. Enumerable.Range(0, 5).Where(server => server != leader).Take(3)];
        string faults = string.Concat(crashed.Select(server => $"at 3500 ms crash {server}\n"));
        PaxosGroup group = new PaxosGroup(options, 100, 0, faults).Run(8 * SecondNs);
        group.Calls.Any(call => call.ReturnNs is > 4 * SecondNs and < long.MaxValue).ShouldBe(goesOn);
    }

    /// <summary>By hand: client to leader, leader to server, back, leader to client, and 0.1 ms for the disk. A lease answers at once, a round takes 2 ms.</summary>
    [Theory]
    [InlineData(PaxosReads.Log, 0, 4_100_000)]
    [InlineData(PaxosReads.Log, 100, 4_100_000)]
    [InlineData(PaxosReads.Round, 100, 4_000_000)]
    [InlineData(PaxosReads.Lease, 100, 2_000_000)]
    public void AnOperationTakesTheDelaysOfItsRecord(PaxosReads reads, int getsPercent, long lastsNs)
    {
        PaxosGroup group = new PaxosGroup(PaxosGroup.Options(5) with { Reads = reads }, 30, getsPercent).Run(5 * SecondNs);
        group.Answered.ShouldBe(30);
        // The first may have asked another server first; a round may find one under way.
        group.Calls.Skip(1).Count(call => call.ReturnNs - call.CallNs == lastsNs).ShouldBeGreaterThan(24);
    }

    [Fact]
    public void AServerThatMissedWhatWasDroppedGetsASnapshot()
    {
        PaxosGroup group = new PaxosGroup(PaxosGroup.Options(3) with { SnapshotEvery = 10 }, 200, 0, "at 1 s crash 2\nat 6 s restart 2").Run(9 * SecondNs);
        group.Answered.ShouldBe(200);
        group.Sent(PaxosVerb.Snapshot).ShouldBeGreaterThan(0);
        group.Servers[2].Committed.ShouldBe(200);
        group.Servers[2].Machine.Save().ShouldBe(group.Servers[0].Machine.Save());
    }

    [Fact]
    public void AServerThatLagsALittleAsksForSlots()
    {
        PaxosGroup group = new PaxosGroup(PaxosGroup.Options(3), 200, 0, "at 4 s pause 2 for 1 s\nat 4 s partition {0,1} | {2}\nat 5500 ms unite").Run(9 * SecondNs);
        group.Sent(PaxosVerb.Chosen).ShouldBeGreaterThan(0);
        group.Sent(PaxosVerb.Snapshot).ShouldBe(0);
        group.Servers.ShouldAllBe(server => server.Committed == 200);
    }

    [Fact]
    public void CommandsAreRefusedByWhoDoesNotLeadAndTheLeaderIsNamed()
    {
        PaxosGroup group = new PaxosGroup(PaxosGroup.Options(5), 20, 50, clients: 5).Run(6 * SecondNs);
        group.Answered.ShouldBe(100);
        group.Calls.Count(call => call.Attempts > 1).ShouldBeInRange(1, 5);
        group.Calls.Max(call => call.ReturnNs - call.CallNs).ShouldBeLessThan(10_000_000);
        group.Calls.Count(call => call.Command.Verb == KeyValueVerb.Get).ShouldBeGreaterThan(20);
    }
}
