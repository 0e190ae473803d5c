using Headroom.Kernel.Bounds;
using Headroom.Kernel.Randomness;
using Headroom.Simulation.Processes;

namespace Headroom.Dissemination.Detection;

/// <summary>One crash under a plan: whom it strikes, when, and every draw come from the seed.</summary>
public delegate DetectionOutcome DetectionPlan(Seed seed, CancellationToken cancellation = default);

/// <summary>A way in which members notice that one of them is dead: its processes for any host, and its run on the simulator.</summary>
public abstract record DetectionStrategy
{
    /// <summary>As people write it: <c>swim(3,3)</c>.</summary>
    public abstract string Name { get; }

    public abstract Citation Citation { get; }

    public abstract ProcessFamily Family(DetectionSetting setting);

    /// <summary>Why the strategy cannot run in this setting, or null.</summary>
    public virtual string? Problem(DetectionSetting setting) => null;

    /// <summary>What theory says of a metric on average, without faults but independent loss and the crash; null where it says nothing.</summary>
    public virtual double? Theory(DetectionMetric metric, DetectionSetting setting) => null;

    public DetectionPlan Plan(DetectionSetting setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        setting.Validate();
        ProcessFamily family = Family(setting);
        return (seed, cancellation) => family.On(new SimulatedDetection(setting, seed, cancellation));
    }

    /// <summary>Lists of all members at all members lie in one array.</summary>
    private protected string? TooMany(DetectionSetting setting, int most)
    {
        ArgumentNullException.ThrowIfNull(setting);
        return setting.Members > most ? $"{Name}: every member keeps a list of all; {most} members are the most that run here, not {setting.Members}" : null;
    }

    public sealed override string ToString() => Name;
}
