using Headroom.Dissemination.Protocols;
using Headroom.Kernel.Randomness;
using Headroom.Simulation.Faults;
using Headroom.Simulation.Hosting;
using Headroom.Simulation.Observation;
using Headroom.Simulation.Processes;

namespace Headroom.Dissemination.Broadcasts;

/// <summary>One broadcast under a plan: its faults and every draw come from the seed.</summary>
public delegate BroadcastOutcome BroadcastPlan(Seed seed, CancellationToken cancellation = default);

/// <summary>A way of broadcasting that runs on the simulator.</summary>
public abstract record BroadcastStrategy
{
    /// <summary>As people write it: <c>push(5)</c>.</summary>
    public abstract string Name { get; }

    public abstract Protocol Protocol { get; }

    /// <summary>
    /// The most others that a member contacts on its own account in one synchronous round, with payload or digest. Answers to pulls are not
    /// counted: here a member is pulled only by those it contacted.
    /// </summary>
    public abstract int ContactsPerRoundMax(BroadcastSetting setting);

    /// <summary>Prepares what the runs share (a tree), and returns the run.</summary>
    public abstract BroadcastPlan Plan(BroadcastSetting setting);

    public sealed override string ToString() => Name;

    private protected static BroadcastOutcome Run<TProcess>(BroadcastSetting setting, Seed seed, Func<int, TProcess> create, CancellationToken cancellation)
        where TProcess : struct, IProcess
    {
        var options = new SimulationOptions
        {
            Network = setting.EffectiveNetwork,
            Seed = seed,
            Cancellation = cancellation,
            Faults = FaultPlan.CrashShare(setting.Members, setting.Failures, 0, seed.Named("failures"), setting.Origin),
        };
        var host = new SimulationHost<TProcess, BroadcastObserver>(options, create, new BroadcastObserver(setting.Members));
        host.Request(0, setting.Origin, 1, body: host.Bodies.AddBlank(setting.PayloadBytes));
        host.Run();
        return Outcome(host);
    }

    private static BroadcastOutcome Outcome<TProcess>(SimulationHost<TProcess, BroadcastObserver> host)
        where TProcess : struct, IProcess
    {
        ref BroadcastObserver observer = ref host.Observer;
        var times = new List<long>(host.Members);
        int delivered = 0;
        int hops = 0;
        for (int member = 0; member < host.Members; member++)
        {
            if (host.IsDown(member))
            {
                continue;
            }

            long time = observer.DeliveredNs[member];
            times.Add(time);
            if (time != BroadcastOutcome.Never)
            {
                delivered++;
                hops = Math.Max(hops, observer.Hops[member]);
            }
        }

        times.Sort();
        return new BroadcastOutcome
        {
            Members = host.Members,
            Live = times.Count,
            Delivered = delivered,
            PayloadCopies = observer.PayloadCopies,
            PayloadCopiesReceived = observer.PayloadCopiesReceived,
            Messages = observer.Messages,
            WireBytes = observer.WireBytes,
            Lost = observer.Lost,
            HopsMax = hops,
            Times = times,
            Events = host.EventCount,
        };
    }
}
