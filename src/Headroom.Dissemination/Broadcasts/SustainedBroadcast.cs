using Headroom.Kernel.Randomness;
using Headroom.Simulation.Faults;
using Headroom.Simulation.Hosting;
using Headroom.Simulation.Processes;

namespace Headroom.Dissemination.Broadcasts;

/// <summary>
/// Many broadcasts on the simulator, one after another at equal intervals from one origin, each numbered from 1. Members settle first and then those that
/// fail do, as in <see cref="SimulatedBroadcast"/>; every broadcast is watched to its end.
/// </summary>
public sealed class SustainedBroadcast(BroadcastSetting setting, int broadcasts, long intervalNs, Seed seed, long settlingNs, long? watchNs, CancellationToken cancellation)
    : IProcessHost<SustainedOutcome>
{
    public SustainedOutcome Run<TProcess>(Func<int, TProcess> create)
        where TProcess : struct, IProcess
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(broadcasts, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(intervalNs, 1);
        var options = new SimulationOptions
        {
            Network = setting.EffectiveNetwork,
            Seed = seed,
            Cancellation = cancellation,
            Faults = FaultPlan.CrashShare(setting.Members, setting.Failures, settlingNs, seed.Named("failures"), setting.Origin),
        };
        var host = new SimulationHost<TProcess, SustainedObserver>(options, create, new SustainedObserver(setting.Members, broadcasts));
        if (settlingNs > 0)
        {
            host.Run(settlingNs - 1);
            host.Observer = new SustainedObserver(setting.Members, broadcasts);
        }

        for (int i = 0; i < broadcasts; i++)
        {
            // Bodies are numbered from 1 in the order in which they are made, and so are the broadcasts.
            int body = host.Bodies.AddBlank(setting.PayloadBytes);
            host.Request(settlingNs + (i * intervalNs), setting.Origin, i + 1, body: body);
        }

        host.Run(watchNs is { } watched ? settlingNs + (broadcasts * intervalNs) + watched : long.MaxValue);
        return Outcome(host.Observer, settlingNs, intervalNs);
    }

    private static SustainedOutcome Outcome(in SustainedObserver observer, long settlingNs, long intervalNs)
    {
        long[] lastNs = new long[observer.LastNs.Length];
        double[] meanNs = new double[lastNs.Length];
        for (int i = 0; i < lastNs.Length; i++)
        {
            long startNs = settlingNs + (i * intervalNs);
            // A broadcast whose origin never hears of the request reaches nobody and ends where it begins.
            int reached = observer.Deliveries[i];
            lastNs[i] = reached == 0 ? 0 : observer.LastNs[i] - startNs;
            meanNs[i] = reached == 0 ? 0 : (observer.SumsNs[i] / reached) - startNs;
        }

        return new SustainedOutcome
        {
            IntervalNs = intervalNs,
            LastDeliveryNs = lastNs,
            MeanDeliveryNs = meanNs,
            Deliveries = [.. observer.Deliveries],
            BusiestLineBytes = Math.Max(Max(observer.SentBytes), Max(observer.ReceivedBytes)),
            IsBusiestSending = Max(observer.SentBytes) >= Max(observer.ReceivedBytes),
            ReceivedMessages = [.. observer.ReceivedMessages],
        };
    }

    private static long Max(ReadOnlySpan<long> values)
    {
        long max = 0;
        foreach (long value in values)
        {
            max = Math.Max(max, value);
        }

        return max;
    }
}
