using Headroom.Kernel.Randomness;
using Headroom.Simulation.Faults;
using Headroom.Simulation.Processes;

namespace Headroom.Consensus.TrueTime;

/// <summary>
/// Clocks that are set right, to within a residue, once a period (each member's at a phase of its own), and drift in between: the sawtooth of [corbett2013, section 3]. The same
/// record drives the simulated clocks (<see cref="Plan"/>) and tells servers what they may believe (<see cref="Now"/>).
/// </summary>
public sealed record ClockSynchronisation
{
    /// <summary>How far a clock is off at most just after it was set.</summary>
    public required long ResidueNs { get; init; }

    /// <summary>How fast a clock drifts at most, in parts per million.</summary>
    public long DriftPpmMax { get; init; } = 200;

    public long PeriodNs { get; init; } = 2_000_000_000;

    /// <summary>A clock's greatest error: the residue and a period's drift, once more for the moment of setting, which a server knows by its own clock only.</summary>
    public long ErrorNsMax => ResidueNs + (2 * Drift(PeriodNs));

    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(ResidueNs);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ResidueNs, 10_000_000_000);
        ArgumentOutOfRangeException.ThrowIfNegative(DriftPpmMax);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(DriftPpmMax, 10_000);
        ArgumentOutOfRangeException.ThrowIfLessThan(PeriodNs, 1_000_000);
    }

    /// <summary>What a member's clock says of true time. The stated uncertainty is the residue; drift since the last setting is added here.</summary>
    public ClockInterval Now(int member, int members, ClockReading reading)
    {
        long margin = 2 * ErrorNsMax;
        long since = ((reading.LocalNs - Phase(member, members)) % PeriodNs + PeriodNs) % PeriodNs;
        // Shortly after the moment by its own clock a member cannot know yet that it was set.
        since = since >= margin ? since : since + PeriodNs;
        return ClockInterval.Of(reading, Drift(since + margin));
    }

    /// <summary>The settings of the clocks of the first members of a run as faults, residues and drifts drawn within what is stated.</summary>
    public FaultPlan Plan(int clocks, int members, long untilNs, Seed seed)
    {
        Validate();
        var faults = new List<Fault>();
        for (int member = 0; member < clocks; member++)
        {
            RandomStream random = seed.At(member).Stream();
            long errorNs = 0;
            long driftPpb = 0;
            long at = 0;
            for (long next = Phase(member, members); at <= untilNs; next += PeriodNs)
            {
                long residue = Within(ResidueNs, ref random);
                long drift = Within(DriftPpmMax * 1000, ref random);
                faults.Add(new Fault(at, FaultKind.Clock, member) { DelayNs = residue - errorNs, DriftPpb = drift });
                (errorNs, driftPpb) = (residue, drift);
                next = next == 0 ? PeriodNs : next;
                errorNs += (long)((Int128)(next - at) * (1_000_000_000 + driftPpb) / 1_000_000_000) - (next - at);
                at = next;
            }
        }

        return FaultPlan.InOrder(faults);
    }

    private static long Within(long most, ref RandomStream random) => (long)random.Below((ulong)((2 * most) + 1)) - most;

    private long Drift(long ns) => (ns * DriftPpmMax / 1_000_000) + 1;

    private long Phase(int member, int members) => PeriodNs / members * member;
}
