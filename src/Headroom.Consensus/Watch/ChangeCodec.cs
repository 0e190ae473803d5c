using System.Numerics;
using Headroom.Consensus.Wire;

namespace Headroom.Consensus.Watch;

/// <summary>
/// A change on the wire, all numbers as <see cref="Varint"/>: the object's number; a number with a bit for each field told; of each such field in order the bytes kept of the value
/// before, the number of bytes that follow, and these. A whole object is a change of all fields that keeps nothing; without fields the object is deleted. Telling a change twice in a row leaves the same state.
/// </summary>
internal sealed class ChangeCodec(WatchCatalogue catalogue)
{
    /// <summary>Fields that were told and what they now hold, from the state before and the one after, which differ in these fields at most.</summary>
    public byte[] Encode(int item, long fields, ReadOnlySpan<byte> before, ReadOnlySpan<byte> after, bool isDelta)
    {
        WatchKind kind = catalogue.KindOf(item);
        long told = isDelta ? fields : (1L << kind.Fields) - 1;
        var room = new byte[(2 * Varint.LengthMax) + (BitOperations.PopCount((ulong)told) * (4 + kind.FieldBytes))];
        var writer = new VarintWriter(room);
        writer.Number(item);
        writer.Number(told);
        for (int field = 0; field < kind.Fields; field++)
        {
            if ((told >> field & 1) == 0)
            {
                continue;
            }

            ReadOnlySpan<byte> value = after.Slice(field * kind.FieldBytes, kind.FieldBytes);
            int kept = isDelta ? value.CommonPrefixLength(before.Slice(field * kind.FieldBytes, kind.FieldBytes)) : 0;
            writer.Number(kept);
            writer.Number(kind.FieldBytes - kept);
            writer.Bytes(value[kept..]);
        }

        return room[..writer.Length];
    }

    /// <summary>An object that is no more.</summary>
    public static byte[] EncodeDeletion(int item)
    {
        Span<byte> room = stackalloc byte[2 * Varint.LengthMax];
        var writer = new VarintWriter(room);
        writer.Number(item);
        writer.Number(0);
        return room[..writer.Length].ToArray();
    }

    /// <summary>Reads a change and writes it into the states, or only reads it where there are none; -1 for anything that is not a change.</summary>
    public int Decode(ref VarintReader reader, ObjectStates? states, long revision = 0)
    {
        int item = reader.Small(catalogue.Objects - 1);
        long told = reader.Number();
        WatchKind kind = catalogue.KindOf(item);
        if (!reader.IsGood || told >> kind.Fields != 0)
        {
            reader.Refuse();
            return -1;
        }

        if (told == 0)
        {
            states?.Delete(item, revision);
            return item;
        }

        Span<byte> state = states is null ? default : states.ToWrite(item, revision);
        for (int field = 0; field < kind.Fields; field++)
        {
            if ((told >> field & 1) == 0)
            {
                continue;
            }

            int kept = reader.Small(kind.FieldBytes);
            int length = reader.Small(kind.FieldBytes);
            ReadOnlySpan<byte> value = reader.Bytes(length);
            if (!reader.IsGood || kept + length != kind.FieldBytes)
            {
                reader.Refuse();
                return -1;
            }

            if (states is not null)
            {
                value.CopyTo(state[((field * kind.FieldBytes) + kept)..]);
            }
        }

        return item;
    }
}
