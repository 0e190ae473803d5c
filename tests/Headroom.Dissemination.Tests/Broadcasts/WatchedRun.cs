using Headroom.Dissemination.Broadcasts;
using Headroom.Kernel.Randomness;
using Headroom.Simulation.Faults;
using Headroom.Simulation.Hosting;
using Headroom.Simulation.Observation;
using Headroom.Simulation.Processes;

namespace Headroom.Dissemination.Tests.Broadcasts;

/// <summary>A run of a strategy under a fault plan, with any observer: broadcasts at the moments given, in turn from each member.</summary>
internal sealed record WatchedRun<TObserver>(BroadcastSetting Setting, FaultPlan Faults, Seed Seed, TObserver Observer, IReadOnlyList<long> BroadcastsAtNs, long UntilNs) : IProcessHost<TObserver>
    where TObserver : struct, IObserver
{
    public static TObserver Of(BroadcastStrategy strategy, BroadcastSetting setting, FaultPlan faults, Seed seed, TObserver observer, IReadOnlyList<long> broadcastsAtNs, long untilNs = 600_000_000_000) =>
        strategy.Family(setting).On(new WatchedRun<TObserver>(setting, faults, seed, observer, broadcastsAtNs, untilNs));

    public TObserver Run<TProcess>(Func<int, TProcess> create)
        where TProcess : struct, IProcess
    {
        var options = new SimulationOptions { Network = Setting.EffectiveNetwork, Seed = Seed, Faults = Faults, DeadPeerNoticeNs = 50_000_000, EventsMax = 2_000_000 };
        var host = new SimulationHost<TProcess, TObserver>(options, create, Observer);
        for (int i = 0; i < BroadcastsAtNs.Count; i++)
        {
            host.Request(BroadcastsAtNs[i], (Setting.Origin + i) % Setting.Members, i + 1, body: host.Bodies.AddBlank(Setting.PayloadBytes));
        }

        host.Run(UntilNs);
        return host.Observer;
    }
}
