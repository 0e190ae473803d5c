using Headroom.Kernel.Randomness;
using Headroom.Simulation.Faults;
using Headroom.Simulation.Hosting;
using Headroom.Simulation.Observation;
using Headroom.Simulation.Processes;

namespace Headroom.Dissemination.Broadcasts;

/// <summary>
/// Several broadcasts one after the other from one origin, each begun when nothing of the one before is under way. One observer at a time and no lists of
/// outcomes: made for millions of members.
/// </summary>
public sealed class BroadcastSeries(BroadcastSetting setting, BroadcastStrategy strategy, int broadcasts, Seed seed, CancellationToken cancellation) : IProcessHost<SeriesOutcome>
{
    /// <summary>Called when the members have settled (0), and after each broadcast (1, 2, …).</summary>
    public Action<int>? OnFinished { get; init; }

    public static SeriesOutcome Run(BroadcastSetting setting, BroadcastStrategy strategy, int broadcasts, Seed seed, Action<int>? onFinished = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(setting);
        ArgumentNullException.ThrowIfNull(strategy);
        ArgumentOutOfRangeException.ThrowIfLessThan(broadcasts, 1);
        setting.Validate();
        return strategy.Family(setting).On(new BroadcastSeries(setting, strategy, broadcasts, seed, cancellation) { OnFinished = onFinished });
    }

    public SeriesOutcome Run<TProcess>(Func<int, TProcess> create)
        where TProcess : struct, IProcess
    {
        long settlingNs = strategy.SettlingNs(setting);
        long? watchNs = strategy.WatchNs(setting);
        var options = new SimulationOptions
        {
            Network = setting.EffectiveNetwork,
            Seed = seed,
            Cancellation = cancellation,
            Faults = FaultPlan.CrashShare(setting.Members, setting.Failures, settlingNs, seed.Named("failures"), setting.Origin),
        };
        var host = new SimulationHost<TProcess, BroadcastObserver>(options, create, new BroadcastObserver(setting.Members));
        IReadOnlyList<long> earlierNs = strategy.EarlierNs(setting);
        for (int i = 0; i < earlierNs.Count; i++)
        {
            host.Request(earlierNs[i], setting.Origin, -1 - i, body: host.Bodies.AddBlank(setting.PayloadBytes));
        }

        host.Run(Math.Max(0, settlingNs - 1));
        (long messages, long bytes, long events) = (host.Observer.Messages, host.Observer.WireBytes, host.EventCount);
        OnFinished?.Invoke(0);
        int body = host.Bodies.AddBlank(setting.PayloadBytes);
        var outcomes = new List<SeriesBroadcast>(broadcasts);
        long atNs = settlingNs;
        for (int i = 1; i <= broadcasts; i++)
        {
            long before = host.EventCount;
            host.Observer = new BroadcastObserver(setting.Members);
            host.Request(atNs, setting.Origin, i, body: body);
            host.Run(watchNs is { } watched ? atNs + watched : long.MaxValue);
            outcomes.Add(Outcome(host, atNs, host.EventCount - before));
            atNs = host.NowNs + 1;
            OnFinished?.Invoke(i);
        }

        return new SeriesOutcome
        {
            Members = setting.Members,
            SettlingMessages = messages,
            SettlingBytes = bytes,
            SettlingEvents = events,
            Events = host.EventCount,
            SimulatedNs = host.NowNs,
            Broadcasts = outcomes,
        };
    }

    private static SeriesBroadcast Outcome<TProcess>(SimulationHost<TProcess, BroadcastObserver> host, long startNs, long events)
        where TProcess : struct, IProcess
    {
        ref BroadcastObserver observer = ref host.Observer;
        var times = new long[host.Members];
        int live = 0;
        int delivered = 0;
        int hops = 0;
        for (int member = 0; member < host.Members; member++)
        {
            if (host.IsDown(member))
            {
                continue;
            }

            live++;
            if (observer.DeliveredNs[member] != BroadcastObserver.Never)
            {
                times[delivered++] = observer.DeliveredNs[member] - startNs;
                hops = Math.Max(hops, observer.Hops[member]);
            }
        }

        Span<long> sorted = times.AsSpan(0, delivered);
        sorted.Sort();
        return new SeriesBroadcast(
            live, delivered, observer.PayloadCopies, observer.PayloadCopiesReceived, observer.Messages, observer.WireBytes, observer.Lost, hops,
            sorted[(delivered - 1) / 2], sorted[(int)((delivered - 1) * 99L / 100)], sorted[^1], events);
    }
}
