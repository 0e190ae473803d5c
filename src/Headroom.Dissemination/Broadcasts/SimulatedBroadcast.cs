using Headroom.Kernel.Randomness;
using Headroom.Simulation.Faults;
using Headroom.Simulation.Hosting;
using Headroom.Simulation.Observation;
using Headroom.Simulation.Processes;

namespace Headroom.Dissemination.Broadcasts;

/// <summary>
/// One broadcast on the simulator. Members settle first; then those that fail do, the origin is asked to broadcast, and counting and the clock
/// of the outcome begin. What an earlier broadcast still has under way then is counted too: strategies leave enough time.
/// </summary>
public sealed class SimulatedBroadcast(BroadcastSetting setting, Seed seed, long settlingNs, long? watchNs, CancellationToken cancellation) : IProcessHost<BroadcastOutcome>
{
    /// <summary>When the origin makes broadcasts that are not counted: before the members have settled.</summary>
    public IReadOnlyList<long> EarlierNs { get; init; } = [];

    public BroadcastOutcome Run<TProcess>(Func<int, TProcess> create)
        where TProcess : struct, IProcess
    {
        SimulationHost<TProcess, BroadcastObserver> host = Simulate(create, () => new BroadcastObserver(setting.Members), out long events);
        return Outcome(host, events);
    }

    /// <summary>Makes the broadcast under an observer that sees it alone, not what went before.</summary>
    internal SimulationHost<TProcess, TObserver> Simulate<TProcess, TObserver>(Func<int, TProcess> create, Func<TObserver> fresh, out long events)
        where TProcess : struct, IProcess
        where TObserver : struct, IObserver
    {
        Fault[] faults = Faults();
        var options = new SimulationOptions
        {
            Network = setting.EffectiveNetwork,
            Seed = seed,
            Cancellation = cancellation,
            Faults = FaultPlan.InOrder([
                .. FaultPlan.CrashShare(setting.Members, setting.Failures, settlingNs, seed.Named("failures"), setting.Origin).Faults,
                .. faults.Select(fault => fault with { TimeNs = settlingNs + fault.TimeNs })]),
        };
        var host = new SimulationHost<TProcess, TObserver>(options, create, fresh());
        if (settlingNs > 0)
        {
            for (int i = 0; i < EarlierNs.Count; i++)
            {
                host.Request(EarlierNs[i], setting.Origin, -1 - i, body: host.Bodies.AddBlank(setting.PayloadBytes));
            }

            host.Run(settlingNs - 1);
            host.Observer = fresh();
        }

        host.Request(settlingNs, setting.Origin, 1, body: host.Bodies.AddBlank(setting.PayloadBytes));
        // What a protocol needs to end it may need once more when the last fault is over.
        long struckNs = faults.Length == 0 ? 0 : faults.Max(fault => fault.TimeNs);
        host.Run(watchNs is { } watched ? settlingNs + struckNs + watched : long.MaxValue);
        events = host.EventCount;
        return host;
    }

    /// <summary>Written and drawn ones, their times since the request.</summary>
    private Fault[] Faults() => setting.SwarmNs is not { } healNs ? [.. setting.Faults.Faults]
        : [.. setting.Faults.Faults, .. SwarmFaults.Plan(setting.Members, healNs, seed.Named("swarm"), setting.Origin).Faults];

    private BroadcastOutcome Outcome<TProcess>(SimulationHost<TProcess, BroadcastObserver> host, long events)
        where TProcess : struct, IProcess
    {
        ref BroadcastObserver observer = ref host.Observer;
        var times = new List<long>(host.Members);
        int delivered = 0;
        var hops = new List<int>(host.Members);
        for (int member = 0; member < host.Members; member++)
        {
            if (host.IsDown(member))
            {
                continue;
            }

            long time = observer.DeliveredNs[member];
            times.Add(time == BroadcastObserver.Never ? BroadcastOutcome.Never : time - settlingNs);
            if (time != BroadcastObserver.Never)
            {
                delivered++;
                hops.Add(observer.Hops[member]);
            }
        }

        times.Sort();
        hops.Sort();
        return new BroadcastOutcome
        {
            Members = host.Members,
            Live = times.Count,
            Delivered = delivered,
            OriginLives = !host.IsDown(setting.Origin),
            OriginHasIt = !host.IsDown(setting.Origin) && observer.DeliveredNs[setting.Origin] != BroadcastObserver.Never,
            PayloadCopies = observer.PayloadCopies,
            PayloadCopiesReceived = observer.PayloadCopiesReceived,
            Messages = observer.Messages,
            WireBytes = observer.WireBytes,
            Lost = observer.Lost,
            Hops = hops,
            Times = times,
            Events = events,
        };
    }
}
