namespace Headroom.Lab.Maelstrom;

/// <summary>
/// Runs a node program as Maelstrom would: starts the nodes, sends <c>init</c> and <c>topology</c>, plays clients at the asked rate, routes every message
/// with the asked latency, cuts and heals partitions, reads once more at the end, and judges the history. What a node does wrong becomes a
/// finding; whatever happens, no process of the run is left.
/// </summary>
public static class MaelstromHost
{
    /// <param name="options">What to run.</param>
    /// <param name="time">The clock of every latency and duration.</param>
    /// <param name="progress">Told now and then: the share of the run that is over, and what is going on. Called from the calling thread.</param>
    /// <param name="cancellation">Ends the run early; the result then holds what was measured so far.</param>
    /// <exception cref="ArgumentException">Impossible options: see <see cref="MaelstromOptions.Problem"/>.</exception>
    /// <exception cref="UnusableProgramException">The program cannot be started.</exception>
    public static MaelstromResult Run(MaelstromOptions options, TimeProvider time, Action<double, string>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        options.Validate();
        string program = Executable(options.Program);
        using var run = new MaelstromRun(options with { Program = program }, time, progress, cancellation);
        return run.Run();
    }

    /// <summary>The program's full path, when it is a file that may be executed.</summary>
    /// <exception cref="UnusableProgramException">Why it is not.</exception>
    public static string Executable(string program)
    {
        ArgumentException.ThrowIfNullOrEmpty(program);
        string path = Path.GetFullPath(program);
        if (Directory.Exists(path))
        {
            throw new UnusableProgramException($"{program} is a directory; a program is expected");
        }

        if (!File.Exists(path))
        {
            throw new UnusableProgramException($"{program} does not exist");
        }

        const UnixFileMode anybody = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        return OperatingSystem.IsWindows() || (File.GetUnixFileMode(path) & anybody) != 0
            ? path
            : throw new UnusableProgramException($"{program} is not executable (chmod +x {program})");
    }
}
