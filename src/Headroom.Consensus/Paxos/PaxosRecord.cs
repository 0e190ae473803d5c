using Headroom.Consensus.Replication;
using Headroom.Consensus.Wire;

namespace Headroom.Consensus.Paxos;

/// <summary>
/// What a server writes down, behind a record's number: the kind, then of a promise its ballot; of accepted values the ballot, the commit index, the first slot and the values; of chosen ones the first slot and the values; of a
/// snapshot its last slot and the state.
/// </summary>
internal static class PaxosRecord
{
    public const byte Promise = 1;
    public const byte Accept = 2;
    public const byte Learn = 3;
    public const byte Snapshot = 4;

    public const int HeadBytesMax = NumberedRecord.HeadBytesMax + (5 * Varint.LengthMax);

    /// <summary>All that follows a record's kind but a snapshot's state; entries may be none.</summary>
    public static void Write(ref VarintWriter writer, byte kind, Ballot ballot, long committed, long slot, List<PaxosEntry> entries)
    {
        if (kind is Promise or Accept)
        {
            PaxosWire.Write(ref writer, ballot);
        }

        if (kind == Accept)
        {
            writer.Number(committed);
        }

        if (kind != Promise)
        {
            writer.Number(slot);
        }

        if (kind is Accept or Learn)
        {
            PaxosWire.WriteEntries(ref writer, entries, withBallots: false);
        }
    }
}
