using System.Diagnostics;
using System.Text.Json;

namespace Headroom.Benchmarks.Shell;

/// <summary>
/// What a user waits for: the audit of the Atlas sample (seconds, peak memory) and the answer of <c>limit</c>, as real processes started by the
/// launcher. Two audits of one seed must agree byte for byte before anything is timed.
/// </summary>
internal sealed class ShellBenchmark : IBenchmark
{
    private const double AuditSecondsMax = 10;
    private const double MemoryMegabytesMax = 500;
    private const double LimitSecondsMax = 0.3;
    private const int Turns = 5;

    public string Name => "shell/atlas";

    public IEnumerable<BenchmarkResult> Run()
    {
        string root = RepositoryRoot();
        string[] audit = ["audit", Path.Combine("samples", "atlas", "system.yaml"), "--no-report", "--json"];
        (string one, _, _) = Launch(root, audit); // builds when needed
        (string two, double seconds, double megabytes) = Launch(root, audit);
        if (Findings(one) != Findings(two))
        {
            throw new InvalidOperationException("two audits of one seed differ");
        }

        double limit = double.PositiveInfinity;
        for (int turn = 0; turn < Turns; turn++)
        {
            (string output, double took, _) = Launch(root, ["limit", "coding.singleton", "n=14", "k=10"]);
            if (!output.Contains('5', StringComparison.Ordinal))
            {
                throw new InvalidOperationException("limit gave no answer");
            }

            limit = Math.Min(limit, took);
        }

        yield return new BenchmarkResult("shell/atlas-audit", seconds, "s", seconds / AuditSecondsMax, "the 10 s that a reader waits", 1, GoalIsAtMost: true);
        yield return new BenchmarkResult("shell/atlas-memory", megabytes, "MB peak", megabytes / MemoryMegabytesMax, "500 MB", 1, GoalIsAtMost: true);
        yield return new BenchmarkResult("shell/limit", limit, "s", limit / LimitSecondsMax, "0.3 s", 1, GoalIsAtMost: true);
    }

    private static (string Output, double Seconds, double Megabytes) Launch(string root, string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(root, "headroom"), arguments) { WorkingDirectory = root, RedirectStandardOutput = true, RedirectStandardError = true };
        long from = Stopwatch.GetTimestamp();
        using Process process = Process.Start(start)!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        Task<string> reading = process.StandardOutput.ReadToEndAsync();
        double peak = 0;
        while (!process.WaitForExit(20))
        {
            try
            {
                process.Refresh();
                peak = Math.Max(peak, process.PeakWorkingSet64);
            }
            catch (InvalidOperationException)
            {
                break; // it ended between the two calls
            }
        }

        process.WaitForExit();
        double seconds = Stopwatch.GetElapsedTime(from).TotalSeconds;
        return process.ExitCode == 0 ? (reading.GetAwaiter().GetResult(), seconds, peak / 1e6)
            : throw new InvalidOperationException($"headroom {string.Join(' ', arguments)} ended with {process.ExitCode}");
    }

    private static string Findings(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return document.RootElement.GetProperty("findings").GetRawText();
    }

    public static string RepositoryRoot()
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "Directory.Packages.props")))
            {
                return at.FullName;
            }
        }

        throw new DirectoryNotFoundException("no repository above the benchmarks");
    }
}
