using Headroom.Kernel.Randomness;
using Headroom.Simulation.Faults;
using Headroom.Simulation.Hosting;
using Headroom.Simulation.Processes;

namespace Headroom.Dissemination.Detection;

/// <summary>Members watch each other on the simulator; after some quiet periods some crash, and the run goes on until all others know.</summary>
public sealed class SimulatedDetection(DetectionSetting setting, Seed seed, CancellationToken cancellation) : IProcessHost<DetectionOutcome>
{
    public DetectionOutcome Run<TProcess>(Func<int, TProcess> create)
        where TProcess : struct, IProcess
    {
        RandomStream random = seed.Named("crash").Stream();
        long quietNs = setting.QuietPeriods * setting.PeriodNs;
        // In step, periods begin at multiples of their length.
        long crashNs = Math.Max(1, setting.InStep ? quietNs - 1 : quietNs + (long)random.Below((ulong)setting.PeriodNs));
        var faults = FaultPlan.CrashShare(setting.Members, (double)setting.Crashes / setting.Members, crashNs, seed.Named("crashes"));
        int[] crashed = [.. faults.Faults.Select(fault => fault.Member)];
        var options = new SimulationOptions { Network = setting.Network, Seed = seed, Cancellation = cancellation, Faults = faults };
        var host = new SimulationHost<TProcess, DetectionObserver>(options, create, new DetectionObserver(setting.Members, crashed) { CrashNs = crashNs });
        long untilNs = crashNs - 1;
        host.Run(untilNs);
        for (int period = 0; period < setting.WatchPeriods && !host.Observer.AllKnowAll; period++)
        {
            untilNs += setting.PeriodNs;
            host.Run(untilNs);
        }

        ref DetectionObserver observer = ref host.Observer;
        return new DetectionOutcome
        {
            Members = setting.Members,
            FirstSuspectedNs = observer.FirstSuspectedNs,
            FirstDetectedNs = observer.FirstDetectedNs,
            AllKnowNs = observer.AllKnowNs,
            FalselyDeclared = observer.FalselyDeclared,
            FalseDeclarations = observer.FalseDeclarations,
            Messages = observer.Messages,
            WireBytes = observer.WireBytes,
            MemberPeriods = ((setting.Members * (double)crashNs) + ((setting.Members - crashed.Length) * (double)(untilNs - crashNs))) / setting.PeriodNs,
            Events = host.EventCount,
        };
    }
}
