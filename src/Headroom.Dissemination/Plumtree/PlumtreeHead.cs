using System.Buffers.Binary;
using Headroom.Simulation.Messages;
using Headroom.Simulation.Processes;

namespace Headroom.Dissemination.Plumtree;

/// <summary>
/// The head of a message of the tree, little endian: the verb (one byte), then
/// <list type="bullet">
/// <item>Gossip: the broadcast's number (eight bytes), the hops it has taken (two); the payload is the body;</item>
/// <item>IHave: how many (one), then for each number and hops as above;</item>
/// <item>Graft: whether the payload is asked for (one byte, 0 or 1), number and hops;</item>
/// <item>Prune: nothing.</item>
/// </list>
/// Hops end at 65,535.
/// </summary>
public readonly ref struct PlumtreeHead
{
    /// <summary>Bytes of an entry: number and hops.</summary>
    public const int EntryBytes = 10;

    public const int GossipLength = 1 + EntryBytes;

    public const int GraftLength = 2 + EntryBytes;

    /// <summary>Entries of the longest announcement.</summary>
    public const int EntriesMax = 100;

    private readonly ReadOnlySpan<byte> _entries;

    private PlumtreeHead(PlumtreeVerb verb, bool wantsPayload, ReadOnlySpan<byte> entries)
    {
        Verb = verb;
        WantsPayload = wantsPayload;
        _entries = entries;
    }

    public PlumtreeVerb Verb { get; }

    public bool WantsPayload { get; }

    public int Count => _entries.Length / EntryBytes;

    /// <summary>Bytes of a payload message before packet headers.</summary>
    public static long GossipBytes(long bodyBytes) => WireFrame.Length(GossipLength, bodyBytes);

    public static int IHaveLength(int entries) => 2 + (entries * EntryBytes);

    public long Broadcast(int i = 0) => BinaryPrimitives.ReadInt64LittleEndian(_entries[(i * EntryBytes)..]);

    public ushort Hops(int i = 0) => BinaryPrimitives.ReadUInt16LittleEndian(_entries[((i * EntryBytes) + 8)..]);

    /// <summary>Reads a head; false for anything that is not exactly one.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out PlumtreeHead head)
    {
        head = default;
        if (bytes.IsEmpty)
        {
            return false;
        }

        var verb = (PlumtreeVerb)bytes[0];
        switch (verb)
        {
            case PlumtreeVerb.Gossip when bytes.Length == GossipLength:
                head = new PlumtreeHead(verb, false, bytes[1..]);
                return true;
            case PlumtreeVerb.IHave when bytes.Length >= 2 && bytes[1] is > 0 and <= EntriesMax && bytes.Length == IHaveLength(bytes[1]):
                head = new PlumtreeHead(verb, false, bytes[2..]);
                return true;
            case PlumtreeVerb.Graft when bytes.Length == GraftLength && bytes[1] <= 1:
                head = new PlumtreeHead(verb, bytes[1] == 1, bytes[2..]);
                return true;
            case PlumtreeVerb.Prune when bytes.Length == 1:
                head = new PlumtreeHead(verb, false, default);
                return true;
            default:
                return false;
        }
    }

    public static int ComposeGossip(long broadcast, int hops, int body, ref Turn turn)
    {
        Span<byte> bytes = stackalloc byte[GossipLength];
        bytes[0] = (byte)PlumtreeVerb.Gossip;
        WriteEntry(bytes[1..], broadcast, hops);
        return turn.Compose(bytes, body);
    }

    public static int ComposeIHave(long broadcast, int hops, ref Turn turn)
    {
        Span<byte> bytes = stackalloc byte[IHaveLength(1)];
        BeginIHave(bytes, 1);
        WriteEntry(bytes[2..], broadcast, hops);
        return turn.Compose(bytes);
    }

    public static void SendGraft(int peer, bool wantsPayload, long broadcast, int hops, ref Turn turn)
    {
        Span<byte> bytes = stackalloc byte[GraftLength];
        bytes[0] = (byte)PlumtreeVerb.Graft;
        bytes[1] = wantsPayload ? (byte)1 : (byte)0;
        WriteEntry(bytes[2..], broadcast, hops);
        turn.Send(peer, bytes);
    }

    public static void SendPrune(int peer, ref Turn turn) => turn.Send(peer, [(byte)PlumtreeVerb.Prune]);

    internal static void BeginIHave(Span<byte> into, int entries)
    {
        into[0] = (byte)PlumtreeVerb.IHave;
        into[1] = (byte)entries;
    }

    internal static void WriteEntry(Span<byte> into, long broadcast, int hops)
    {
        BinaryPrimitives.WriteInt64LittleEndian(into, broadcast);
        BinaryPrimitives.WriteUInt16LittleEndian(into[8..], (ushort)Math.Min(hops, ushort.MaxValue));
    }
}
