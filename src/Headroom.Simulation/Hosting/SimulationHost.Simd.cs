using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using Headroom.Simulation.Events;

namespace Headroom.Simulation.Hosting;

/// <summary>
/// State asked for a few events before it is needed: among many members hardly any of it is in the cache. A hint: where the machine has no such
/// instruction nothing happens, and nothing that a run gives depends on it.
/// </summary>
public sealed partial class SimulationHost<TProcess, TObserver>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Prefetch(in SimulationEvent ahead)
    {
        if (Sse.IsSupported && (uint)ahead.Target < (uint)_processes.Length)
        {
            Prefetch(_network.LineOf(ahead.Target));
            Prefetch(_states[ahead.Target]);
            Prefetch(_processes[ahead.Target]);
            if (_messages.MayHold(ahead.Argument))
            {
                Prefetch(_messages[ahead.Argument]);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void Prefetch<T>(in T place) => Sse.Prefetch0(Unsafe.AsPointer(ref Unsafe.AsRef(in place)));
}
