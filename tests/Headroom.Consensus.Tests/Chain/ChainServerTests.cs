using Headroom.Consensus.Chain;

namespace Headroom.Consensus.Tests.Chain;

public sealed class ChainServerTests
{
    private const long SecondNs = 1_000_000_000;

    [Theory]
    [InlineData(1, ChainReads.Tail)]
    [InlineData(2, ChainReads.Chain)]
    [InlineData(3, ChainReads.Apportioned)]
    [InlineData(7, ChainReads.Tail)]
    public void AllApplyTheSame(int servers, ChainReads reads)
    {
        ChainGroup group = new ChainGroup(ChainGroup.Options(servers) with { Reads = reads }, 60, 30, clients: 3).Run(6 * SecondNs);
        group.Answered.ShouldBe(180);
        group.Registrar.Configuration.Epoch.ShouldBe(1);
        group.Servers.Select(server => server.Applied).Distinct().Count().ShouldBe(1);
        group.Servers.Select(server => Convert.ToHexString(server.Machine.Save())).Distinct().Count().ShouldBe(1);
    }

    /// <summary>Head, middle and tail: the chain goes on without it, and when it is back it is the tail, with everything.</summary>
    [Theory]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(2, true)]
    [InlineData(0, false)]
    [InlineData(1, false)]
    [InlineData(2, false)]
    public void WhoCrashesIsTakenOutAndComesBackAsTail(int crashed, bool isDurable)
    {
        ChainGroup group = new ChainGroup(ChainGroup.Options(3) with { IsDurable = isDurable, SnapshotEvery = 7 }, 200, 30, $"at 2 s crash {crashed}\nat 4 s restart {crashed}", firstServer: 1);
        group.Run(7 * SecondNs / 2);
        group.Registrar.Configuration.Order.ShouldBe(Enumerable.Range(0, 3).Where(server => server != crashed));
        group.Run(8 * SecondNs);
        group.Answered.ShouldBe(200);
        group.Registrar.Configuration.Order.ShouldBe([.. Enumerable.Range(0, 3).Where(server => server != crashed), crashed]);
        group.Servers.Select(server => Convert.ToHexString(server.Machine.Save())).Distinct().Count().ShouldBe(1);
        group.Servers.ShouldAllBe(server => server.Applied == group.Servers[0].Applied && server.Problem == null);
    }

    [Fact]
    public void AShortStopIsNoticedByNobodyWhereRecordsAreDurable()
    {
        ChainGroup group = new ChainGroup(ChainGroup.Options(3), 100, 0, "at 2 s crash 1\nat 2100 ms restart 1").Run(5 * SecondNs);
        group.Registrar.Configuration.Epoch.ShouldBe(1);
        group.Answered.ShouldBe(100);
        group.Servers.ShouldAllBe(server => server.Applied == 100);
    }

    [Fact]
    public void TheLastOfTheChainIsWaitedForWithItsRecordsAndInMemoryAllIsLost()
    {
        const string Faults = "at 2 s crash 1\nat 3 s crash 0\nat 4 s restart 0\nat 6 s restart 1";
        ChainGroup durable = new ChainGroup(ChainGroup.Options(2), 100, 50, Faults).Run(9 * SecondNs);
        (durable.Answered, durable.Registrar.IsLost).ShouldBe((100, false));
        ChainGroup inMemory = new ChainGroup(ChainGroup.Options(2) with { IsDurable = false }, 100, 50, Faults).Run(9 * SecondNs);
        inMemory.Registrar.IsLost.ShouldBeTrue();
        inMemory.Calls.ShouldAllBe(call => call.ReturnNs < 3 * SecondNs || call.IsPending);
    }

    /// <summary>The old tail is cut off from the others and from the registrar, and not from its client, who has to ask another: unless the tail trusts that it would have stopped.</summary>
    [Theory]
    [InlineData(true, false)]
    [InlineData(false, false)]
    [InlineData(true, true)]
    public void ATailThatIsTakenOutDoesNotRead(bool hasLeases, bool trusts)
    {
        ChainOptions options = ChainGroup.Options(3) with { HasLeases = hasLeases, Mutant = trusts ? ChainMutant.TrustFailStop : ChainMutant.None };
        ChainGroup group = new ChainGroup(options, 200, 100, "at 2 s partition {0,1,3} | {2}\nat 4 s unite", firstServer: 2).Run(8 * SecondNs);
        group.Answered.ShouldBe(200);
        group.Calls.Any(call => call.Attempts > 1).ShouldBe(!trusts);
        group.Calls.Where(call => call.CallNs > 2_510_000_000).Any(call => call.ReturnNs > 4 * SecondNs && call.CallNs < 3 * SecondNs).ShouldBeFalse();
        group.Registrar.Configuration.Order.ShouldBe([0, 1, 2]);
    }

    /// <summary>By hand: a write goes to the head, down the chain, and back from the tail, with the disk's 0.1 ms at each; a read at the tail there and back, elsewhere passed on.</summary>
    [Theory]
    [InlineData(0, 0, true, ChainReads.Tail, 6_500_000)]
    [InlineData(100, 4, true, ChainReads.Tail, 2_000_000)]
    [InlineData(100, 0, true, ChainReads.Tail, 3_000_000)]
    [InlineData(100, 4, false, ChainReads.Tail, 4_000_000)]
    [InlineData(100, 2, true, ChainReads.Apportioned, 2_000_000)]
    [InlineData(100, 0, true, ChainReads.Chain, 6_500_000)]
    public void AnOperationTakesTheDelaysOfItsRecord(int getsPercent, int firstServer, bool hasLeases, ChainReads reads, long lastsNs)
    {
        ChainGroup group = new ChainGroup(ChainGroup.Options(5) with { Reads = reads, HasLeases = hasLeases }, 20, getsPercent, firstServer: firstServer).Run(3 * SecondNs);
        group.Answered.ShouldBe(20);
        // A record of a start, or of a heartbeat that waits for it, holds up nobody by then.
        group.Calls.ShouldAllBe(call => call.ReturnNs - call.CallNs == lastsNs);
    }
}
