using System.Buffers.Binary;
using Headroom.Simulation.Messages;

namespace Headroom.Lab.Sockets;

/// <summary>
/// What one datagram or one write holds: a message or a pack of them as they lie on the wire, and behind it, uncounted, what only the host needs: of each message the hops
/// of its payload (4 bytes) and the identity of its body (8), then the number of the packet (8) and of the messages (4). All little endian.
/// </summary>
internal static class Packet
{
    private const int NoteBytes = 12;
    private const int EndBytes = 12;

    /// <summary>Reads off the counted part and the notes of a packet; false of what is none.</summary>
    public static bool TryRead(ReadOnlySpan<byte> packet, out ReadOnlySpan<byte> frame, out ReadOnlySpan<byte> notes, out long number)
    {
        frame = notes = default;
        number = 0;
        if (packet.Length < EndBytes)
        {
            return false;
        }

        ReadOnlySpan<byte> end = packet[^EndBytes..];
        number = BinaryPrimitives.ReadInt64LittleEndian(end);
        int count = BinaryPrimitives.ReadInt32LittleEndian(end[8..]);
        int room = packet.Length - EndBytes;
        if (count < 1 || count > room / NoteBytes)
        {
            return false;
        }

        frame = packet[..(room - (count * NoteBytes))];
        notes = packet[frame.Length..room];
        return true;
    }

    public static (int Hops, long Body) Note(ReadOnlySpan<byte> notes, int i) =>
        (BinaryPrimitives.ReadInt32LittleEndian(notes[(i * NoteBytes)..]), BinaryPrimitives.ReadInt64LittleEndian(notes[((i * NoteBytes) + 4)..]));

    public static int Notes(ReadOnlySpan<byte> notes) => notes.Length / NoteBytes;

    /// <summary>A packet of this frame, which the host numbers when it is put on a socket.</summary>
    public static byte[] Of(ReadOnlySpan<byte> frame, ReadOnlySpan<(int Hops, long Body)> notes)
    {
        byte[] packet = new byte[frame.Length + (notes.Length * NoteBytes) + EndBytes];
        frame.CopyTo(packet);
        Span<byte> at = packet.AsSpan(frame.Length);
        foreach ((int hops, long body) in notes)
        {
            BinaryPrimitives.WriteInt32LittleEndian(at, hops);
            BinaryPrimitives.WriteInt64LittleEndian(at[4..], body);
            at = at[NoteBytes..];
        }

        BinaryPrimitives.WriteInt32LittleEndian(at[8..], notes.Length);
        return packet;
    }

    public static void Number(byte[] packet, long number) => BinaryPrimitives.WriteInt64LittleEndian(packet.AsSpan(packet.Length - EndBytes), number);

    /// <summary>Takes the next message off a frame: the frame itself, or what a pack holds.</summary>
    public static bool TryNext(ref ReadOnlySpan<byte> rest, bool isPack, out ReadOnlySpan<byte> message)
    {
        if (isPack)
        {
            return PackFrame.TryNext(ref rest, out message);
        }

        message = rest;
        rest = default;
        return !message.IsEmpty;
    }
}
