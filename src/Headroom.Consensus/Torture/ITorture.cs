using Headroom.Simulation.Faults;
using Headroom.Simulation.Observation.SpaceTime;

namespace Headroom.Consensus.Torture;

/// <summary>A protocol under faults that a seed draws, or others in their place, watched by every check. One thread's: its memory is used again.</summary>
public interface ITorture<out TResult>
    where TResult : TortureOutcome
{
    /// <summary>When a run ends.</summary>
    long EndNs { get; }

    /// <summary>Who takes part in a seed's run.</summary>
    TortureRoles Roles(ulong seed);

    /// <summary>Runs a seed, with its own faults or with others in their place.</summary>
    TResult Run(ulong seed, FaultPlan? faults = null);

    /// <summary>Runs a seed up to a moment and records what a space-time diagram needs, from a moment on.</summary>
    SpaceTimeLog Record(ulong seed, FaultPlan? faults, long fromNs, long untilNs);
}
