using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace Headroom.Simulation.Events;

/// <summary>Blocks asked for before they are read. A hint: where the machine has no such instruction nothing happens.</summary>
internal sealed partial class EventBlocks
{
    private const int LineBytes = 64;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private unsafe void Prefetch(int block, int lines)
    {
        if (Sse.IsSupported)
        {
            byte* start = (byte*)Unsafe.AsPointer(ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_events), (nint)block << LengthBits));
            for (int line = 0; line < lines; line++)
            {
                Sse.Prefetch0(start + (line * LineBytes));
            }
        }
    }
}
