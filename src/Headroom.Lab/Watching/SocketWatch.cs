using Headroom.Consensus.Watch;
using Headroom.Lab.Groups;
using Headroom.Lab.Sockets;
using Headroom.Lab.Storage;

namespace Headroom.Lab.Watching;

/// <summary>Runs a store and its watchers over real sockets on loopback: each member has a socket of its own, all of them one thread, so that their shared counts need no locks.</summary>
public static class SocketWatch
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(5);

    /// <summary>Until every watcher knows every change, or the time for it is over.</summary>
    /// <exception cref="LabException">This machine does not do it; the message says what and where.</exception>
    public static WatchLabRun Run(WatchLabOptions options, TimeProvider time, Action<double, string> report, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        ArgumentNullException.ThrowIfNull(report);
        options.Validate();
        SocketBroadcast.LetSocketsSpeak();
        var group = new WatchGroup(options.Watch, options.Seed);
        bool isComplete = false;
        long origin = time.GetTimestamp();
        var seating = new GroupSeating(group.Members, options.Transport, options.Seed, origin);
        WireCounts sent;
        using (var host = new GroupHost(seating, [.. Enumerable.Range(0, group.Members).Select(member => (member, group.Create(member), (DurableLog?)null))], 0, () => Volatile.Write(ref isComplete, group.IsComplete), time))
        {
            host.Meet(host.Open());
            host.Start();
            var longest = TimeSpan.FromTicks((options.Watch.DurationNs + options.Watch.DrainNs) / TimeSpan.NanosecondsPerTick);
            while (!Volatile.Read(ref isComplete) && time.GetElapsedTime(origin) < longest && !cancellation.IsCancellationRequested)
            {
                _ = cancellation.WaitHandle.WaitOne(Look);
                host.Check();
                report(Math.Min(1, time.GetElapsedTime(origin).TotalSeconds * 1e9 / options.Watch.DurationNs), "watching");
            }

            sent = host.Counts;
        }

        // Nothing runs any more when its result is asked for.
        return new WatchLabRun(group.Result(), sent, cancellation.IsCancellationRequested);
    }
}
