using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Headroom.Simulation.Hosting;

/// <summary>
/// Memory asked for before it is needed. A hint: where the machine has no such instruction nothing happens, and nothing that a run gives depends on it.
/// </summary>
public static class CacheHint
{
    private const int LineBytes = 64;

    /// <summary>The cache line in which the value begins, and the one in which it ends: of values up to eight bytes the same.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Ask<T>(in T place)
        where T : struct
    {
        if (Sse.IsSupported)
        {
            byte* start = (byte*)Unsafe.AsPointer(ref Unsafe.AsRef(in place));
            Sse.Prefetch0(start);
            if (Unsafe.SizeOf<T>() > sizeof(long))
            {
                Sse.Prefetch0(start + Unsafe.SizeOf<T>() - 1);
            }
        }
    }

    /// <summary>So many cache lines from a place on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void AskLines<T>(in T place, int lines)
        where T : struct
    {
        if (Sse.IsSupported)
        {
            byte* start = (byte*)Unsafe.AsPointer(ref Unsafe.AsRef(in place));
            for (int line = 0; line < lines; line++)
            {
                Sse.Prefetch0(start + (line * LineBytes));
            }
        }
    }
}
