using System.Buffers.Binary;
using Headroom.Simulation.Processes;

namespace Headroom.Dissemination.Gossip;

/// <summary>What a message of gossip by calls says.</summary>
public enum CallVerb : byte
{
    /// <summary>The payload of a broadcast follows as the body.</summary>
    Payload = 1,

    /// <summary>Send me what I do not list.</summary>
    Call = 2,

    /// <summary>Both.</summary>
    PayloadAndCall = 3,
}

/// <summary>
/// The head of a message of gossip by calls, little endian: the verb (1); with a payload its broadcast's number (8) and age in periods (2); with a call
/// the numbers (8 each) that the caller need not be sent.
/// </summary>
public readonly ref struct CallHead
{
    /// <summary>The most numbers that a call lists, and payloads that it is answered with.</summary>
    public const int ListMax = 128;

    public const int PayloadLength = 11;

    public const int LengthMax = PayloadLength + (8 * ListMax);

    private CallHead(CallVerb verb, long broadcast, ushort age, ReadOnlySpan<byte> list)
    {
        Verb = verb;
        Broadcast = broadcast;
        Age = age;
        List = list;
    }

    public CallVerb Verb { get; }

    public bool HasPayload => Verb != CallVerb.Call;

    public bool IsCall => Verb != CallVerb.Payload;

    public long Broadcast { get; }

    public ushort Age { get; }

    private ReadOnlySpan<byte> List { get; }

    public int ListCount => List.Length / 8;

    public bool Lists(long broadcast)
    {
        for (int i = 0; i < List.Length; i += 8)
        {
            if (BinaryPrimitives.ReadInt64LittleEndian(List[i..]) == broadcast)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A payload's message.</summary>
    public static int ComposePayload(long broadcast, int age, int body, ref Turn turn)
    {
        Span<byte> head = stackalloc byte[PayloadLength];
        WritePayload(head, CallVerb.Payload, broadcast, age);
        return turn.Compose(head, body);
    }

    public static void WritePayload(Span<byte> into, CallVerb verb, long broadcast, int age)
    {
        into[0] = (byte)verb;
        BinaryPrimitives.WriteInt64LittleEndian(into[1..], broadcast);
        BinaryPrimitives.WriteUInt16LittleEndian(into[9..], (ushort)Math.Min(age, ushort.MaxValue));
    }

    /// <summary>Reads a head; false for anything that is not one.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out CallHead head)
    {
        head = default;
        if (bytes.IsEmpty || bytes[0] is < (byte)CallVerb.Payload or > (byte)CallVerb.PayloadAndCall)
        {
            return false;
        }

        var verb = (CallVerb)bytes[0];
        int start = verb == CallVerb.Call ? 1 : PayloadLength;
        int listed = bytes.Length - start;
        if (listed < 0 || listed % 8 != 0 || listed > 8 * ListMax || (verb == CallVerb.Payload && listed > 0))
        {
            return false;
        }

        head = verb == CallVerb.Call
            ? new CallHead(verb, 0, 0, bytes[start..])
            : new CallHead(verb, BinaryPrimitives.ReadInt64LittleEndian(bytes[1..]), BinaryPrimitives.ReadUInt16LittleEndian(bytes[9..]), bytes[start..]);
        return true;
    }
}
