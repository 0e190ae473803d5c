using System.Diagnostics;
using Headroom.Lab.Sockets;

namespace Headroom.Lab.Groups;

/// <summary>Runs a group over real sockets on loopback, with its logs on a real disk: each server on a thread of this process, its clients on another.</summary>
public static class SocketGroup
{
    /// <exception cref="LabException">This machine or this disk does not do it, or the group answers nobody; the message says what and where.</exception>
    /// <exception cref="OperationCanceledException">Cancelled before a round had ended.</exception>
    public static GroupLabRun Run(GroupLabOptions options, TimeProvider time, Action<double, string> report, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        ArgumentNullException.ThrowIfNull(report);
        return Run(options, (seating, member, life) => new GroupServer(options, seating, member, life, time), time, report, cancellation);
    }

    /// <summary>
    /// The same with each server in a process of its own, killed by SIGKILL where there are signals. <paramref name="start"/> says how to start a process that calls
    /// <see cref="ServerProgram.Run"/> with the same options for this server, which has lived so often before.
    /// </summary>
    /// <exception cref="LabException">A process died that was not killed, or fell silent; all others are gone when this is thrown.</exception>
    public static GroupLabRun RunApart(GroupLabOptions options, Func<int, int, ProcessStartInfo> start, TimeProvider time, Action<double, string> report, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(start);
        ArgumentNullException.ThrowIfNull(time);
        ArgumentNullException.ThrowIfNull(report);
        return Run(options, (seating, member, life) => new ServerProcess(start(member, life), member, seating), time, report, cancellation);
    }

    private static GroupLabRun Run(GroupLabOptions options, Func<GroupSeating, int, int, IGroupServer> server, TimeProvider time, Action<double, string> report, CancellationToken cancellation)
    {
        options.Validate();
        SocketBroadcast.LetSocketsSpeak();
        if (options.Folder is { } folder)
        {
            GroupFolder.Prepare(folder);
        }

        var seating = new GroupSeating(options.Members, options.Transport, options.Seed, time.GetTimestamp(), options.Links);
        using var run = new GroupRun(options, seating, (member, life) => server(seating, member, life), time, report, cancellation);
        return run.Run();
    }
}
