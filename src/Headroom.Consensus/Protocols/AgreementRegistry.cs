using Headroom.Consensus.TrueTime;
using Headroom.Consensus.Watch;
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
        Space = "each command since the last snapshot (E of them): E(b + 40) in memory, E(b + h) on disk; besides, the state that commands made, and n cursors at the leader",
        Consistency = "linearizable; a client that numbers its commands has each applied once",
        FaultModel = "floor((n-1)/2) members that crash, are slow or cut off; messages lost, doubled, late; nobody lies; durable records stay; with leases clocks drift within a stated bound",
        ScaleLimit = "the leader sends every command n-1 times and takes n-1 answers; each write waits for the median member's disk",
        Citation = new Citation("ongaro2014", "chapters 3 to 6, 9 and 10"),
    };

    public static AgreementProtocol InSyncReplication { get; } = new()
    {
        Name = "isr",
        Summary = "followers fetch from a leader; a record counts when all replicas in sync have it, and who is in sync a registrar decides",
        Write = new AgreementCosts(
            ("2(n-1): an answer to each follower's waiting fetch, and its next fetch", "2(n-1) a batch; idle, 2(n-1) each longest wait", "2(n-1), and 1 to the registrar and n from it when who is in sync changes; n and 2(n-1) more for a new leader"),
            ("0 with acks 0 or 1", "2 with acks all: the slowest replica in sync decides", "2, after a lag time, or a session's end and an election"),
            ("(n-1)(b + 2h)", "(n-1)(b + 2h)", "(n-1)(b + 2h), and again what was cut off or lost on its way")),
        Read = new AgreementCosts(("0: the leader answers what lies below its watermark", "0", "0"), ("0", "0", "0"), ("0", "0", "0")),
        Space = "every record of the partition, E of them in batches of c: E b + 56 E/c in memory, as much on disk where it is flushed; n offsets at the leader",
        Consistency = "writes in one order, acknowledged ones kept; a read at a leader that does not know yet that another leads may be old; a producer with sequences has each batch appended once",
        FaultModel = "with acks all and clean election every replica in sync but one may lose its memory, if at each moment one in sync has kept it (any number, where each batch is flushed); to go on, min.insync.replicas must be in sync; "
            + "the registrar is assumed not to fail; messages lost, doubled, late; nobody lies",
        ScaleLimit = "the leader sends every batch n-1 times; each write waits for the slowest replica in sync",
        Citation = new Citation("kafka", "replication"),
    };

    public static AgreementProtocol QuorumRegisters { get; } = new()
    {
        Name = "abd",
        Summary = "registers without a leader: clients write under a larger tag than a quorum has, and read by storing what they found at a quorum again",
        Write = new AgreementCosts(
            ("4n: a query and a store, each answered by all n servers", "4n", "2 more for each server and time-out without an answer"),
            ("4: client, server and back, twice", "4", "4, after a time-out for each loss"),
            ("n(2b + 4h): the query's answers hold the value too", "n(2b + 4h)", "n(2b + 4h), and again what was lost")),
        Read = new AgreementCosts(
            ("2n where a write quorum of those asked holds the value found", "4n: found, and stored again", "2 more for each server and time-out without an answer"),
            ("2", "4", "4, after a time-out for each loss"),
            ("n(b + 2h)", "n(2b + 4h)", "n(2b + 4h), and again what was lost")),
        Space = "K registers with a value and a tag each: K(b + 24) in memory, however many operations; on disk a record for each value taken",
        Consistency = "linearizable reads and writes of each register; no compare-and-set: registers cannot agree",
        FaultModel = "n less the larger quorum servers that crash, are slow or cut off (floor((n-1)/2) with majorities), any number of clients that crash for good; messages lost, doubled, late; nobody lies; durable records stay; no clock",
        ScaleLimit = "every server takes part in every operation; clients send what a leader would",
        Citation = new Citation("attiya1995", "the emulator in a complete network; for more than one writer [lynch1997]"),
    };

    public static AgreementProtocol MultiPaxos { get; } = new()
    {
        Name = "multipaxos",
        Summary = "a leader that q1 servers promised to heed gives each command a slot; what q2 servers accepted is chosen",
        Write = new AgreementCosts(
            ("2(n-1): the commit index rides with the next accept or heartbeat", "2(n-1)", "2 more for each server and time-out without an answer; 4(n-1) for a new leader, and again what it finds under way"),
            ("2: the q2-th server decides, the leader among them", "2", "2, after an election time or more and 4 for a probe and phase 1"),
            ("(n-1)(b + 2h)", "(n-1)(b + 2h)", "(n-1)(b + 2h), again what was lost, and the whole state for a server that missed what was dropped")),
        Read = new AgreementCosts(
            ("0 with a lease; 2(n-1) for all that wait together with a round", "2(n-1); as a write through the log", "2(n-1), after an election and the slots that it found"),
            ("0 with a lease", "2", "2, after an election"),
            ("0 with a lease", "2(n-1) h", "2(n-1) h")),
        Space = "each slot from the last snapshot on (E of them): E(b + 72) in memory, E(b + h) on disk; besides, the state that commands made",
        Consistency = "linearizable; a client that numbers its commands has each applied once",
        FaultModel = "n less the larger quorum servers that crash, are slow or cut off (floor((n-1)/2) with majorities); while a leader stays, n - q2; messages lost, doubled, late; nobody lies; durable records stay; "
            + "with leases clocks drift within a stated bound",
        ScaleLimit = "the leader sends every command n-1 times; each write waits for the q2-th disk: a smaller q2 is faster, and its q1 = n + 1 - q2 must be up to elect",
        Citation = new Citation("howard2016", "flexible quorums; the protocol itself [lamport1998], [lamport2001]"),
    };

    public static AgreementProtocol ChainReplication { get; } = new()
    {
        Name = "chain",
        Summary = "servers in a row: writes go from the head to the tail, which answers them and all reads; who is in the row a registrar decides",
        Write = new AgreementCosts(
            ("2(n-1): down the chain, and acknowledged up it", "2(n-1)", "again what was not acknowledged for a while; 2 and n from the registrar when the chain changes, and the whole state to who joins"),
            ("n-1: the tail answers", "n-1", "n-1, after a session's end and a new chain"),
            ("(n-1)(b + 2h)", "(n-1)(b + 2h)", "(n-1)(b + 2h), again what was lost, and the whole state for who joins")),
        Read = new AgreementCosts(
            ("0 at the tail, or at any server that knows of nothing under way", "0 with leases; else 2 with the registrar for all that wait together; 1 where another passes it on", "2 with the tail, where a server knows of writes under way, and 2 with the registrar"),
            ("0 with leases", "0 with leases; else 2", "4"),
            ("0 with leases", "2h", "4h")),
        Space = "each update since the last snapshot (E of them): E(b + 24) in memory, E(b + h) on disk; besides, the state that commands made",
        Consistency = "linearizable; a client that numbers its commands has each applied once",
        FaultModel = "all servers but one, as long as one of the chain keeps its memory or records (with durable records any number, while the last comes back); the registrar is assumed not to fail; messages lost, doubled, late; nobody lies; "
            + "with leases clocks drift within a stated bound",
        ScaleLimit = "each server sends every command once, so the slowest sets the rate; a write waits for every server in turn",
        Citation = new Citation("vanrenesse2004", "the protocol; reads at any server [terrace2009]"),
    };

    public static IReadOnlyList<AgreementProtocol> All { get; } = [Raft, InSyncReplication, QuorumRegisters, MultiPaxos, ChainReplication, TrueTimeRecord.Record, WatchRecord.Record];
}
