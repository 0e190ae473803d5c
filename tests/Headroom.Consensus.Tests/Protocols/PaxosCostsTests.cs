using Headroom.Consensus.Paxos;
using Headroom.Consensus.Tests.Paxos;

namespace Headroom.Consensus.Tests.Protocols;

/// <summary>What the record says that operations cost, counted in runs without faults; messages of clients and idle heartbeats are apart.</summary>
public sealed class PaxosCostsTests
{
    private const int Operations = 100;
    private const long UntilNs = 6_000_000_000;

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(7)]
    public void AWriteTakesTwoMessagesAServerWhateverTheQuorums(int servers)
    {
        foreach (int accepting in Enumerable.Range(1, servers))
        {
            PaxosOptions options = PaxosGroup.Options(servers) with { Phase1Quorum = servers + 1 - accepting, Phase2Quorum = accepting };
            PaxosGroup group = new PaxosGroup(options, Operations, 0).Run(UntilNs);
            group.Answered.ShouldBe(Operations);
            group.Sent(PaxosVerb.Accept).ShouldBe(Operations * (servers - 1));
            group.Sent(PaxosVerb.Accepted).ShouldBe(Operations * (servers - 1));
            // Besides, the one election: a probe and phase 1, each asked and answered; who was asked too early does not answer a probe.
            (group.SentAmongServers - (2 * Operations * (servers - 1))).ShouldBeInRange(0, 4 * (servers - 1));
        }
    }

    [Theory]
    [InlineData(PaxosReads.Lease, 0)]
    [InlineData(PaxosReads.Round, 8)]
    [InlineData(PaxosReads.Log, 8)]
    public void AReadTakesNothingWithALeaseAndTwoMessagesAServerWithout(PaxosReads reads, int each)
    {
        PaxosOptions options = PaxosGroup.Options(5) with { Reads = reads };
        int with = Sent(new PaxosGroup(options, Operations, 100).Run(UntilNs));
        int without = Sent(new PaxosGroup(options, 1, 100).Run(UntilNs));
        // A round may serve as a heartbeat: the next comes a period later.
        ((double)(with - without) / (Operations - 1)).ShouldBe(each, 0.1 + (each * 0.25));

        static int Sent(PaxosGroup group) => group.SentAmongServers + group.Sent(PaxosVerb.Heartbeat) + group.Sent(PaxosVerb.HeartbeatAnswer);
    }
}
