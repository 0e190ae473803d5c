using System.Net;
using Headroom.Dissemination.Broadcasts;
using Headroom.Simulation.Faults;

namespace Headroom.Lab.Sockets;

/// <summary>Makes one broadcast over real sockets on loopback: open, start, settle, fail, broadcast, wait for silence, report.</summary>
public static class SocketBroadcast
{
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(20);

    /// <summary>All members in this process, each with sockets of its own.</summary>
    public static LabRun Run(LabOptions options, TimeProvider time, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        options.Validate();
        LetSocketsSpeak();
        using IMemberHost host = HostOf(options, [.. Enumerable.Range(0, options.Setting.Members)], time);
        return Run(options, [host], host.Run, time, _ => IPAddress.Loopback, cancellation);
    }

    /// <summary>
    /// What sockets bring is handed over on pool threads, while ours blocks, and so may its caller's: on a machine of two cores the pool would
    /// start the next thread half a second later.
    /// </summary>
    internal static void LetSocketsSpeak()
    {
        const int Threads = 16;
        ThreadPool.GetMinThreads(out int workers, out int completions);
        if (workers < Threads)
        {
            ThreadPool.SetMinThreads(Threads, completions);
        }
    }

    /// <summary>The host of these members with the sockets that the options ask for.</summary>
    internal static IMemberHost HostOf(LabOptions options, IReadOnlyList<int> members, TimeProvider time) =>
        options.Strategy.Family(options.Setting).On(new HostMaker(new HostOptions(options.Setting.Network, options.Transport, options.Seed), members, time));

    /// <summary>The same over any hosts; <paramref name="advance"/> lets time pass.</summary>
    internal static LabRun Run(
        LabOptions options, IReadOnlyList<IMemberHost> hosts, Action<TimeSpan, CancellationToken> advance, TimeProvider time, Func<int, IPAddress> addressOf, CancellationToken cancellation)
    {
        BroadcastSetting setting = options.Setting;
        int[] failing = [.. FaultPlan.CrashShare(setting.Members, setting.Failures, 0, options.Seed.Named("failures"), setting.Origin).Faults.Select(fault => fault.Member)];
        TimeSpan settling = Time(options.Strategy.SettlingNs(setting));
        IReadOnlyList<(int Member, IPEndPoint Endpoint)>[] opened = [.. hosts.Select((host, i) => host.Open(addressOf(i)))];
        (int Member, IPEndPoint Endpoint)[] endpoints = [.. opened.SelectMany(own => own)];
        if (settling == TimeSpan.Zero)
        {
            // Dead from the start, as in the simulator.
            CrashAll(hosts, failing);
        }

        foreach (IMemberHost host in hosts)
        {
            host.Start(endpoints);
        }

        if (settling > TimeSpan.Zero)
        {
            IReadOnlyList<long> earlierNs = options.Strategy.EarlierNs(setting);
            for (int i = 0; i < earlierNs.Count; i++)
            {
                foreach (IMemberHost host in hosts)
                {
                    host.Ask(new MemberRequest(setting.Origin, -1 - i, setting.PayloadBytes, earlierNs[i]));
                }
            }

            advance(settling, cancellation);
            CrashAll(hosts, failing);
        }

        LabStatus before = Sum(hosts);
        long begin = time.GetTimestamp() + (hosts.Count > 1 ? time.TimestampFrequency / 20 : 0);
        MemberRequest[] requests = [.. Enumerable.Range(1, options.Broadcasts).Select(number => new MemberRequest(setting.Origin, number, setting.PayloadBytes))];
        // The origin's process last: no copy may be on its way before all others count.
        foreach (IMemberHost host in hosts.Zip(opened).OrderBy(pair => pair.Second.Any(own => own.Member == setting.Origin)).Select(pair => pair.First))
        {
            host.Begin(begin, requests);
        }

        bool wasCutOff = Watch(options, hosts, advance, time, cancellation);
        return Merge(options, [.. hosts.Select(host => host.Report())], failing, before, wasCutOff);
    }

    private static void CrashAll(IReadOnlyList<IMemberHost> hosts, IReadOnlyList<int> failing)
    {
        foreach (IMemberHost host in hosts)
        {
            host.Crash(failing);
        }
    }

    /// <summary>Until nothing is left to happen, or so long as the strategy says; true when time ran out first.</summary>
    private static bool Watch(LabOptions options, IReadOnlyList<IMemberHost> hosts, Action<TimeSpan, CancellationToken> advance, TimeProvider time, CancellationToken cancellation)
    {
        long start = time.GetTimestamp();
        TimeSpan begun = hosts[0].Elapsed;
        TimeSpan? watch = options.Strategy.WatchNs(options.Setting) is { } ns ? Time(ns) : null;
        LabStatus last = default;
        long lastChange = start;
        while (true)
        {
            TimeSpan left = watch - (hosts[0].Elapsed - begun) ?? Slice;
            if (left <= TimeSpan.Zero)
            {
                return false;
            }

            if (time.GetElapsedTime(start) >= options.TimeMax)
            {
                return watch is not null || last.Pending > 0;
            }

            advance(left < Slice ? left : Slice, cancellation);
            LabStatus status = Sum(hosts);
            if (status != last)
            {
                (last, lastChange) = (status, time.GetTimestamp());
            }
            else if (watch is null && status.Pending == 0 && (status.Put == status.Taken || time.GetElapsedTime(lastChange) >= options.QuietFor))
            {
                return false;
            }
        }
    }

    private static LabStatus Sum(IReadOnlyList<IMemberHost> hosts)
    {
        LabStatus sum = default;
        foreach (IMemberHost host in hosts)
        {
            LabStatus status = host.Status;
            sum = new LabStatus(sum.Pending + status.Pending, sum.Put + status.Put, sum.Taken + status.Taken);
        }

        return sum;
    }

    private static LabRun Merge(LabOptions options, IReadOnlyList<MemberReport> reports, int[] failing, LabStatus before, bool wasCutOff)
    {
        int live = options.Setting.Members - failing.Length;
        MemberDelivery[] deliveries = [.. reports.SelectMany(report => report.Deliveries).Where(delivery => !failing.Contains(delivery.Member))];
        List<long> times = [.. deliveries.Select(delivery => delivery.TimeNs).Order(), .. Enumerable.Repeat(BroadcastOutcome.Never, live - deliveries.Length)];
        long put = reports.Sum(report => report.PutOnSockets) - before.Put;
        long taken = reports.Sum(report => report.TakenFromSockets) - before.Taken;
        return new LabRun
        {
            Outcome = new BroadcastOutcome
            {
                Members = options.Setting.Members,
                Live = live,
                Delivered = deliveries.Length,
                PayloadCopies = reports.Sum(report => report.PayloadCopies),
                PayloadCopiesReceived = reports.Sum(report => report.PayloadCopiesReceived),
                Messages = reports.Sum(report => report.Messages),
                WireBytes = reports.Sum(report => report.WireBytes),
                Lost = reports.Sum(report => report.Lost),
                Hops = [.. deliveries.Select(delivery => delivery.Hops).Order()],
                Times = times,
                Events = put + taken,
            },
            Refused = reports.Sum(report => report.Refused),
            Vanished = Math.Max(0, put - taken),
            WasCutOff = wasCutOff,
            Packets = put,
            StoodStill = Time(reports.Max(report => report.StoodStillNs)),
            LongestStall = Time(reports.Max(report => report.LongestStallNs)),
            Handovers = [.. reports.SelectMany(report => report.Handovers)],
        };
    }

    private static TimeSpan Time(long ns) => TimeSpan.FromTicks((ns + 99) / 100);
}
