using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Headroom.Lab.Maelstrom.Processes;

/// <summary>
/// No child outlives the run. Every child, and whatever it starts, inherits a variable with the run's token; at the end all processes that carry it are
/// killed, orphans and daemons too (only a program that clears its environment escapes). Should this process itself be killed, a shell that
/// waits at the end of a pipe notices and does the same. Where there is no /proc, only the children themselves are killed.
/// </summary>
internal sealed class RunGuard : IDisposable
{
    public const string Variable = "HEADROOM_RUN";
    private const int RoundsMax = 50;
    private const string Processes = "/proc";

    private const string Script = """
        trap '' INT TERM HUP QUIT
        read -r _ && exit 0
        i=0
        while [ $i -lt 20 ]; do
          found=
          for file in $(grep -lszx "HEADROOM_RUN=$1" /proc/[0-9]*/environ); do
            pid=${file#/proc/}
            kill -9 "${pid%/environ}" 2>/dev/null
            found=1
          done
          [ -n "$found" ] || exit 0
          i=$((i + 1))
        done
        """;

    private readonly Process? _watcher;
    private readonly byte[] _mark;

    public RunGuard(TimeProvider time)
    {
        Token = string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId}-{time.GetTimestamp()}");
        _mark = Encoding.ASCII.GetBytes($"{Variable}={Token}\0");
        _watcher = Directory.Exists(Processes) ? Watch() : null;
    }

    public string Token { get; }

    /// <summary>Kills every process that carries the token; how many it found.</summary>
    public int KillAll()
    {
        int killed = 0;
        if (_watcher is null && !Directory.Exists(Processes))
        {
            return 0;
        }

        for (int round = 0; round < RoundsMax; round++)
        {
            int found = KillRound();
            killed += found;
            if (found == 0)
            {
                return killed;
            }
        }

        return killed;
    }

    public void Dispose()
    {
        KillAll();
        if (_watcher is null)
        {
            return;
        }

        try
        {
            _watcher.StandardInput.WriteLine("done");
            _watcher.StandardInput.Close();
            _watcher.WaitForExit(1000);
        }
        catch (Exception e) when (e is IOException or InvalidOperationException)
        {
            // Somebody killed the watcher: there is nothing left for it to do.
        }

        _watcher.Dispose();
    }

    private int KillRound()
    {
        int found = 0;
        foreach (string folder in Directory.EnumerateDirectories(Processes))
        {
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out int id) && Carries(folder))
            {
                found++;
                Kill(id);
            }
        }

        return found;
    }

    private bool Carries(string folder)
    {
        try
        {
            return File.ReadAllBytes(Path.Combine(folder, "environ")).AsSpan().IndexOf(_mark) >= 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false; // ended meanwhile, or another user's
        }
    }

    private static void Kill(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            process.Kill();
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or Win32Exception)
        {
            // It ended meanwhile.
        }
    }

    private Process? Watch()
    {
        var start = new ProcessStartInfo("/bin/sh") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add(Script);
        start.ArgumentList.Add("headroom-guard");
        start.ArgumentList.Add(Token);
        start.Environment.Remove(Variable);
        try
        {
            return Process.Start(start);
        }
        catch (Win32Exception)
        {
            return null; // no shell: the run cleans up after itself unless it is killed
        }
    }
}
