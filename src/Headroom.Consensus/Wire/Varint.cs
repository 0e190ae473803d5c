using System.Numerics;

namespace Headroom.Consensus.Wire;

/// <summary>Nonnegative numbers in base 128, low seven bits first, the high bit set on all bytes but the last; the shortest form only.</summary>
internal static class Varint
{
    public const int LengthMax = 9;

    /// <summary>Bytes that a nonnegative number takes.</summary>
    public static int Length(long value) => 1 + (BitOperations.Log2((ulong)value) / 7);
}
