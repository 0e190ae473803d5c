namespace Headroom.Coding.Fields.Kernels;

/// <summary>GF(2^8), any polynomial, a byte a step, for machines without wide shuffles: the two tables of sixteen products of <see cref="ByteMatrix"/>.</summary>
internal readonly unsafe struct ScalarProduct : IProduct<byte, byte>
{
    public static int StepBytes => 1;

    public static int CoefficientBytes => 32;

    public static byte Load(byte* source) => *source;

    public static byte LoadSum(byte* target) => *target;

    public static byte Add(byte sum, byte x, byte* c) => (byte)(sum ^ c[x & 15] ^ c[16 + (x >> 4)]);

    public static byte Add(byte sum, byte x, byte* c, byte y, byte* d) => Add(Add(sum, x, c), y, d);

    public static void Store(byte sum, byte* target) => *target = sum;

    public static void StoreNonTemporal(byte sum, byte* target) => *target = sum;
}

/// <summary>Rows of ones, eight bytes a step.</summary>
internal readonly unsafe struct ScalarXor : IProduct<ulong, ulong>
{
    public static int StepBytes => sizeof(ulong);

    public static int CoefficientBytes => 0;

    public static ulong Load(byte* source) => *(ulong*)source;

    public static ulong LoadSum(byte* target) => *(ulong*)target;

    public static ulong Add(ulong sum, ulong x, byte* c) => sum ^ x;

    public static ulong Add(ulong sum, ulong x, byte* c, ulong y, byte* d) => sum ^ x ^ y;

    public static void Store(ulong sum, byte* target) => *(ulong*)target = sum;

    public static void StoreNonTemporal(ulong sum, byte* target) => *(ulong*)target = sum;
}
