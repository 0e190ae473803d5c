using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Headroom.Benchmarks.Coding;

/// <summary>What this machine can do at most for the same bytes: instructions without memory, and memory almost without instructions.</summary>
internal static unsafe class MachineLimits
{
    private static ulong s_sink;

    public static bool HasAffine => Gfni.V512.IsSupported;

    /// <summary>So many 512-bit affine transforms on registers, in eight independent chains.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Affine(long count)
    {
        Vector512<byte> matrix = Vector512.Create(0x0102040810204081UL).AsByte();
        Vector512<byte> a = Vector512<byte>.Zero, b = a, c = a, d = a, e = a, f = a, g = a, h = a;
        for (long i = 0; i < count; i += 8)
        {
            a = Gfni.V512.GaloisFieldAffineTransform(a, matrix, 1);
            b = Gfni.V512.GaloisFieldAffineTransform(b, matrix, 2);
            c = Gfni.V512.GaloisFieldAffineTransform(c, matrix, 3);
            d = Gfni.V512.GaloisFieldAffineTransform(d, matrix, 4);
            e = Gfni.V512.GaloisFieldAffineTransform(e, matrix, 5);
            f = Gfni.V512.GaloisFieldAffineTransform(f, matrix, 6);
            g = Gfni.V512.GaloisFieldAffineTransform(g, matrix, 7);
            h = Gfni.V512.GaloisFieldAffineTransform(h, matrix, 8);
        }

        s_sink = (a ^ b ^ c ^ d ^ e ^ f ^ g ^ h).AsUInt64()[0];
    }

    /// <summary>Reads the sources once, side by side, 256 bytes of each at a time, and writes their exclusive or: the bandwidth of reading.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void ExclusiveOr(ReadOnlySpan<nint> sources, nint target, int bytes)
    {
        fixed (nint* source = sources)
        {
            for (nint at = 0; at + 255 < bytes; at += 256)
            {
                Vector512<byte> a = Vector512<byte>.Zero, b = a, c = a, d = a;
                for (int j = 0; j < sources.Length; j++)
                {
                    byte* from = (byte*)source[j] + at;
                    a ^= Vector512.Load(from);
                    b ^= Vector512.Load(from + 64);
                    c ^= Vector512.Load(from + 128);
                    d ^= Vector512.Load(from + 192);
                }

                byte* to = (byte*)target + at;
                a.Store(to);
                b.Store(to + 64);
                c.Store(to + 128);
                d.Store(to + 192);
            }
        }
    }
}
