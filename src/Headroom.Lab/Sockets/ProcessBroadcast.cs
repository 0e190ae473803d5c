using System.Diagnostics;
using System.Net;
using Headroom.Kernel.Quantities;

namespace Headroom.Lab.Sockets;

/// <summary>Makes one broadcast with members spread over processes of their own, each started by the caller's recipe.</summary>
public static class ProcessBroadcast
{
    /// <summary>
    /// Members are dealt out evenly. <paramref name="start"/> says how to start a process that calls <see cref="MemberProgram.Run(LabOptions, IReadOnlyList{int}, TextReader, TextWriter, TimeProvider, CancellationToken)"/> with the same
    /// options for these members. With <paramref name="namespaces"/> each process has a network of its own.
    /// </summary>
    /// <exception cref="LabException">A process died or fell silent; all others are gone when this is thrown.</exception>
    public static LabRun Run(
        LabOptions options, int processes, Func<IReadOnlyList<int>, ProcessStartInfo> start, NetworkNamespaces? namespaces, TimeProvider time, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(start);
        ArgumentNullException.ThrowIfNull(time);
        options.Validate();
        int members = options.Setting.Members;
        ArgumentOutOfRangeException.ThrowIfLessThan(processes, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(processes, members);
        var hosts = new List<MemberProcess>();
        try
        {
            for (int i = 0; i < processes; i++)
            {
                int[] ours = [.. Enumerable.Range(0, members).Where(member => member % processes == i)];
                ProcessStartInfo how = start(ours);
                hosts.Add(new MemberProcess(namespaces is null ? how : namespaces.Inside(i, how), $"process {Print.Significant(i + 1, 9)} of {processes}", time));
            }

            return SocketBroadcast.Run(options, hosts, hosts[0].Run, time, i => namespaces is null ? IPAddress.Loopback : NetworkNamespaces.AddressOf(i), cancellation);
        }
        finally
        {
            hosts.ForEach(host => host.Dispose());
        }
    }
}
