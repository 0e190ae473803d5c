using System.Buffers.Binary;
using Headroom.Consensus.Raft.Log;
using Headroom.Consensus.Raft.Messages;
using Headroom.Consensus.Wire;
using Headroom.Kernel.Arithmetic;

namespace Headroom.Consensus.Raft.Storage;

/// <summary>
/// What a member writes down, one record for all that one step wants durable: CRC-32C of the rest (four bytes, low first), the record's number among those of this member that
/// are good (from 0), flags (1 entries, 2 snapshot), term, vote, commit; then the snapshot, the index before the entries and the entries, as in <see cref="RaftWire"/>. Behind a snapshot stand all entries after
/// it, so that the log may begin with that record, whatever its number. The number tells a tail that was cut by a crash, and then written on, from a record that is missing.
/// </summary>
internal static class DurableRecord
{
    private const int ChecksumBytes = 4;
    private const byte HasEntries = 1;
    private const byte HasSnapshot = 2;

    public static int LengthMax(EntrySlice entries, RaftSnapshot? snapshot)
    {
        int length = ChecksumBytes + 1 + (8 * Varint.LengthMax);
        foreach (ref readonly RaftEntry entry in entries.Span)
        {
            length += entry.Data.Length + 1 + (2 * Varint.LengthMax);
        }

        return snapshot is null ? length : length + RaftWire.LengthMax(snapshot);
    }

    public static int Write(Span<byte> into, long number, HardState state, EntrySlice entries, RaftSnapshot? snapshot)
    {
        var writer = new VarintWriter(into[ChecksumBytes..]);
        writer.Number(number);
        writer.Byte((byte)((entries.IsEmpty ? 0 : HasEntries) | (snapshot is null ? 0 : HasSnapshot)));
        writer.Number(state.Term);
        writer.Number(state.Vote);
        writer.Number(state.Commit);
        if (snapshot is not null)
        {
            RaftWire.Write(ref writer, snapshot);
        }

        if (!entries.IsEmpty)
        {
            writer.Number(entries[0].Index - 1);
            RaftWire.WriteEntries(ref writer, entries.Span);
        }

        int length = ChecksumBytes + writer.Length;
        BinaryPrimitives.WriteUInt32LittleEndian(into, Crc32C.Of(into[ChecksumBytes..length]));
        return length;
    }

    /// <summary>False for a record that is torn or damaged.</summary>
    public static bool TryRead(ReadOnlyMemory<byte> record, ref RaftEntry[] entries, out Content content)
    {
        content = default;
        if (record.Length < ChecksumBytes || BinaryPrimitives.ReadUInt32LittleEndian(record.Span) != Crc32C.Of(record.Span[ChecksumBytes..]))
        {
            return false;
        }

        ReadOnlyMemory<byte> rest = record[ChecksumBytes..];
        var reader = new VarintReader(rest.Span);
        long number = reader.Number();
        byte flags = reader.Byte();
        var state = new HardState(reader.Number(), reader.Small(int.MaxValue), reader.Number());
        RaftSnapshot? snapshot = (flags & HasSnapshot) != 0 ? RaftWire.ReadSnapshot(ref reader, rest) : null;
        EntrySlice slice = (flags & HasEntries) != 0 ? RaftWire.ReadEntries(ref reader, rest, reader.Number(), ref entries) : default;
        content = new Content(number, state, slice, snapshot);
        return reader.IsAtEnd && flags <= (HasEntries | HasSnapshot);
    }

    /// <summary>What a good record holds; entries point into its memory.</summary>
    public readonly record struct Content(long Number, HardState State, EntrySlice Entries, RaftSnapshot? Snapshot);
}
