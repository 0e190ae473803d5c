using System.Runtime.CompilerServices;

namespace Headroom.Coding.Fields.Kernels;

/// <summary>GF(2^8), any polynomial, a byte a step, for machines without wide shuffles: the two tables of sixteen products of <see cref="ByteMatrix"/>.</summary>
internal readonly unsafe struct ScalarProduct : IProduct<byte, byte>
{
    public static bool HasManyRegisters => false;

    public static int StepBytes => 1;

    public static int CoefficientBytes => 32;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static byte Load(byte* source) => *source;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static byte LoadSum(byte* target) => *target;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static byte Add(byte sum, byte x, byte* c) => (byte)(sum ^ c[x & 15] ^ c[16 + (x >> 4)]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static byte Add(byte sum, byte x, byte* c, byte y, byte* d) => Add(Add(sum, x, c), y, d);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(byte sum, byte* target) => *target = sum;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreNonTemporal(byte sum, byte* target) => *target = sum;
}

/// <summary>Rows of ones, eight bytes a step.</summary>
internal readonly unsafe struct ScalarXor : IProduct<ulong, ulong>
{
    public static bool HasManyRegisters => false;

    public static int StepBytes => sizeof(ulong);

    public static int CoefficientBytes => 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Load(byte* source) => *(ulong*)source;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong LoadSum(byte* target) => *(ulong*)target;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Add(ulong sum, ulong x, byte* c) => sum ^ x;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Add(ulong sum, ulong x, byte* c, ulong y, byte* d) => sum ^ x ^ y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(ulong sum, byte* target) => *(ulong*)target = sum;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreNonTemporal(ulong sum, byte* target) => *(ulong*)target = sum;
}
