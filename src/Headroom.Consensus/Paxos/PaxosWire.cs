using Headroom.Consensus.Wire;
using Headroom.Simulation.Processes;

namespace Headroom.Consensus.Paxos;

/// <summary>
/// Messages as bytes: the verb, then the fields that it uses, all nonnegative numbers in base 128. Values follow their number: each one's length plus one (0 for none), its bytes; in a promise its ballot before them.
/// Anything else is refused, whatever its bytes.
/// </summary>
internal static class PaxosWire
{
    public const int HeadBytesMax = 2 + (8 * Varint.LengthMax);
    public const int EntryHeadBytesMax = 3 * Varint.LengthMax;
    public const int EntriesMax = 4096;

    public static VarintWriter Write(Span<byte> into, in PaxosMessage message)
    {
        var writer = new VarintWriter(into);
        writer.Byte((byte)message.Verb);
        switch (message.Verb)
        {
            case PaxosVerb.Probe:
                writer.Number(message.Number);
                break;
            case PaxosVerb.ProbeAnswer:
                writer.Number(message.Number);
                Write(ref writer, message.Ballot);
                break;
            case PaxosVerb.Ask or PaxosVerb.Chosen or PaxosVerb.Snapshot:
                writer.Number(message.Slot);
                break;
            default:
                Write(ref writer, message.Ballot);
                WriteRest(ref writer, message);
                break;
        }

        return writer;
    }

    private static void WriteRest(ref VarintWriter writer, in PaxosMessage message)
    {
        switch (message.Verb)
        {
            case PaxosVerb.Prepare:
                writer.Number(message.Slot);
                break;
            case PaxosVerb.Promise:
                writer.Numbers(message.Slot, message.Committed, message.Dropped, message.Next);
                break;
            case PaxosVerb.Accept:
                writer.Numbers(message.Committed, message.Slot);
                break;
            case PaxosVerb.Accepted:
                writer.Numbers(message.Slot, message.Number);
                break;
            case PaxosVerb.Heartbeat:
                writer.Numbers(message.Committed, message.Number);
                break;
            case PaxosVerb.HeartbeatAnswer:
                writer.Number(message.Number);
                break;
            default:
                break;
        }
    }

    public static int Compose(in PaxosMessage message, ref Turn turn)
    {
        Span<byte> room = stackalloc byte[HeadBytesMax];
        return turn.Compose(Write(room, message).Written);
    }

    public static void Write(ref VarintWriter writer, Ballot ballot) => writer.Numbers(ballot.Round, ballot.Proposer);

    /// <summary>False for bytes that no message has. Values, or a snapshot's state, are copied into the list.</summary>
    public static bool TryRead(ReadOnlySpan<byte> from, List<PaxosEntry> entries, out PaxosMessage message)
    {
        entries.Clear();
        var reader = new VarintReader(from);
        var verb = (PaxosVerb)reader.Byte();
        message = new PaxosMessage(verb);
        switch (verb)
        {
            case PaxosVerb.Probe:
                message = message with { Number = reader.Number() };
                break;
            case PaxosVerb.ProbeAnswer:
                message = message with { Number = reader.Number(), Ballot = ReadBallot(ref reader) };
                break;
            case PaxosVerb.Ask or PaxosVerb.Chosen:
                message = message with { Slot = ReadSlot(ref reader) };
                break;
            case PaxosVerb.Snapshot:
                message = message with { Slot = ReadSlot(ref reader) };
                entries.Add(new PaxosEntry(default, reader.Rest().ToArray()));
                break;
            case > PaxosVerb.None and <= PaxosVerb.HeartbeatAnswer:
                message = message with { Ballot = ReadBallot(ref reader) };
                ReadRest(ref reader, ref message);
                break;
            default:
                return false;
        }

        if (verb is PaxosVerb.Promise or PaxosVerb.Accept or PaxosVerb.Chosen)
        {
            ReadEntries(ref reader, verb == PaxosVerb.Promise, entries);
        }

        return reader.IsAtEnd;
    }

    private static void ReadRest(ref VarintReader reader, ref PaxosMessage message)
    {
        message = message.Verb switch
        {
            PaxosVerb.Prepare => message with { Slot = ReadSlot(ref reader) },
            PaxosVerb.Promise => message with { Slot = ReadSlot(ref reader), Committed = reader.Number(), Dropped = reader.Number(), Next = reader.Number() },
            PaxosVerb.Accept => message with { Committed = reader.Number(), Slot = ReadSlot(ref reader) },
            PaxosVerb.Accepted => message with { Slot = ReadSlot(ref reader), Number = reader.Small(EntriesMax) },
            PaxosVerb.Heartbeat => message with { Committed = reader.Number(), Number = reader.Number() },
            PaxosVerb.HeartbeatAnswer => message with { Number = reader.Number() },
            _ => message,
        };
    }

    public static void WriteEntries(ref VarintWriter writer, List<PaxosEntry> entries, bool withBallots)
    {
        writer.Number(entries.Count);
        foreach (PaxosEntry entry in entries)
        {
            if (withBallots)
            {
                Write(ref writer, entry.Ballot);
            }

            writer.Number(entry.Value is null ? 0 : entry.Value.Length + 1L);
            writer.Bytes(entry.Value);
        }
    }

    public static void ReadEntries(ref VarintReader reader, bool withBallots, List<PaxosEntry> entries)
    {
        int count = reader.Count(EntriesMax);
        for (int i = 0; i < count && reader.IsGood; i++)
        {
            Ballot ballot = withBallots ? ReadBallot(ref reader) : default;
            int length = reader.Small(int.MaxValue);
            ReadOnlySpan<byte> value = reader.Bytes(Math.Max(0, length - 1));
            if (length == 0 && !withBallots)
            {
                reader.Refuse();
            }

            entries.Add(new PaxosEntry(ballot, length == 0 ? null : value.ToArray()));
        }
    }

    public static Ballot ReadBallot(ref VarintReader reader) => new(reader.Place(), reader.Small(PaxosOptions.ServersMax));

    /// <summary>From 1 on.</summary>
    public static long ReadSlot(ref VarintReader reader)
    {
        long slot = reader.Place();
        if (slot == 0)
        {
            reader.Refuse();
        }

        return slot;
    }
}
