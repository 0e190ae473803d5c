using System.Diagnostics;
using System.Globalization;

namespace Headroom.Cli.Tests;

/// <summary>What a run of the command gave.</summary>
internal sealed record Outcome(int ExitCode, string Output, string Errors);

/// <summary>Runs the real command in a real process, in a folder of its own.</summary>
internal sealed class HeadroomProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public HeadroomProcess()
    {
        Folder = Directory.CreateTempSubdirectory("headroom-").FullName;
    }

    public string Folder { get; }

    public string Write(string name, string text)
    {
        string path = Path.Combine(Folder, name);
        _ = Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    public string PathOf(string name) => Path.Combine(Folder, name);

    public Outcome Run(params string[] arguments) => Finish(Start(arguments));

    public Process Start(params string[] arguments)
    {
        // Where tests run in the background SIGINT is ignored, and a child inherits that.
        bool mayIgnoreInterrupts = OperatingSystem.IsLinux();
        var start = new ProcessStartInfo(mayIgnoreInterrupts ? "env" : "dotnet") { WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true };
        if (mayIgnoreInterrupts)
        {
            start.ArgumentList.Add("--default-signal=INT");
            start.ArgumentList.Add("dotnet");
        }

        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "headroom.dll"));
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["XDG_CACHE_HOME"] = Path.Combine(Folder, "cache");
        return Process.Start(start)!;
    }

    public static Outcome Finish(Process process)
    {
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException("headroom did not end");
        }

        return new Outcome(process.ExitCode, output.GetAwaiter().GetResult(), errors.GetAwaiter().GetResult());
    }

    /// <summary>SIGINT, as Ctrl-C sends it.</summary>
    public static void Interrupt(Process process)
    {
        using var kill = Process.Start("sh", ["-c", string.Create(CultureInfo.InvariantCulture, $"kill -INT {process.Id}")]);
        kill.WaitForExit();
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
