using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Headroom.Tests;

namespace Headroom.Cli.Tests;

/// <summary><c>headroom maelstrom</c> as a user types it.</summary>
public sealed class MaelstromCommandTests : IDisposable
{
    private const string Flood = "samples/maelstrom/broadcast.py";

    private readonly HeadroomProcess _headroom = new();

    public void Dispose() => _headroom.Dispose();

    private static string Sample => Path.Combine(SharedData.RepositoryRoot(), Flood);

    [ProgramFact("python3")]
    public void ARunPrintsWhatItCostsBesideTheFloorAndTheSameAsJson()
    {
        Outcome outcome = _headroom.Run("maelstrom", "--workload", "broadcast", "--bin", Sample, "--nodes", "3", "--topology", "line", "--latency", "20ms", "--rate", "50",
            "--time", "400ms", "--recovery", "200ms", "--json=run.json");
        outcome.ExitCode.ShouldBe(0, outcome.Output + outcome.Errors);
        outcome.Output.ShouldContain("broadcast, 3 nodes, line: passed");
        outcome.Output.ShouldContain("attained");
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(_headroom.PathOf("run.json")));
        JsonElement root = document.RootElement;
        root.GetProperty("passed").GetBoolean().ShouldBeTrue();
        JsonElement copies = Measure(root, "copies-per-broadcast");
        copies.GetProperty("measured").GetDouble().ShouldBe(2, "a line of three is a tree");
        copies.GetProperty("limit").GetDouble().ShouldBe(2);
        copies.GetProperty("bound").GetString().ShouldBe("dissemination.payload-copies");
        copies.GetProperty("verdict").GetString().ShouldBe("attained");
        JsonElement slowest = Measure(root, "time-to-last-node-max");
        slowest.GetProperty("limit").GetDouble().ShouldBe(40);
        slowest.GetProperty("measured").GetDouble().ShouldBeGreaterThanOrEqualTo(40);
        Measure(root, "stable-latency-p50").TryGetProperty("limit", out _).ShouldBeFalse("reads sample it: the floor does not speak of it");
    }

    [ProgramFact("node")]
    public void BatchesAreBeyondTheFloorOfMessagesButNotOfCopies()
    {
        Outcome outcome = _headroom.Run("maelstrom", "-w", "broadcast", "--bin", Path.Combine(SharedData.RepositoryRoot(), "samples/maelstrom/broadcast.js"), "--nodes", "3", "--topology", "line",
            "--rate", "200", "--time", "600ms", "--recovery", "600ms", "--json", "--", "broadcast", "100");
        outcome.ExitCode.ShouldBe(0, outcome.Output + outcome.Errors);
        using JsonDocument document = JsonDocument.Parse(outcome.Output);
        Measure(document.RootElement, "messages-per-op").GetProperty("verdict").GetString().ShouldBe("outside regime");
        Measure(document.RootElement, "copies-per-broadcast").GetProperty("measured").GetDouble().ShouldBeGreaterThanOrEqualTo(2);
        document.RootElement.GetProperty("spread").GetProperty("payloadsPerMessageMax").GetInt32().ShouldBeGreaterThan(1);
    }

    [Theory]
    [InlineData("--bin: nowhere.py does not exist", "maelstrom", "-w", "echo", "--bin", "nowhere.py")]
    [InlineData("--bin: . is a directory", "maelstrom", "-w", "echo", "--bin", ".")]
    [InlineData("--workload: no 'brodcast' (did you mean broadcast?)", "maelstrom", "-w", "brodcast", "--bin", "x")]
    [InlineData("no topology 'ring'", "maelstrom", "-w", "echo", "--bin", "x", "--topology", "ring")]
    [InlineData("1 to 500 nodes", "maelstrom", "-w", "echo", "--bin", "x", "--nodes", "0")]
    [InlineData("--latency: a time is at least 0", "maelstrom", "-w", "echo", "--bin", "x", "--latency", "-5ms")]
    [InlineData("--latency: a time such as 100ms", "maelstrom", "-w", "echo", "--bin", "x", "--latency", "5GB")]
    [InlineData("a rate is at least 0", "maelstrom", "-w", "echo", "--bin", "x", "--rate", "-1")]
    [InlineData("--nemesis: no 'kill'", "maelstrom", "-w", "echo", "--bin", "x", "--nemesis", "kill")]
    [InlineData("a partition needs at least two nodes", "maelstrom", "-w", "echo", "--bin", "x", "--nodes", "1", "--nemesis", "partition")]
    [InlineData("--concurrency: a number of clients", "maelstrom", "-w", "echo", "--bin", "x", "--concurrency", "many")]
    [InlineData("Option '--bin' is required", "maelstrom", "-w", "echo")]
    public void ImpossibleOptionsAreToldAndEndWithTwo(string told, params string[] arguments)
    {
        Outcome outcome = _headroom.Run(arguments);
        outcome.ExitCode.ShouldBe(2, outcome.Errors);
        outcome.Errors.ShouldContain(told);
        outcome.Errors.ShouldNotContain("   at ");
        outcome.Output.ShouldBeEmpty();
    }

    [ProgramFact]
    public void AProgramThatDiesIsAFindingAndEndsWithFour()
    {
        Outcome outcome = _headroom.Run("maelstrom", "-w", "echo", "--bin", Script("echo 'cannot open the database' >&2; exit 3"), "--nodes", "2");
        outcome.ExitCode.ShouldBe(4, outcome.Errors);
        outcome.Output.ShouldContain("with exit code 3; its last lines on stderr: cannot open the database");
    }

    [ProgramFact("python3")]
    public void ControlCEndsWith130WithWhatWasMeasuredSoFarAndNoChildren()
    {
        using Process process = _headroom.Start("maelstrom", "-w", "echo", "--bin", Sample, "--nodes", "2", "--time", "60s", "--rate", "50");
        WaitFor(() => NodesOf(process) == 2);
        Thread.Sleep(1000);
        HeadroomProcess.Interrupt(process);
        Outcome outcome = HeadroomProcess.Finish(process);
        outcome.ExitCode.ShouldBe(130, outcome.Errors);
        outcome.Output.ShouldContain("interrupted; what was measured so far");
        outcome.Output.ShouldContain(" echo (");
        NodesOf(process).ShouldBe(0);
    }

    [ProgramFact]
    public void ChildrenEndEvenWhenWeAreKilledOutright()
    {
        using Process process = _headroom.Start("maelstrom", "-w", "echo", "--bin", Script("trap '' TERM INT HUP\nwhile :; do sleep 1; done"), "--nodes", "2", "--time", "60s");
        WaitFor(() => NodesOf(process) >= 2);
        using (var kill = Process.Start("sh", ["-c", string.Create(CultureInfo.InvariantCulture, $"kill -9 {process.Id}")]))
        {
            kill.WaitForExit();
        }

        process.WaitForExit(5000).ShouldBeTrue();
        WaitFor(() => NodesOf(process) == 0);
    }

    [ProgramTheory]
    [InlineData("flooding", 9)] // 2E - (n - 1) with E = 6, n = 4
    [InlineData("tree(2)", 3)]
    [InlineData("push(3)", 12)] // to the three others, each once
    public void OurOwnProtocolsRunAsNodePrograms(string protocol, double copies)
    {
        string program = Script($"exec dotnet '{Path.Combine(AppContext.BaseDirectory, "headroom.dll")}' \"$@\"");
        Outcome outcome = _headroom.Run("maelstrom", "-w", "broadcast", "--bin", program, "--nodes", "4", "--topology", "total", "--rate", "20", "--time", "600ms", "--recovery", "600ms",
            "--json", "--", "node", "broadcast", "--protocol", protocol);
        outcome.ExitCode.ShouldBe(0, outcome.Output + outcome.Errors);
        using JsonDocument document = JsonDocument.Parse(outcome.Output);
        Measure(document.RootElement, "copies-per-broadcast").GetProperty("measured").GetDouble().ShouldBe(copies);
        Measure(document.RootElement, "messages-per-broadcast").GetProperty("measured").GetDouble().ShouldBe(copies);
    }

    [Theory]
    [InlineData("--protocol: no strategy 'floding' (did you mean flooding?)", "node", "broadcast", "--protocol", "floding")]
    [InlineData("push(fan-out, times = 1) needs fan-out", "node", "broadcast", "--protocol", "push")]
    [InlineData("no workload 'echo'", "node", "echo")]
    [InlineData("a latency is above 0", "node", "broadcast", "--latency", "0")]
    public void AnImpossibleNodeIsTold(string told, params string[] arguments)
    {
        Outcome outcome = _headroom.Run(arguments);
        outcome.ExitCode.ShouldBe(2, outcome.Errors);
        outcome.Errors.ShouldContain(told);
    }

    private static JsonElement Measure(JsonElement root, string metric) =>
        root.GetProperty("measures").EnumerateArray().Single(m => m.GetProperty("metric").GetString() == metric);

    private string Script(string body)
    {
        string path = _headroom.Write("node.sh", "#!/bin/sh\n" + body + "\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return path;
    }

    private static void WaitFor(Func<bool> condition)
    {
        long start = Stopwatch.GetTimestamp();
        while (!condition())
        {
            Stopwatch.GetElapsedTime(start).TotalSeconds.ShouldBeLessThan(20);
            Thread.Sleep(50);
        }
    }

    /// <summary>Processes that carry a token of this run: it begins with the host's number.</summary>
    private static int NodesOf(Process host)
    {
        string mark = string.Create(CultureInfo.InvariantCulture, $"HEADROOM_RUN={host.Id}-");
        return Directory.GetDirectories("/proc").Count(folder =>
        {
            try
            {
                return File.ReadAllText(Path.Combine(folder, "environ")).Contains(mark, StringComparison.Ordinal);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return false;
            }
        });
    }
}
