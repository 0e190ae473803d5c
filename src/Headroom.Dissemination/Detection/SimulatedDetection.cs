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
        FaultPlan faults = DetectionCrash.Faults(setting, seed, out long crashNs);
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

        return host.Observer.Outcome(setting, untilNs, host.EventCount);
    }
}
