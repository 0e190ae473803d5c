using Headroom.Kernel.Randomness;
using Headroom.Simulation.Faults;

namespace Headroom.Dissemination.Detection;

/// <summary>Whom a run's crash strikes, and when: both come from the seed, on every host.</summary>
public sealed record DetectionCrash(long AtNs, IReadOnlyList<int> Members)
{
    public static DetectionCrash Of(DetectionSetting setting, Seed seed)
    {
        ArgumentNullException.ThrowIfNull(setting);
        FaultPlan faults = Faults(setting, seed, out long atNs);
        return new DetectionCrash(atNs, [.. faults.Faults.Select(fault => fault.Member)]);
    }

    internal static FaultPlan Faults(DetectionSetting setting, Seed seed, out long atNs)
    {
        RandomStream random = seed.Named("crash").Stream();
        long quietNs = setting.QuietPeriods * setting.PeriodNs;
        // In step, periods begin at multiples of their length.
        atNs = Math.Max(1, setting.InStep ? quietNs - 1 : quietNs + (long)random.Below((ulong)setting.PeriodNs));
        return FaultPlan.CrashShare(setting.Members, (double)setting.Crashes / setting.Members, atNs, seed.Named("crashes"));
    }
}
