using Headroom.Consensus.Groups;
using Headroom.Kernel.Randomness;
using Headroom.Simulation.Faults;
using Headroom.Simulation.Hosting;
using Headroom.Simulation.Observation;

namespace Headroom.Consensus.Agreements;

/// <summary>Runs a way of agreeing on the simulator: the group settles and warms up; then the load begins, and with it the counts.</summary>
public static class SimulatedAgreement
{
    /// <summary>Steps in which a run is looked at for its end.</summary>
    private const int LooksPerDuration = 64;

    /// <summary>Where all operations are due at once the time in which they are due says nothing of the time that they take: a step of it would be a nanosecond.</summary>
    private const long LookNsMin = 10_000;

    public static AgreementOutcome Run(AgreementStrategy strategy, AgreementSetting setting, Seed seed, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(strategy);
        ArgumentNullException.ThrowIfNull(setting);
        setting.Validate();
        if (strategy.Problem(setting) is { } problem)
        {
            throw new ArgumentException(problem, nameof(setting));
        }

        long warmUpNs = strategy.SettlingNs(setting);
        long loadNs = warmUpNs + WarmingNs(setting);
        AgreementGroup group = strategy.Group(setting, warmUpNs, loadNs);
        var options = new SimulationOptions
        {
            Network = setting.Network with { Topology = setting.Places.Topology(strategy.Registrars) },
            Seed = seed,
            DurabilityNs = setting.DurabilityNs,
            Faults = Faults(setting, loadNs),
            Cancellation = cancellation,
        };
        var host = new SimulationHost<GroupMember, LinkLoadObserver>(options, group.Create, new LinkLoadObserver());
        host.Run(loadNs - 1);
        host.Observer = new LinkLoadObserver();
        long durationNs = setting.Load.DurationNs;
        long endNs = loadNs + durationNs;
        host.Run(endNs);
        // What was due late is waited for, as long again and a few time-outs.
        long lastNs = endNs + durationNs + (8 * setting.TimeoutNs);
        while (!group.IsDone && endNs < lastNs)
        {
            endNs += Math.Max(LookNsMin, Math.Min(durationNs, setting.TimeoutNs) / LooksPerDuration);
            host.Run(endNs);
        }

        // What was answered early is still on its way to others.
        endNs += 2 * setting.Places.RoundTripNsMax;
        host.Run(endNs);
        return Outcome(group, setting, host, loadNs, endNs);
    }

    /// <summary>Enough for one client to write every value, one after the other; where messages are lost, with a time-out for each and some more.</summary>
    private static long WarmingNs(AgreementSetting setting)
    {
        long plainNs = 1_000_000 + (setting.Load.Keys * (1_000_000 + (4 * (setting.Places.RoundTripNsMax + setting.Network.Jitter.MeanNs + setting.DurabilityNs))));
        bool isLossy = setting.Network.Loss > 0 || setting.Network.Bursts is not null;
        return plainNs + (isLossy ? (8 + setting.Load.Keys) * setting.TimeoutNs : 0);
    }

    private static FaultPlan Faults(AgreementSetting setting, long loadNs)
    {
        long crashNs = loadNs + (setting.Load.DurationNs / 3);
        return FaultPlan.InOrder([
            .. Enumerable.Range(0, setting.Crashes).Select(server => new Fault(crashNs, FaultKind.Crash, server)),
            .. setting.Faults.Faults.Select(fault => fault with { TimeNs = loadNs + fault.TimeNs })]);
    }

    private static AgreementOutcome Outcome(AgreementGroup group, AgreementSetting setting, SimulationHost<GroupMember, LinkLoadObserver> host, long loadNs, long endNs)
    {
        int[] regions = [.. setting.Places.Members(group.FirstClient - setting.Servers)];
        var between = new long[setting.Places.Regions.Count, setting.Places.Regions.Count];
        var sent = new long[setting.Servers];
        (long messages, long bytes) = (0, 0);
        foreach (LinkLoad link in host.Observer.Top(host.Observer.LinkCount))
        {
            messages += link.Messages;
            bytes += link.WireBytes;
            between[regions[link.From], regions[link.To]] += link.WireBytes;
            if (link.From < sent.Length)
            {
                sent[link.From] += link.WireBytes;
            }
        }

        GroupCall[] calls =
        [
            .. group.Calls().Select(call => call with
            {
                DueNs = call.DueNs - loadNs,
                CallNs = call.CallNs - loadNs,
                ReturnNs = call.IsAnswered ? call.ReturnNs - loadNs : GroupCall.Never,
            }),
        ];
        // Of operations that their clients never came to nobody drew what they would have been.
        int reads = calls.Count(call => call.IsRead);
        int unmade = setting.Load.Operations - calls.Length;
        reads += (int)((long)unmade * setting.Load.ReadsPercent / 100);
        return new AgreementOutcome
        {
            Calls = calls,
            Due = (reads, setting.Load.Operations - reads),
            Messages = messages,
            WireBytes = bytes,
            BytesBetween = between,
            BusiestBytes = sent.Max(),
            DurationNs = endNs - loadNs,
            Facts = group.Facts?.Invoke() ?? [],
            Events = host.EventCount,
        };
    }
}
