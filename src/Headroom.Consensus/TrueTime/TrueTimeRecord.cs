using Headroom.Consensus.Protocols;
using Headroom.Kernel.Bounds;

namespace Headroom.Consensus.TrueTime;

/// <summary>What is known of commit by clock intervals.</summary>
public static class TrueTimeRecord
{
    public static AgreementProtocol Record { get; } = new()
    {
        Name = "truetime",
        Summary = "transactions over p groups of n replicas: two-phase commit whose timestamps come from clock intervals, told when they have certainly passed; a write is a transaction that writes, a read a snapshot",
        Write = new AgreementCosts(
            ("4 + 2(n-1): one group holds all keys", "5p - 1 + 2(2p-1)(n-1)", "the same again for each attempt that is aborted, an outcome record for each group that had prepared; by wound-wait besides a message for each wound"),
            ("6: read, request, commit record, answer", "9: and prepare record and vote, however large p is", "9 for each attempt, and the waits for locks; with an oracle of timestamps 2 more"),
            ("(4 + 2(n-1)) h + 2b + (n-1)b", "(5p - 1 + 2(2p-1)(n-1)) h + 2pb + p(n-1)b: values are read, asked to be written, and in one record of each group", "the same for each attempt")),
        Read = new AgreementCosts(
            ("2p", "2p", "2p: a prepared transaction makes it wait, not ask again"),
            ("2", "2", "2, after a prepared transaction's outcome"),
            ("p(b + 2h)", "p(b + 2h)", "p(b + 2h)")),
        Space = "each key's versions with their timestamps; of each transaction under way its keys, locks and values",
        Consistency = "strictly serializable (external consistency) while every clock is within its stated interval; snapshots at a timestamp, without locks",
        FaultModel = "as the groups' own replication (a majority of each); a coordinator that is lost leaves what it prepared locked until its group has another leader, which waits for what the lost one promised to snapshots; a clock beyond its interval may order against real time",
        ScaleLimit = "a writing transaction holds its locks for some delays and for twice the clocks' uncertainty less what hides it: hot keys commit one after the other",
        Citation = new Citation("corbett2013", "sections 4.1 and 4.2; wound-wait [rosenkrantz1978]"),
    };
}
