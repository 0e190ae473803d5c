using System.Buffers.Binary;
using Headroom.Simulation.Processes;

namespace Headroom.Dissemination.HyParView;

/// <summary>
/// The head of a membership message, little endian, fixed for each verb: the verb (one byte), then
/// <list type="bullet">
/// <item>Join, Disconnect, Leave: nothing;</item>
/// <item>Neighbour: priority, NeighbourReply: acceptance (one byte, 0 or 1);</item>
/// <item>ForwardJoin: hops left (one byte), the new member (four);</item>
/// <item>Shuffle: hops left (one), the origin (four), how many (one), the members (four each);</item>
/// <item>ShuffleReply: how many (one), the members (four each).</item>
/// </list>
/// </summary>
public readonly ref struct HyParViewHead
{
    private const int ShuffleStart = 7;
    private const int ReplyStart = 2;
    private const int MemberBytes = 4;

    /// <summary>Bytes of the longest head.</summary>
    public const int LengthMax = ShuffleStart + (byte.MaxValue * MemberBytes);

    private readonly ReadOnlySpan<byte> _members;

    private HyParViewHead(HyParViewVerb verb, byte number, int member, ReadOnlySpan<byte> members)
    {
        Verb = verb;
        Number = number;
        Member = member;
        _members = members;
    }

    public HyParViewVerb Verb { get; }

    /// <summary>Hops left, priority or acceptance, by verb.</summary>
    public byte Number { get; }

    /// <summary>The new member, or the origin of a shuffle.</summary>
    public int Member { get; }

    public int Count => _members.Length / MemberBytes;

    public int this[int i] => BinaryPrimitives.ReadInt32LittleEndian(_members[(i * MemberBytes)..]);

    /// <summary>Bytes of a shuffle that names so many members besides its origin.</summary>
    public static int ShuffleLength(int members) => ShuffleStart + (members * MemberBytes);

    /// <summary>Reads a head among so many members; false for anything that is not exactly one.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, int members, out HyParViewHead head)
    {
        head = default;
        if (bytes.IsEmpty)
        {
            return false;
        }

        var verb = (HyParViewVerb)bytes[0];
        switch (verb)
        {
            case HyParViewVerb.Join or HyParViewVerb.Disconnect or HyParViewVerb.Leave when bytes.Length == 1:
                head = new HyParViewHead(verb, 0, -1, default);
                return true;
            case HyParViewVerb.Neighbour or HyParViewVerb.NeighbourReply when bytes.Length == 2 && bytes[1] <= 1:
                head = new HyParViewHead(verb, bytes[1], -1, default);
                return true;
            case HyParViewVerb.ForwardJoin when bytes.Length == 6:
                head = new HyParViewHead(verb, bytes[1], BinaryPrimitives.ReadInt32LittleEndian(bytes[2..]), default);
                return (uint)head.Member < (uint)members;
            case HyParViewVerb.Shuffle when bytes.Length >= ShuffleStart && bytes.Length == ShuffleLength(bytes[6]):
                head = new HyParViewHead(verb, bytes[1], BinaryPrimitives.ReadInt32LittleEndian(bytes[2..]), bytes[ShuffleStart..]);
                return (uint)head.Member < (uint)members && head.NamesOnly(members);
            case HyParViewVerb.ShuffleReply when bytes.Length >= ReplyStart && bytes.Length == ReplyStart + (bytes[1] * MemberBytes):
                head = new HyParViewHead(verb, 0, -1, bytes[ReplyStart..]);
                return head.NamesOnly(members);
            default:
                return false;
        }
    }

    public static void SendJoin(int peer, ref Turn turn) => turn.Send(peer, [(byte)HyParViewVerb.Join]);

    public static void SendDisconnect(int peer, ref Turn turn) => turn.Send(peer, [(byte)HyParViewVerb.Disconnect]);

    public static void SendLeave(int peer, ref Turn turn) => turn.Send(peer, [(byte)HyParViewVerb.Leave]);

    public static void SendNeighbour(int peer, bool hasPriority, ref Turn turn) => turn.Send(peer, [(byte)HyParViewVerb.Neighbour, hasPriority ? (byte)1 : (byte)0]);

    public static void SendNeighbourReply(int peer, bool isAccepted, ref Turn turn) => turn.Send(peer, [(byte)HyParViewVerb.NeighbourReply, isAccepted ? (byte)1 : (byte)0]);

    public static int ComposeForwardJoin(int member, int hopsLeft, ref Turn turn)
    {
        Span<byte> bytes = stackalloc byte[6];
        bytes[0] = (byte)HyParViewVerb.ForwardJoin;
        bytes[1] = (byte)hopsLeft;
        BinaryPrimitives.WriteInt32LittleEndian(bytes[2..], member);
        return turn.Compose(bytes);
    }

    public static void SendShuffle(int peer, int origin, int hopsLeft, scoped ReadOnlySpan<int> members, ref Turn turn)
    {
        Span<byte> bytes = stackalloc byte[ShuffleLength(members.Length)];
        bytes[0] = (byte)HyParViewVerb.Shuffle;
        bytes[1] = (byte)hopsLeft;
        BinaryPrimitives.WriteInt32LittleEndian(bytes[2..], origin);
        bytes[6] = (byte)members.Length;
        WriteMembers(bytes[ShuffleStart..], members);
        turn.Send(peer, bytes);
    }

    public static void SendShuffleReply(int peer, scoped ReadOnlySpan<int> members, ref Turn turn)
    {
        Span<byte> bytes = stackalloc byte[ReplyStart + (members.Length * MemberBytes)];
        bytes[0] = (byte)HyParViewVerb.ShuffleReply;
        bytes[1] = (byte)members.Length;
        WriteMembers(bytes[ReplyStart..], members);
        turn.Send(peer, bytes);
    }

    /// <summary>The same shuffle, one hop further.</summary>
    public void Forward(int peer, ref Turn turn)
    {
        Span<int> members = stackalloc int[Count];
        CopyTo(members);
        SendShuffle(peer, Member, Number - 1, members, ref turn);
    }

    public void CopyTo(Span<int> members)
    {
        for (int i = 0; i < Count; i++)
        {
            members[i] = this[i];
        }
    }

    private static void WriteMembers(Span<byte> into, ReadOnlySpan<int> members)
    {
        for (int i = 0; i < members.Length; i++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(into[(i * MemberBytes)..], members[i]);
        }
    }

    private bool NamesOnly(int members)
    {
        for (int i = 0; i < Count; i++)
        {
            if ((uint)this[i] >= (uint)members)
            {
                return false;
            }
        }

        return true;
    }
}
