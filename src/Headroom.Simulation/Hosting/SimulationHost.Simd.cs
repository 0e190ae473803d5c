using System.Runtime.CompilerServices;
using Headroom.Simulation.Events;
using Headroom.Simulation.Processes;

namespace Headroom.Simulation.Hosting;

/// <summary>State asked for before it is needed: among many members hardly any of it is in the cache.</summary>
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
