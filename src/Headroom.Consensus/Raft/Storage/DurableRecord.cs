using Headroom.Consensus.Raft.Log;
using Headroom.Consensus.Raft.Messages;
using Headroom.Consensus.Replication;
using Headroom.Consensus.Wire;

namespace Headroom.Consensus.Raft.Storage;

/// <summary>
/// What a member writes down, one record for all that one step wants durable, behind a record's number: what it holds (1 entries, 2 snapshot), term, vote, commit; then the snapshot, the index before the entries and the
/// entries, as in <see cref="RaftWire"/>. Behind a snapshot stand all entries after it, so that the log may begin with that record, whatever its number.
/// </summary>
internal static class DurableRecord
{
    public const byte HasEntries = 1;
    public const byte HasSnapshot = 2;

    public static byte Kind(EntrySlice entries, RaftSnapshot? snapshot) => (byte)((entries.IsEmpty ? 0 : HasEntries) | (snapshot is null ? 0 : HasSnapshot));

    public static int LengthMax(EntrySlice entries, RaftSnapshot? snapshot)
    {
        int length = NumberedRecord.HeadBytesMax + (7 * Varint.LengthMax);
        foreach (ref readonly RaftEntry entry in entries.Span)
        {
            length += entry.Data.Length + 1 + (2 * Varint.LengthMax);
        }

        return snapshot is null ? length : length + RaftWire.LengthMax(snapshot);
    }

    /// <summary>What follows a record's number and kind.</summary>
    public static void Write(ref VarintWriter writer, HardState state, EntrySlice entries, RaftSnapshot? snapshot)
    {
        writer.Numbers(state.Term, state.Vote, state.Commit);
        if (snapshot is not null)
        {
            RaftWire.Write(ref writer, snapshot);
        }

        if (!entries.IsEmpty)
        {
            writer.Number(entries[0].Index - 1);
            RaftWire.WriteEntries(ref writer, entries.Span);
        }
    }
}
