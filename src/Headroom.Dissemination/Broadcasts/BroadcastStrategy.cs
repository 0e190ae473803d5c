using Headroom.Dissemination.Protocols;
using Headroom.Kernel.Findings;
using Headroom.Kernel.Randomness;
using Headroom.Simulation.Observation.SpaceTime;
using Headroom.Simulation.Processes;

namespace Headroom.Dissemination.Broadcasts;

/// <summary>One broadcast under a plan: its faults and every draw come from the seed.</summary>
public delegate BroadcastOutcome BroadcastPlan(Seed seed, CancellationToken cancellation = default);

/// <summary>A way of broadcasting: its processes for any host, what is known of it, and its run on the simulator.</summary>
public abstract record BroadcastStrategy
{
    /// <summary>As people write it: <c>push(5)</c>.</summary>
    public abstract string Name { get; }

    public abstract Protocol Protocol { get; }

    /// <summary>
    /// The most others that one member can inform in one synchronous round: those it contacts on its own account, with payload or digest, or, in a
    /// protocol that answers whoever asks, everybody (n - 1). Pulls that only those send whom it contacted are counted already.
    /// </summary>
    public abstract int ContactsPerRoundMax(BroadcastSetting setting);

    /// <summary>Whether the processes serve the setting's origin only: a host with many origins then runs a family for each.</summary>
    public virtual bool IsRooted => false;

    /// <summary>The processes for a setting; what runs share (a tree) is prepared here.</summary>
    public abstract ProcessFamily Family(BroadcastSetting setting);

    /// <summary>Why the strategy cannot run in this setting, or null.</summary>
    public virtual string? Problem(BroadcastSetting setting) => null;

    /// <summary>Time that members need before the first broadcast (joins, a first tree), in the setting's own time (nanoseconds, or rounds); 0 when they start ready.</summary>
    public virtual long SettlingNs(BroadcastSetting setting) => 0;

    /// <summary>
    /// Moments within <see cref="SettlingNs"/> at which the origin makes broadcasts that are not counted, for a protocol that learns from them; none
    /// where every broadcast is like the first.
    /// </summary>
    public virtual IReadOnlyList<long> EarlierNs(BroadcastSetting setting) => [];

    /// <summary>How long after the last broadcast a run is watched when the protocol never falls silent; null to run until nothing is left to happen.</summary>
    public virtual long? WatchNs(BroadcastSetting setting) => null;

    /// <summary>Whether members wait for answers and send again, or stop, by when these come: then delays on the way change what is sent.</summary>
    public virtual bool IsPacedByAnswers => false;

    /// <summary>What theory says of a metric in this setting; null where it says nothing.</summary>
    public virtual CostCases? Theory(BroadcastMetric metric, BroadcastSetting setting) => null;

    /// <summary>Prepares what the runs share, and returns the run.</summary>
    public BroadcastPlan Plan(BroadcastSetting setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        setting.Validate();
        ProcessFamily family = Family(setting);
        Func<Seed, CancellationToken, SimulatedBroadcast> simulated = Simulated(setting);
        return (seed, cancellation) => family.On(simulated(seed, cancellation));
    }

    /// <summary>One broadcast, recorded for a space-time diagram: the run that <see cref="Plan"/> makes with the same seed.</summary>
    public SpaceTimeLog Recorded(BroadcastSetting setting, Seed seed, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(setting);
        setting.Validate();
        return Family(setting).On(new RecordedBroadcast(Simulated(setting)(seed, cancellation), SettlingNs(setting)));
    }

    private Func<Seed, CancellationToken, SimulatedBroadcast> Simulated(BroadcastSetting setting)
    {
        long settlingNs = SettlingNs(setting);
        IReadOnlyList<long> earlierNs = EarlierNs(setting);
        long? watchNs = WatchNs(setting);
        return (seed, cancellation) => new SimulatedBroadcast(setting, seed, settlingNs, watchNs, cancellation) { EarlierNs = earlierNs };
    }

    private protected string? TooWide(string what, int asked, BroadcastSetting setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        return asked >= setting.Members ? $"{Name}: {what} of {asked} needs more than {setting.Members} members" : null;
    }

    public sealed override string ToString() => Name;
}
