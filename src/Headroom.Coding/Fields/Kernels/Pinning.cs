namespace Headroom.Coding.Fields.Kernels;

/// <summary>What is done with buffers while they are pinned.</summary>
internal unsafe interface IPinnedWork
{
    void Run(byte** places);
}

/// <summary>Pins many buffers for the time of a call: eight in a frame and the rest in frames below it, so that no handles are made and nothing is allocated.</summary>
internal static unsafe class Pinning
{
    /// <summary>The addresses of the first buffers go to the places, which have room for a multiple of this many.</summary>
    public const int PerFrame = 8;

    /// <summary>Runs the work on so many buffers, from the first on.</summary>
    public static void Run<TBuffers, TWork>(scoped in TBuffers buffers, int count, byte** places, scoped in TWork work)
        where TBuffers : IBuffers, allows ref struct
        where TWork : struct, IPinnedWork, allows ref struct => Run(buffers, 0, count, places, work);

    private static void Run<TBuffers, TWork>(scoped in TBuffers buffers, int next, int count, byte** places, scoped in TWork work)
        where TBuffers : IBuffers, allows ref struct
        where TWork : struct, IPinnedWork, allows ref struct
    {
        fixed (byte* a = At(buffers, next, count), b = At(buffers, next + 1, count), c = At(buffers, next + 2, count), d = At(buffers, next + 3, count))
        fixed (byte* e = At(buffers, next + 4, count), f = At(buffers, next + 5, count), g = At(buffers, next + 6, count), h = At(buffers, next + 7, count))
        {
            byte** place = places + next;
            place[0] = a;
            place[1] = b;
            place[2] = c;
            place[3] = d;
            place[4] = e;
            place[5] = f;
            place[6] = g;
            place[7] = h;
            if (next + PerFrame < count)
            {
                Run(buffers, next + PerFrame, count, places, work);
            }
            else
            {
                work.Run(places);
            }
        }
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]
    private static ReadOnlySpan<byte> At<TBuffers>(scoped in TBuffers buffers, int index, int count)
        where TBuffers : IBuffers, allows ref struct => index < count ? buffers.At(index) : default;
}
