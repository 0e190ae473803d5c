using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Headroom.Coding.Checksums;

public static partial class Crc64
{
    private const int Registers = 8;

    /// <summary>By how many bits each of several registers is moved on to reach the last one of a step: see <see cref="Constants"/>.</summary>
    private static readonly Vector128<ulong> ByOneLane = Constants(128);
    private static readonly Vector128<ulong> ByNarrowStep = Constants(Registers * 128);
    private static readonly Vector128<ulong> ByWideStep = Constants(Registers * 512);

    /// <summary>
    /// Folds whole steps of eight registers into the state by carry-less multiplication ([gopal2009]): sixteen bytes x that stand D bits before the end of a
    /// step are congruent to low(x) (x^(D+64) mod P) + high(x) (x^D mod P), added to the sixteen bytes D bits later. Lane layout: each 128-bit lane folds on its
    /// own, bytes in memory order, the lower half holding the higher powers (reflected). The last lane is then a message of sixteen bytes for the tables.
    /// </summary>
    /// <returns>How many bytes were done.</returns>
    private static int Fold(ref ulong state, ReadOnlySpan<byte> bytes)
    {
        if (Pclmulqdq.V512.IsSupported && bytes.Length >= 2 * Registers * Vector512<byte>.Count)
        {
            return FoldWide(ref state, bytes);
        }

        return Pclmulqdq.IsSupported && bytes.Length >= 2 * Registers * Vector128<byte>.Count ? FoldNarrow(ref state, bytes) : 0;
    }

    private static int FoldWide(ref ulong state, ReadOnlySpan<byte> bytes)
    {
        const int step = Registers * 64;
        ref byte source = ref MemoryMarshal.GetReference(bytes);
        var by = Vector512.Create(Vector256.Create(ByWideStep, ByWideStep), Vector256.Create(ByWideStep, ByWideStep));
        Vector512<ulong> a = Wide(ref source, 0) ^ Vector512.CreateScalar(state), b = Wide(ref source, 1), c = Wide(ref source, 2), d = Wide(ref source, 3);
        Vector512<ulong> e = Wide(ref source, 4), f = Wide(ref source, 5), g = Wide(ref source, 6), h = Wide(ref source, 7);
        int at = step;
        for (; at <= bytes.Length - step; at += step)
        {
            ref byte here = ref System.Runtime.CompilerServices.Unsafe.Add(ref source, at);
            (a, b, c, d) = (Folded(a, by, Wide(ref here, 0)), Folded(b, by, Wide(ref here, 1)), Folded(c, by, Wide(ref here, 2)), Folded(d, by, Wide(ref here, 3)));
            (e, f, g, h) = (Folded(e, by, Wide(ref here, 4)), Folded(f, by, Wide(ref here, 5)), Folded(g, by, Wide(ref here, 6)), Folded(h, by, Wide(ref here, 7)));
        }

        ReadOnlySpan<Vector512<ulong>> lanes = [a, b, c, d, e, f, g, h];
        state = Reduced(MemoryMarshal.Cast<Vector512<ulong>, Vector128<ulong>>(lanes));
        return at;
    }

    private static int FoldNarrow(ref ulong state, ReadOnlySpan<byte> bytes)
    {
        const int step = Registers * 16;
        Span<Vector128<ulong>> lanes = stackalloc Vector128<ulong>[Registers];
        MemoryMarshal.Cast<byte, Vector128<ulong>>(bytes[..step]).CopyTo(lanes);
        lanes[0] ^= Vector128.CreateScalar(state);
        int at = step;
        for (; at <= bytes.Length - step; at += step)
        {
            ReadOnlySpan<Vector128<ulong>> next = MemoryMarshal.Cast<byte, Vector128<ulong>>(bytes.Slice(at, step));
            for (int i = 0; i < Registers; i++)
            {
                lanes[i] = Folded(lanes[i], ByNarrowStep, next[i]);
            }
        }

        state = Reduced(lanes);
        return at;
    }

    private static ulong Reduced(ReadOnlySpan<Vector128<ulong>> lanes)
    {
        Vector128<ulong> sum = lanes[0];
        for (int i = 1; i < lanes.Length; i++)
        {
            sum = Folded(sum, ByOneLane, lanes[i]);
        }

        return AppendByTables(0, MemoryMarshal.AsBytes(new ReadOnlySpan<Vector128<ulong>>(in sum)));
    }

    private static Vector512<ulong> Wide(ref byte source, int register) => Vector512.LoadUnsafe(ref source, (nuint)register * 64).AsUInt64();

    private static Vector512<ulong> Folded(Vector512<ulong> x, Vector512<ulong> by, Vector512<ulong> next) =>
        Avx512F.TernaryLogic(Pclmulqdq.V512.CarrylessMultiply(x, by, 0x00), Pclmulqdq.V512.CarrylessMultiply(x, by, 0x11), next, 0x96);

    private static Vector128<ulong> Folded(Vector128<ulong> x, Vector128<ulong> by, Vector128<ulong> next) =>
        Pclmulqdq.CarrylessMultiply(x, by, 0x00) ^ Pclmulqdq.CarrylessMultiply(x, by, 0x11) ^ next;

    /// <summary>x^(D+64-1) and x^(D-1) mod P; one less because the product of two reflected polynomials comes out multiplied by x.</summary>
    private static Vector128<ulong> Constants(int distance)
    {
        ulong power = 1UL << 63;
        ulong high = 0;
        for (int exponent = 1; exponent <= distance + 63; exponent++)
        {
            power = TimesX(power);
            high = exponent == distance - 1 ? power : high;
        }

        return Vector128.Create(power, high);
    }
}
