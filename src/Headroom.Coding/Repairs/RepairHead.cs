using System.Buffers.Binary;

namespace Headroom.Coding.Repairs;

/// <summary>The head of a message between nodes that repair: 19 bytes, little endian, behind which a part's bytes stand.</summary>
/// <param name="IsAsk">A node asks a helper for its message; otherwise a part of that message.</param>
/// <param name="To">The member it is for, which is not always the next that it comes to.</param>
/// <param name="From">The member that it is from, likewise.</param>
/// <param name="Block">Which block is rebuilt.</param>
/// <param name="Helper">The helper's number in the plan.</param>
/// <param name="Part">Of a part its number, from 0.</param>
internal readonly record struct RepairHead(bool IsAsk, int To, int From, int Block, ushort Helper, int Part)
{
    public const int Bytes = 19;

    public void Write(Span<byte> head)
    {
        head[0] = IsAsk ? (byte)1 : (byte)2;
        BinaryPrimitives.WriteInt32LittleEndian(head[1..], To);
        BinaryPrimitives.WriteInt32LittleEndian(head[5..], From);
        BinaryPrimitives.WriteInt32LittleEndian(head[9..], Block);
        BinaryPrimitives.WriteUInt16LittleEndian(head[13..], Helper);
        BinaryPrimitives.WriteInt32LittleEndian(head[15..], Part);
    }

    /// <summary>False for anything that is no such head.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out RepairHead head)
    {
        head = default;
        if (bytes.Length < Bytes || bytes[0] is not (1 or 2))
        {
            return false;
        }

        head = new RepairHead(
            bytes[0] == 1,
            BinaryPrimitives.ReadInt32LittleEndian(bytes[1..]),
            BinaryPrimitives.ReadInt32LittleEndian(bytes[5..]),
            BinaryPrimitives.ReadInt32LittleEndian(bytes[9..]),
            BinaryPrimitives.ReadUInt16LittleEndian(bytes[13..]),
            BinaryPrimitives.ReadInt32LittleEndian(bytes[15..]));
        return true;
    }
}
