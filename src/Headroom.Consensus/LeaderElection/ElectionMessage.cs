using System.Buffers.Binary;

namespace Headroom.Consensus.LeaderElection;

/// <summary>A message of an election, 15 bytes: verb, identifier (little endian), phase, way round the ring (0 or 1), hops made (little endian). What an algorithm does not use is 0.</summary>
public readonly record struct ElectionMessage(ElectionVerb Verb, long Identifier, byte Phase = 0, byte Way = 0, int Hops = 0)
{
    public const int Bytes = 15;

    /// <summary>A later phase would send further than a ring can be long.</summary>
    public const byte PhaseMax = 30;

    /// <summary>Writes the message; the room has at least <see cref="Bytes"/>.</summary>
    public void Write(Span<byte> into)
    {
        into[0] = (byte)Verb;
        BinaryPrimitives.WriteInt64LittleEndian(into[1..], Identifier);
        into[9] = Phase;
        into[10] = Way;
        BinaryPrimitives.WriteInt32LittleEndian(into[11..], Hops);
    }

    /// <summary>False for bytes that no member writes: another length, an unknown verb, a negative identifier, a phase, way or number of hops out of range.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out ElectionMessage message)
    {
        message = default;
        if (bytes.Length != Bytes || bytes[0] is < (byte)ElectionVerb.Candidate or > (byte)ElectionVerb.Leader || bytes[9] > PhaseMax || bytes[10] > 1)
        {
            return false;
        }

        long identifier = BinaryPrimitives.ReadInt64LittleEndian(bytes[1..]);
        int hops = BinaryPrimitives.ReadInt32LittleEndian(bytes[11..]);
        if (identifier < 0 || hops is < 0 or > 1 << PhaseMax)
        {
            return false;
        }

        message = new ElectionMessage((ElectionVerb)bytes[0], identifier, bytes[9], bytes[10], hops);
        return true;
    }
}
