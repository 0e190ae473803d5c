using System.Runtime.CompilerServices;

namespace Headroom.Coding.Fields.Kernels;

/// <summary>GF(2^16), an element a step, for machines without wide shuffles: the tables of <see cref="ShufflePlanes256"/>.</summary>
internal readonly unsafe struct ScalarPlanes : IProduct<ushort, ushort>
{
    public static bool HasManyRegisters => false;

    public static int StepBytes => sizeof(ushort);

    public static int CoefficientBytes => 128;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ushort Load(byte* source) => *(ushort*)source;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ushort LoadSum(byte* target) => *(ushort*)target;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ushort Add(ushort sum, ushort x, byte* c)
    {
        int n0 = x & 15;
        int n1 = 16 + ((x >> 4) & 15);
        int n2 = 64 + ((x >> 8) & 15);
        int n3 = 80 + (x >> 12);
        int low = c[n0] ^ c[n1] ^ c[n2] ^ c[n3];
        int high = c[32 + n0] ^ c[32 + n1] ^ c[32 + n2] ^ c[32 + n3];
        return (ushort)(sum ^ low ^ (high << 8));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ushort Add(ushort sum, ushort x, byte* c, ushort y, byte* d) => Add(Add(sum, x, c), y, d);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(ushort sum, byte* target) => *(ushort*)target = sum;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreNonTemporal(ushort sum, byte* target) => *(ushort*)target = sum;
}
