using System.Diagnostics;
using System.Net;
using Headroom.Dissemination.Detection;

namespace Headroom.Lab.Sockets;

/// <summary>The same with members in processes of their own: whoever is to die has one alone, which is killed (SIGKILL where there are signals).</summary>
public static class ProcessDetection
{
    /// <summary>The most that may die: each has a process.</summary>
    public const int CrashesMax = 64;

    private const int WarmUpPeriods = 2;

    /// <summary>
    /// Members that live are dealt out evenly to so many processes. <paramref name="start"/> says how to start a process that calls
    /// <see cref="MemberProgram.Run(DetectionLabOptions, IReadOnlyList{int}, TextReader, TextWriter, TimeProvider, CancellationToken)"/> with the same options for these members. What a member
    /// sends between its last report and its end, a fraction of a millisecond later, is not counted.
    /// </summary>
    /// <exception cref="LabException">A process died that was not killed, or fell silent; all others are gone when this is thrown.</exception>
    public static DetectionRun Run(DetectionLabOptions options, int processes, Func<IReadOnlyList<int>, ProcessStartInfo> start, TimeProvider time, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(start);
        ArgumentNullException.ThrowIfNull(time);
        options.Validate();
        DetectionSetting setting = options.Setting;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(setting.Crashes, CrashesMax, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(processes, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(processes, setting.Members - setting.Crashes);
        var crash = DetectionCrash.Of(setting, options.Seed);
        int[] living = [.. Enumerable.Range(0, setting.Members).Except(crash.Members)];
        var hosts = new List<MemberProcess>();
        try
        {
            foreach (int member in crash.Members)
            {
                hosts.Add(new MemberProcess(start([member]), $"the process of member {member}", time));
            }

            for (int i = 0; i < processes; i++)
            {
                hosts.Add(new MemberProcess(start([.. living.Where((_, at) => at % processes == i)]), $"process {i + 1} of {processes}", time));
            }

            return Watch(options, crash, hosts, time, cancellation);
        }
        finally
        {
            hosts.ForEach(host => host.Dispose());
        }
    }

    private static DetectionRun Watch(DetectionLabOptions options, DetectionCrash crash, List<MemberProcess> hosts, TimeProvider time, CancellationToken cancellation)
    {
        DetectionSetting setting = options.Setting;
        (int Member, IPEndPoint Endpoint)[] endpoints = [.. hosts.SelectMany(host => host.Open(IPAddress.Loopback))];
        hosts.ForEach(host => host.Start(endpoints));
        // Programs are slow at first, for reasons of their own: counting and the clock begin when all have been at it for a while.
        long begun = time.GetTimestamp();
        Wait(WarmUpPeriods * setting.PeriodNs);
        begun = time.GetTimestamp();
        hosts.ForEach(host => host.Begin(begun, []));
        Wait(crash.AtNs);
        var last = new List<MemberReport>();
        long crashNs = Elapsed();
        foreach (MemberProcess victim in hosts.Take(crash.Members.Count))
        {
            last.Add(victim.Report());
            crashNs = last.Count == 1 ? Elapsed() : crashNs;
            victim.Kill();
        }

        long untilNs = crashNs;
        MemberReport[] reports;
        DetectionObserver observer;
        int periods = 0;
        do
        {
            Wait(untilNs += setting.PeriodNs);
            reports = [.. last, .. hosts.Skip(crash.Members.Count).Select(host => host.Report())];
            observer = SocketDetection.Observed(setting, crash.Members, crashNs, reports.SelectMany(report => report.Changes));
        }
        while (++periods < setting.WatchPeriods && !observer.AllKnowAll);
        return SocketDetection.Merge(observer, setting, Elapsed(), reports);

        long Elapsed() => time.GetElapsedTime(begun).Ticks * 100;

        void Wait(long ns)
        {
            if (ns > Elapsed())
            {
                cancellation.WaitHandle.WaitOne(TimeSpan.FromTicks((ns - Elapsed() + 99) / 100));
            }

            cancellation.ThrowIfCancellationRequested();
        }
    }
}
