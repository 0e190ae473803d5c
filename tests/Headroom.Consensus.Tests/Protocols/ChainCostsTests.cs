using Headroom.Consensus.Chain;
using Headroom.Consensus.Tests.Chain;

namespace Headroom.Consensus.Tests.Protocols;

/// <summary>What the record says that operations cost, counted in runs without faults; messages of clients and heartbeats are apart.</summary>
public sealed class ChainCostsTests
{
    private const int Operations = 50;

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(7)]
    public void AWriteGoesDownAndIsAcknowledgedUp(int servers)
    {
        ChainGroup group = Run(ChainGroup.Options(servers), 0, 0);
        group.Sent(ChainVerb.Update).ShouldBe(Operations * (servers - 1));
        // Once more a server, when it learned that it is in the chain.
        group.Sent(ChainVerb.Acknowledgement).ShouldBe((Operations + 1) * (servers - 1));
        group.Sent(ChainVerb.Behind).ShouldBe(0);
    }

    [Theory]
    [InlineData(ChainReads.Tail, true, 4, 0)]
    [InlineData(ChainReads.Tail, true, 0, 1)]
    [InlineData(ChainReads.Tail, false, 4, 2)]
    [InlineData(ChainReads.Apportioned, true, 2, 0)]
    [InlineData(ChainReads.Apportioned, false, 2, 2)]
    [InlineData(ChainReads.Chain, true, 0, 8)]
    public void AReadTakesWhatTheRecordSays(ChainReads reads, bool hasLeases, int firstServer, int each)
    {
        ChainGroup group = Run(ChainGroup.Options(5) with { Reads = reads, HasLeases = hasLeases }, 100, firstServer);
        int sent = Enum.GetValues<ChainVerb>().Where(verb => verb is not (ChainVerb.Heartbeat or ChainVerb.Lease or ChainVerb.Configuration)).Sum(group.Sent);
        (sent - 4).ShouldBe(Operations * each);
    }

    private static ChainGroup Run(ChainOptions options, int getsPercent, int firstServer)
    {
        ChainGroup group = new ChainGroup(options, Operations, getsPercent, firstServer: firstServer).Run(3_000_000_000);
        group.Answered.ShouldBe(Operations);
        return group;
    }
}
