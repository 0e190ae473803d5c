using System.Diagnostics;
using System.Net;

namespace Headroom.Lab.Sockets;

/// <summary>
/// A network namespace for each process, joined by a bridge in a namespace of its own (Linux, as root, with iproute2): nothing leaves the
/// machine, and nothing of its own network is touched. Addresses are 10.77.0.0/16. Everything is removed when disposed of.
/// </summary>
public sealed class NetworkNamespaces : IDisposable
{
    public const int CountMax = 1000;

    private readonly string _prefix;
    private readonly int _count;

    /// <exception cref="LabException">They cannot be made here; what was made is gone again.</exception>
    public NetworkNamespaces(int count, int processId)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, CountMax);
        _prefix = $"headroom-{processId}";
        _count = count;
        try
        {
            Ip("netns", "add", Hub);
            Ip("-n", Hub, "link", "add", "bridge", "type", "bridge");
            Ip("-n", Hub, "link", "set", "bridge", "up");
            for (int i = 0; i < count; i++)
            {
                Ip("netns", "add", Name(i));
                // Made inside the hub, so that even the names of its ends never appear among the machine's own links.
                Ip("-n", Hub, "link", "add", $"port{i}", "type", "veth", "peer", "name", "eth0", "netns", Name(i));
                Ip("-n", Hub, "link", "set", $"port{i}", "master", "bridge", "up");
                Ip("-n", Name(i), "address", "add", $"{AddressOf(i)}/16", "dev", "eth0");
                Ip("-n", Name(i), "link", "set", "eth0", "up");
                Ip("-n", Name(i), "link", "set", "lo", "up");
            }
        }
        catch (LabException)
        {
            Dispose();
            throw;
        }
    }

    private string Hub => _prefix + "-hub";

    public static IPAddress AddressOf(int process) => new([10, 77, (byte)((process + 1) >> 8), (byte)(process + 1)]);

    /// <summary>The same program, started inside the namespace.</summary>
    public ProcessStartInfo Inside(int process, ProcessStartInfo start)
    {
        ArgumentNullException.ThrowIfNull(start);
        return new ProcessStartInfo("ip", ["netns", "exec", Name(process), start.FileName, .. start.ArgumentList]);
    }

    public void Dispose()
    {
        for (int i = 0; i < _count; i++)
        {
            Remove(Name(i));
        }

        Remove(Hub);
    }

    private static void Remove(string name)
    {
        try
        {
            Ip("netns", "delete", name);
        }
        catch (LabException)
        {
            // It was never made.
        }
    }

    private string Name(int process) => $"{_prefix}-{process}";

    private static void Ip(params string[] arguments)
    {
        string command = "ip " + string.Join(' ', arguments);
        try
        {
            using Process process = Process.Start(new ProcessStartInfo("ip", arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
            string error = process.StandardError.ReadToEnd();
            process.WaitForExit();
            if (process.ExitCode != 0)
            {
                throw new LabException($"network namespaces need root and iproute2; '{command}' said: {error.Trim()}");
            }
        }
        catch (System.ComponentModel.Win32Exception error)
        {
            throw new LabException($"network namespaces need Linux and iproute2; '{command}' could not be started", error);
        }
    }
}
