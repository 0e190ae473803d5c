using System.Net;
using Headroom.Dissemination.Detection;

namespace Headroom.Lab.Sockets;

/// <summary>Members watch each other over real sockets on loopback; after some quiet periods some die, and the run goes on until all others know.</summary>
public static class SocketDetection
{
    /// <summary>All members in this process, each with sockets of its own; the dead close theirs.</summary>
    public static DetectionRun Run(DetectionLabOptions options, TimeProvider time, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        options.Validate();
        SocketBroadcast.LetSocketsSpeak();
        DetectionSetting setting = options.Setting;
        var crash = DetectionCrash.Of(setting, options.Seed);
        using IMemberHost host = HostOf(options, [.. Enumerable.Range(0, setting.Members)], time);
        host.Start(host.Open(IPAddress.Loopback));
        host.Run(TimeSpan.FromTicks(crash.AtNs / 100), cancellation);
        long crashNs = host.Elapsed.Ticks * 100;
        host.Crash(crash.Members);
        MemberReport report;
        DetectionObserver observer;
        int periods = 0;
        do
        {
            host.Run(TimeSpan.FromTicks(setting.PeriodNs / 100), cancellation);
            report = host.Report();
            observer = Observed(setting, crash.Members, crashNs, report.Changes);
        }
        while (++periods < setting.WatchPeriods && !observer.AllKnowAll);
        return Merge(observer, setting, host.Elapsed.Ticks * 100, [report]);
    }

    /// <summary>The host of these members with the sockets that the options ask for.</summary>
    internal static IMemberHost HostOf(DetectionLabOptions options, IReadOnlyList<int> members, TimeProvider time) =>
        options.Strategy.Family(options.Setting).On(new HostMaker(new HostOptions(options.Setting.Network, options.Transport, options.Seed), members, time));

    /// <summary>What the members said, in the order of its times, seen by the simulator's own observer.</summary>
    internal static DetectionObserver Observed(DetectionSetting setting, IReadOnlyList<int> crashed, long crashNs, IEnumerable<StatusChange> changes)
    {
        var observer = new DetectionObserver(setting.Members, [.. crashed]) { CrashNs = crashNs };
        foreach (StatusChange change in changes.OrderBy(change => change.TimeNs))
        {
            observer.Changed(change.Member, change.Subject, change.Status, change.TimeNs);
        }

        return observer;
    }

    internal static DetectionRun Merge(in DetectionObserver observer, DetectionSetting setting, long untilNs, IReadOnlyList<MemberReport> reports) => new()
    {
        Outcome = observer.Outcome(setting, untilNs, events: reports.Sum(report => report.PutOnSockets + report.TakenFromSockets)) with
        {
            Messages = reports.Sum(report => report.Messages),
            WireBytes = reports.Sum(report => report.WireBytes),
        },
        StoodStill = TimeSpan.FromTicks(reports.Max(report => report.StoodStillNs) / 100),
        LongestStall = TimeSpan.FromTicks(reports.Max(report => report.LongestStallNs) / 100),
    };
}
