using System.Buffers.Binary;

namespace Headroom.Dissemination.Switching;

/// <summary>What a message of a switching broadcast says.</summary>
public enum SwitchingVerb : byte
{
    /// <summary>A payload, to be spread on in its broadcast's mode.</summary>
    Payload = 1,

    /// <summary>Are you there, and what do you lack of these?</summary>
    Probe = 2,

    /// <summary>I am, and I lack these.</summary>
    Reply = 3,
}

/// <summary>
/// The head of a message of a switching broadcast, little endian. A payload: verb (1), mode (1), origin (4), number (8). A probe or reply: verb (1), when
/// the probe was sent by its sender's clock (4), the sender's estimates of the share of probes missed in parts of 65,535 (2) and of the queue factor in sixteenths (2), how many of the numbers that
/// follow are settled (1), numbers (8 each; in a reply those wanted).
/// </summary>
public readonly ref struct SwitchingHead
{
    public const int PayloadLength = 14;
    public const int ProbeLength = 10;
    public const int ListMax = 128;

    private readonly ReadOnlySpan<byte> _bytes;

    private SwitchingHead(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    public SwitchingVerb Verb => (SwitchingVerb)_bytes[0];

    public SpreadMode Mode => (SpreadMode)_bytes[1];

    public int Origin => BinaryPrimitives.ReadInt32LittleEndian(_bytes[2..]);

    public long Broadcast => BinaryPrimitives.ReadInt64LittleEndian(_bytes[6..]);

    public uint SentAt => BinaryPrimitives.ReadUInt32LittleEndian(_bytes[1..]);

    public double Missed => BinaryPrimitives.ReadUInt16LittleEndian(_bytes[5..]) / 65535.0;

    public double Queue => BinaryPrimitives.ReadUInt16LittleEndian(_bytes[7..]) / 16.0;

    /// <summary>The first so many numbers are of payloads that the sender has had for a while.</summary>
    public int Settled => _bytes[9];

    public int Count => (_bytes.Length - ProbeLength) / 8;

    public long this[int i] => BinaryPrimitives.ReadInt64LittleEndian(_bytes[(ProbeLength + (8 * i))..]);

    public bool Lists(long number)
    {
        for (int i = 0; i < Count; i++)
        {
            if (this[i] == number)
            {
                return true;
            }
        }

        return false;
    }

    public static void WritePayload(Span<byte> into, SpreadMode mode, int origin, long broadcast)
    {
        into[0] = (byte)SwitchingVerb.Payload;
        into[1] = (byte)mode;
        BinaryPrimitives.WriteInt32LittleEndian(into[2..], origin);
        BinaryPrimitives.WriteInt64LittleEndian(into[6..], broadcast);
    }

    /// <summary>Writes all of a probe or reply but its numbers.</summary>
    public static void WriteProbe(Span<byte> into, SwitchingVerb verb, uint sentAt, double missed, double queue, int settled)
    {
        into[0] = (byte)verb;
        BinaryPrimitives.WriteUInt32LittleEndian(into[1..], sentAt);
        BinaryPrimitives.WriteUInt16LittleEndian(into[5..], (ushort)Math.Round(65535 * Math.Clamp(missed, 0, 1)));
        BinaryPrimitives.WriteUInt16LittleEndian(into[7..], (ushort)Math.Min(ushort.MaxValue, Math.Round(16 * Math.Max(0, queue))));
        into[9] = (byte)settled;
    }

    /// <summary>Reads a head; false for anything that is not one.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, int members, out SwitchingHead head)
    {
        head = default;
        if (bytes.IsEmpty)
        {
            return false;
        }

        head = new SwitchingHead(bytes);
        return head.Verb switch
        {
            SwitchingVerb.Payload => bytes.Length == PayloadLength && head.Mode <= SpreadMode.Flooding && (uint)head.Origin < (uint)members,
            SwitchingVerb.Probe or SwitchingVerb.Reply => bytes.Length >= ProbeLength && (bytes.Length - ProbeLength) % 8 == 0 && head.Count <= ListMax && head.Settled <= head.Count,
            _ => false,
        };
    }
}
