using System.Buffers.Binary;
using Headroom.Simulation.Processes;

namespace Headroom.Dissemination.Regions;

/// <summary>What a message between or within regions says. The first three carry the payload and are acknowledged.</summary>
public enum RegionVerb : byte
{
    /// <summary>To a relay from its region: tell every region.</summary>
    Everywhere = 1,

    /// <summary>To a relay from another region: tell yours.</summary>
    Region = 2,

    /// <summary>Down the tree of a region.</summary>
    Down = 3,

    Acknowledge = 4,

    /// <summary>The payload, to be spread on in the region; not acknowledged.</summary>
    Spread = 5,
}

/// <summary>The head of a message between or within regions, 13 bytes: the verb, the broadcast's number (8), and the place in its region of the relay that is the root of the tree (4), little endian.</summary>
public readonly record struct RegionHead(RegionVerb Verb, long Broadcast, int Root)
{
    public const int Length = 13;

    public int Compose(int body, ref Turn turn)
    {
        Span<byte> head = stackalloc byte[Length];
        head[0] = (byte)Verb;
        BinaryPrimitives.WriteInt64LittleEndian(head[1..], Broadcast);
        BinaryPrimitives.WriteInt32LittleEndian(head[9..], Root);
        return turn.Compose(head, body);
    }

    /// <summary>Reads a head; false for anything that is not one.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out RegionHead head)
    {
        head = default;
        if (bytes.Length != Length || bytes[0] is < (byte)RegionVerb.Everywhere or > (byte)RegionVerb.Spread)
        {
            return false;
        }

        head = new RegionHead((RegionVerb)bytes[0], BinaryPrimitives.ReadInt64LittleEndian(bytes[1..]), BinaryPrimitives.ReadInt32LittleEndian(bytes[9..]));
        return head.Root >= 0;
    }
}
