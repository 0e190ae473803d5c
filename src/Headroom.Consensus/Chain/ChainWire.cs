using System.Collections.Immutable;
using Headroom.Consensus.Replication;
using Headroom.Consensus.Wire;
using Headroom.Simulation.Processes;

namespace Headroom.Consensus.Chain;

/// <summary>
/// Messages as bytes: the verb, then the fields that it uses, all nonnegative numbers in base 128. Updates follow their number: each one's length, its bytes. Anything else is refused, whatever its bytes.
/// </summary>
internal static class ChainWire
{
    public const int HeadBytesMax = 2 + (5 * Varint.LengthMax);
    public const int EntriesMax = 4096;

    public static VarintWriter Write(Span<byte> into, in ChainMessage message)
    {
        var writer = new VarintWriter(into);
        writer.Byte((byte)message.Verb);
        switch (message.Verb)
        {
            case ChainVerb.Heartbeat:
                writer.Numbers(message.Incarnation, message.Epoch, message.Number);
                break;
            case ChainVerb.Lease:
                writer.Numbers(message.Incarnation, message.Number);
                break;
            case ChainVerb.Configuration or ChainVerb.CaughtUp:
                writer.Numbers(message.Incarnation, message.Epoch);
                break;
            case ChainVerb.Confirm or ChainVerb.Confirmed or ChainVerb.Version:
                writer.Numbers(message.Epoch, message.Number);
                break;
            case ChainVerb.Command or ChainVerb.Question:
                writer.Numbers(message.Client, message.Number);
                break;
            case ChainVerb.VersionAnswer:
                writer.Numbers(message.Epoch, message.Number, message.Sequence);
                break;
            default:
                writer.Numbers(message.Epoch, message.Sequence);
                break;
        }

        return writer;
    }

    public static int Compose(in ChainMessage message, ref Turn turn)
    {
        Span<byte> room = stackalloc byte[HeadBytesMax];
        return turn.Compose(Write(room, message).Written);
    }

    /// <summary>Who joins, and the chain.</summary>
    public static void WriteChain(ref VarintWriter writer, ChainConfiguration configuration)
    {
        writer.Numbers(configuration.Joining + 1, configuration.Order.Length);
        foreach (int server in configuration.Order)
        {
            writer.Byte((byte)server);
        }
    }

    public static void WriteEntries(ref VarintWriter writer, ReadOnlySpan<byte[]> entries)
    {
        writer.Number(entries.Length);
        foreach (byte[] entry in entries)
        {
            writer.Sized(entry);
        }
    }

    /// <summary>False for bytes that no message has. Updates, or other bytes as one, are copied into the list.</summary>
    public static bool TryRead(ReadOnlySpan<byte> from, int servers, List<byte[]> entries, out ChainMessage message, out ChainConfiguration? configuration)
    {
        entries.Clear();
        configuration = null;
        var reader = new VarintReader(from);
        var verb = (ChainVerb)reader.Byte();
        message = verb switch
        {
            ChainVerb.Heartbeat => new ChainMessage(verb) { Incarnation = reader.Number(), Epoch = reader.Number(), Number = reader.Number() },
            ChainVerb.Lease => new ChainMessage(verb) { Incarnation = reader.Number(), Number = reader.Number() },
            ChainVerb.Configuration or ChainVerb.CaughtUp => new ChainMessage(verb) { Incarnation = reader.Number(), Epoch = reader.Number() },
            ChainVerb.Confirm or ChainVerb.Confirmed or ChainVerb.Version => new ChainMessage(verb) { Epoch = reader.Number(), Number = reader.Number() },
            ChainVerb.Command or ChainVerb.Question => new ChainMessage(verb) { Client = reader.Small(Sessions.ClientsMax - 1), Number = reader.Number() },
            ChainVerb.VersionAnswer => new ChainMessage(verb) { Epoch = reader.Number(), Number = reader.Number(), Sequence = reader.Place() },
            > ChainVerb.None and <= ChainVerb.VersionAnswer => new ChainMessage(verb) { Epoch = reader.Number(), Sequence = reader.Place() },
            _ => default,
        };
        switch (message.Verb)
        {
            case ChainVerb.None:
                return false;
            case ChainVerb.Configuration:
                configuration = ReadChain(ref reader, message.Epoch, servers);
                break;
            case ChainVerb.Update:
                ReadEntries(ref reader, entries);
                break;
            case ChainVerb.Copy or ChainVerb.Command or ChainVerb.Question:
                entries.Add(reader.Rest().ToArray());
                break;
            default:
                break;
        }

        return reader.IsAtEnd;
    }

    public static void ReadEntries(ref VarintReader reader, List<byte[]> entries, int max = EntriesMax)
    {
        int count = reader.Count(max);
        for (int i = 0; i < count && reader.IsGood; i++)
        {
            entries.Add(reader.Sized().ToArray());
        }
    }

    /// <summary>A chain of servers that are there, each once, and somebody else who joins or nobody.</summary>
    private static ChainConfiguration? ReadChain(ref VarintReader reader, long epoch, int servers)
    {
        int joining = reader.Small(servers) - 1;
        int count = reader.Small(servers);
        ulong seen = joining < 0 ? 0 : 1UL << joining;
        ImmutableArray<int>.Builder order = ImmutableArray.CreateBuilder<int>();
        for (int i = 0; i < count && reader.IsGood; i++)
        {
            int server = reader.Byte();
            if (server >= servers || (seen >> server & 1) != 0)
            {
                reader.Refuse();
            }

            seen |= 1UL << server;
            order.Add(server);
        }

        if (order.Count == 0 || !reader.IsGood)
        {
            reader.Refuse();
            return null;
        }

        return new ChainConfiguration(epoch, order.ToImmutable(), joining);
    }
}
