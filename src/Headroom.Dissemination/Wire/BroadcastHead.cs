using System.Buffers.Binary;
using Headroom.Simulation.Messages;
using Headroom.Simulation.Processes;

namespace Headroom.Dissemination.Wire;

/// <summary>What a broadcast message says.</summary>
public enum BroadcastVerb : byte
{
    /// <summary>The payload follows as the body.</summary>
    Payload = 1,

    /// <summary>I have it: no body.</summary>
    IHave = 2,

    /// <summary>Send it to me: no body.</summary>
    Pull = 3,
}

/// <summary>
/// The head of every message of this subject, nine bytes: the verb, then the broadcast's number, little endian. On the wire the payload's
/// bytes follow.
/// </summary>
public readonly record struct BroadcastHead(BroadcastVerb Verb, long Broadcast)
{
    public const int Length = 9;

    /// <summary>Bytes of a message with such a head and a body of this length, as they lie on the wire before packet headers.</summary>
    public static long MessageBytes(long bodyBytes) => WireFrame.Length(Length, bodyBytes);

    /// <summary>A message with this head.</summary>
    public int Compose(int body, ref Turn turn)
    {
        Span<byte> head = stackalloc byte[Length];
        Write(head);
        return turn.Compose(head, body);
    }

    public void Write(Span<byte> into)
    {
        into[0] = (byte)Verb;
        BinaryPrimitives.WriteInt64LittleEndian(into[1..], Broadcast);
    }

    /// <summary>Reads a head; false for anything that is not one (wrong length, unknown verb).</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out BroadcastHead head)
    {
        if (bytes.Length != Length || bytes[0] is < (byte)BroadcastVerb.Payload or > (byte)BroadcastVerb.Pull)
        {
            head = default;
            return false;
        }

        head = new BroadcastHead((BroadcastVerb)bytes[0], BinaryPrimitives.ReadInt64LittleEndian(bytes[1..]));
        return true;
    }
}
