using System.Runtime.CompilerServices;
using Headroom.Simulation.Events;
using Headroom.Simulation.Processes;

namespace Headroom.Simulation.Hosting;

/// <summary>
/// State asked for before it is needed: among many members hardly any of it is in the cache. Of a million members one broadcast by push (docs/scale.md) took 2.20, 2.24 and 2.26 s of
/// processor with this, and 3.5, 4.2 and 4.8 s without, in turn on a machine with other work.
/// </summary>
public sealed partial class SimulationHost<TProcess, TObserver>
{
    /// <summary>What the events next in line will touch.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Foresee(ReadOnlySpan<SimulationEvent> events)
    {
        foreach (ref readonly SimulationEvent item in events)
        {
            int member = item.Target;
            if ((uint)member >= (uint)_processes.Length)
            {
                continue;
            }

            CacheHint.Ask(_processes[member]);
            if ((EventKind)item.Kind == EventKind.Timer)
            {
                CacheHint.Ask(_timerSettings[member * TProcess.TimerCount]);
                CacheHint.Ask(_random[member]);
            }
            else if (_messages.MayHold(item.Argument))
            {
                CacheHint.Ask(_messages[item.Argument]);
                CacheHint.Ask(_network.LineOf(member));
            }

            if (_processes[0] is IForeseeing)
            {
                ((IForeseeing)_processes[0]).Foresee(member);
            }

            if (_observer is IForeseeing)
            {
                ((IForeseeing)_observer).Foresee(member);
            }
        }
    }
}
