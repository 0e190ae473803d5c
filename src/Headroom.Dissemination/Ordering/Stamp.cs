using System.Buffers.Binary;

namespace Headroom.Dissemination.Ordering;

/// <summary>
/// What ordering adds behind the head of a message with a payload, little endian: for causal order the broadcasts delivered before it, origin (4) and number
/// (4) each; then its origin (4), the origin's life (4: 0 at first, another after each crash) and its number in that life, from 1 (4); for causal order, last, how
/// many were named (1).
/// </summary>
public readonly ref struct Stamp
{
    /// <summary>Bytes of every stamp; a causal one takes one more, and <see cref="DependencyLength"/> for each broadcast named.</summary>
    public const int FixedLength = 12;

    public const int DependencyLength = 8;

    private readonly ReadOnlySpan<byte> _dependencies;

    private Stamp(int origin, uint life, uint number, ReadOnlySpan<byte> dependencies)
    {
        Origin = origin;
        Life = life;
        Number = number;
        _dependencies = dependencies;
    }

    public int Origin { get; }

    public uint Life { get; }

    public uint Number { get; }

    public int DependencyCount => _dependencies.Length / DependencyLength;

    public (int Origin, uint Number) Dependency(int i) =>
        (BinaryPrimitives.ReadInt32LittleEndian(_dependencies[(DependencyLength * i)..]), BinaryPrimitives.ReadUInt32LittleEndian(_dependencies[((DependencyLength * i) + 4)..]));

    /// <summary>Whether another stamp says that it comes after this one.</summary>
    public bool ComesBefore(in Stamp other)
    {
        if (Origin == other.Origin)
        {
            return Life < other.Life || (Life == other.Life && Number < other.Number);
        }

        for (int i = 0; i < other.DependencyCount; i++)
        {
            (int origin, uint number) = other.Dependency(i);
            if (origin == Origin && Number <= number)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Writes a stamp and gives its length.</summary>
    public static int Write(Span<byte> into, DeliveryOrder order, int origin, uint life, uint number, ReadOnlySpan<(int Origin, uint Number)> dependencies)
    {
        int at = 0;
        if (order == DeliveryOrder.Causal)
        {
            foreach ((int earlier, uint count) in dependencies)
            {
                BinaryPrimitives.WriteInt32LittleEndian(into[at..], earlier);
                BinaryPrimitives.WriteUInt32LittleEndian(into[(at + 4)..], count);
                at += DependencyLength;
            }
        }

        BinaryPrimitives.WriteInt32LittleEndian(into[at..], origin);
        BinaryPrimitives.WriteUInt32LittleEndian(into[(at + 4)..], life);
        BinaryPrimitives.WriteUInt32LittleEndian(into[(at + 8)..], number);
        at += FixedLength;
        if (order == DeliveryOrder.Causal)
        {
            into[at++] = (byte)dependencies.Length;
        }

        return at;
    }

    /// <summary>Splits a head with a stamp behind it; false for anything that is not one.</summary>
    public static bool TrySplit(ReadOnlySpan<byte> bytes, DeliveryOrder order, int dependenciesMax, out ReadOnlySpan<byte> head, out ReadOnlySpan<byte> stamp)
    {
        head = stamp = default;
        int length = FixedLength;
        if (order == DeliveryOrder.Causal)
        {
            if (bytes.IsEmpty || bytes[^1] > dependenciesMax)
            {
                return false;
            }

            length += 1 + (DependencyLength * bytes[^1]);
        }

        if (bytes.Length < length)
        {
            return false;
        }

        head = bytes[..^length];
        stamp = bytes[^length..];
        Stamp read = Read(stamp, order);
        return read is { Origin: >= 0, Number: > 0 };
    }

    /// <summary>Reads a stamp that was split off or written.</summary>
    public static Stamp Read(ReadOnlySpan<byte> stamp, DeliveryOrder order)
    {
        ReadOnlySpan<byte> plain = order == DeliveryOrder.Causal ? stamp[..^1] : stamp;
        ReadOnlySpan<byte> last = plain[^FixedLength..];
        return new Stamp(BinaryPrimitives.ReadInt32LittleEndian(last), BinaryPrimitives.ReadUInt32LittleEndian(last[4..]), BinaryPrimitives.ReadUInt32LittleEndian(last[8..]), plain[..^FixedLength]);
    }
}
