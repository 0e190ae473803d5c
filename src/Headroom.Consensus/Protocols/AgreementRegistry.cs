using Headroom.Kernel.Bounds;

namespace Headroom.Consensus.Protocols;

/// <summary>The ways of agreeing that run here, one each.</summary>
public static class AgreementRegistry
{
    public static AgreementProtocol Raft { get; } = new()
    {
        Name = "raft",
        Summary = "an elected leader orders commands in a log; what a majority has written is committed",
        Write = new AgreementCosts(
            ("2(n-1): the commit index rides with the next append", "4(n-1): the commit index is sent at once and answered", "2 more for each term in which a follower's log differs; one snapshot"),
            ("2", "2", "2, after one election timeout or more and 2 for the election"),
            ("(n-1)(b + 2h)", "(n-1)(b + 4h)", "(n-1)(the whole state + 4h)")),
        Read = new AgreementCosts(
            ("0 with a lease; 2(n-1) for all that wait together with read-index", "2(n-1)", "2(n-1), after an entry of the leader's term is committed"),
            ("0 with a lease", "2", "2, after an election"),
            ("0 with a lease", "2(n-1) h", "2(n-1) h")),
        Consistency = "linearizable; a client that numbers its commands has each applied once",
        FaultModel = "floor((n-1)/2) members that crash, are slow or cut off; messages lost, doubled, late; nobody lies; durable records stay; with leases clocks drift within a stated bound",
        ScaleLimit = "the leader sends every command n-1 times and takes n-1 answers; each write waits for the median member's disk",
        Citation = new Citation("ongaro2014", "chapters 3 to 6, 9 and 10"),
    };

    public static IReadOnlyList<AgreementProtocol> All { get; } = [Raft];
}
