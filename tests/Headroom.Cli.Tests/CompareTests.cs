using System.Diagnostics;
using System.Text.Json;

namespace Headroom.Cli.Tests;

/// <summary><c>headroom compare</c> as a user types it.</summary>
public sealed class CompareTests : IDisposable
{
    private readonly HeadroomProcess _headroom = new();

    public void Dispose() => _headroom.Dispose();

    [Fact]
    public void JsonGoesToStandardOutputAloneAndThePlanToErrors()
    {
        Outcome run = _headroom.Run("compare", "broadcast", "--protocols", "flooding,push(3)", "--topology", "grid:5x5,complete", "--members", "25", "--trials", "3", "--json");
        run.ExitCode.ShouldBe(0, run.Errors);
        run.Errors.ShouldContain("4 cells (2 protocols x 2 settings), 3 trials each");
        using JsonDocument document = JsonDocument.Parse(run.Output);
        JsonElement root = document.RootElement;
        root.GetProperty("command").GetString().ShouldBe("headroom compare broadcast --protocols 'flooding,push(3)' --members 25 --topology grid:5x5,complete --trials 3 --seed 1");
        JsonElement copies = root.GetProperty("rows")[0];
        copies.GetProperty("metric").GetString().ShouldBe("payloads");
        copies.GetProperty("measured").GetProperty("mean").GetDouble().ShouldBe(56);
        copies.GetProperty("theory").GetProperty("average").GetDouble().ShouldBe(56);
        copies.GetProperty("floor").GetDouble().ShouldBe(24);
    }

    [Fact]
    public void CommitsOverGroupsAreComparedInTablesOfMarkdown()
    {
        Outcome run = _headroom.Run("compare", "truetime", "--table", "conflicts", "--runs", "2");
        run.ExitCode.ShouldBe(0, run.Errors);
        run.Output.ShouldStartWith("| Zipf | aborts optimistic |");
        run.Output.Split('\n').Count(line => line.StartsWith("| ", StringComparison.Ordinal)).ShouldBe(4);
        Outcome unknown = _headroom.Run("compare", "truetime", "--table", "waits");
        unknown.ExitCode.ShouldBe(2);
        unknown.Errors.ShouldContain("there are uncertainty, contention, conflicts");
        _headroom.Run("compare", "truetime", "--runs", "1").ExitCode.ShouldBe(2);
    }

    [Fact]
    public void WaysOfTellingWatchersAreComparedInTablesOfMarkdown()
    {
        Outcome run = _headroom.Run("compare", "watch", "--table", "batch", "--seed", "7");
        run.ExitCode.ShouldBe(0, run.Errors);
        run.Output.ShouldContain("| way | messages |");
        run.Output.Split('\n').Count(line => line.StartsWith("| ", StringComparison.Ordinal)).ShouldBe(7);
        Outcome unknown = _headroom.Run("compare", "watch", "--table", "waits");
        unknown.ExitCode.ShouldBe(2);
        unknown.Errors.ShouldContain("there are microservices, batch, training, bookmarks, lists");
    }

    [Fact]
    public void CodesAreCalledCodesAndRepairsRunOverNetworks()
    {
        Outcome table = _headroom.Run("compare", "codes", "--codes", "replication(3),rs(6,3)", "--trials", "2");
        table.ExitCode.ShouldBe(0, table.Errors);
        table.Errors.ShouldContain("2 cells (2 codes x 1 settings)");
        table.Output.ShouldContain("code ");
        table.Output.ShouldNotContain("protocol");
        string csv = _headroom.PathOf("repairs.csv");
        Outcome repairs = _headroom.Run("compare", "codes", "--codes", "rs(6,3),clay(6,3)", "--network", "1G,100M", "--shard", "1MB", "--csv", csv);
        repairs.ExitCode.ShouldBe(0, repairs.Errors);
        repairs.Output.ShouldContain("line decides up to");
        repairs.Output.ShouldContain("clay(6,3,8) takes of the time of rs(6,3) 0.4");
        File.ReadAllLines(csv)[0].ShouldStartWith("code,network,trials,metric,unit");
        File.ReadAllLines(csv).Length.ShouldBe(9);
        foreach (string[] wrong in new string[][] { ["--disk", "1GB/s"], ["--network", "1G", "--nodes", "30"], ["--network", "soon"], ["--object", "4MB", "--shard", "5MB"] })
        {
            Outcome refused = _headroom.Run(["compare", "codes", .. wrong]);
            refused.ExitCode.ShouldBe(2);
            refused.Errors.ShouldStartWith(wrong[1] == "1G" ? "--nodes" : wrong[0]);
        }
    }

    [Fact]
    public void ATimeWithoutAUnitIsToldSo() =>
        _headroom.Run("compare", "codes", "--network", "1G", "--seek", "5").Errors.ShouldStartWith("--seek: '5' has no unit; a time such as 50ms is expected");

    /// <summary>A limit on the length of files stands in for a disk that fills up between two cells.</summary>
    [Fact]
    public void AFullDiskBetweenCellsIsSaid()
    {
        string headroom = $"dotnet {Path.Combine(AppContext.BaseDirectory, "headroom.dll")}";
        string script = $"trap '' XFSZ; export DOTNET_EnableWriteXorExecute=0; ulimit -f 1; {headroom} compare codes --codes 'replication(3),rs(6,3)' --trials 30 --resume cells";
        Outcome run = HeadroomProcess.Finish(Process.Start(new ProcessStartInfo("bash", ["-c", script]) { WorkingDirectory = _headroom.Folder, RedirectStandardOutput = true, RedirectStandardError = true })!);
        run.ExitCode.ShouldBe(2, run.Errors);
        run.Errors.ShouldContain("cells: finished cells cannot be kept here: ");
    }

    [Fact]
    public void LinksAndFaultsAreAskedForAndSaidAgain()
    {
        string plan = _headroom.Write("plan.txt", "at 20 ms crash {3-5}\nat 30 ms cut 0 -> 1\n");
        string[] options = ["--protocols", "fifo+push(4),push(4)", "--members", "30", "--latency", "10ms", "--loss", "2% in bursts of 4", "--jitter", "lognormal 5ms 0.5", "--duplication", "1%", "--queue", "64kB", "--in-order", "--faults", plan, "--trials", "3", "--json"];
        Outcome run = _headroom.Run(["compare", "broadcast", .. options]);
        run.ExitCode.ShouldBe(0, run.Errors);
        using JsonDocument document = JsonDocument.Parse(run.Output);
        document.RootElement.GetProperty("command").GetString()!.ShouldContain("--loss '2% in bursts of 4'");
        document.RootElement.GetProperty("command").GetString()!.ShouldContain($"--in-order --queue 64kB");
        JsonElement row = document.RootElement.GetProperty("rows")[0];
        row.GetProperty("faults").GetString().ShouldBe("plan.txt");
        row.GetProperty("queue").GetDouble().ShouldBe(64000);
        row.GetProperty("theory").ValueKind.ShouldBe(JsonValueKind.Null);
        document.RootElement.GetProperty("notes").EnumerateArray().ShouldContain(n => n.GetString()!.StartsWith("fifo+push(4) against push(4), each broadcast: ", StringComparison.Ordinal));
        _headroom.Run("compare", "broadcast", "--faults", plan, $"--json={plan}").ExitCode.ShouldBe(2);
    }

    [Fact]
    public void OutputsAreWrittenAndTheCellsBesideThemRemoved()
    {
        string json = _headroom.PathOf("out.json");
        string csv = _headroom.PathOf("out.csv");
        string report = _headroom.PathOf("out.html");
        Outcome run = _headroom.Run("compare", "broadcast", "--protocols", "tree(4)", "--members", "50", "--loss", "1%", "--trials", "3", $"--json={json}", "--csv", csv, "--report", report);
        run.ExitCode.ShouldBe(0, run.Errors);
        run.Output.ShouldContain("take tree(4)");
        File.ReadAllText(csv).ShouldStartWith("protocol,members,");
        File.ReadAllText(report).ShouldContain("\"comparison\":\"broadcast\"");
        Directory.GetFiles(_headroom.Folder).Select(f => Path.GetFileName(f)).Order().ShouldBe(["out.csv", "out.html", "out.json"]);
    }

    [Fact]
    public void CtrlCKeepsAndPrintsWhatIsFinishedAndTheSameCommandGoesOn()
    {
        string cells = _headroom.PathOf("run.cells");
        string[] command = ["compare", "broadcast", "--protocols", "tree(4),push(5)", "--members", "300,10k", "--jitter", "5ms", "--loss", "1%", "--trials", "12", "--resume", cells];
        using Process process = _headroom.Start(command);
        long start = Stopwatch.GetTimestamp();
        while (!(File.Exists(cells) && Lines(cells) >= 7) && !process.HasExited && Stopwatch.GetElapsedTime(start) < TimeSpan.FromMinutes(1))
        {
            Thread.Sleep(10);
        }

        HeadroomProcess.Interrupt(process);
        Outcome interrupted = HeadroomProcess.Finish(process);
        interrupted.ExitCode.ShouldBe(130, interrupted.Errors);
        interrupted.Errors.ShouldContain("cells are finished and kept in");
        interrupted.Output.ShouldContain("300 members");
        Outcome resumed = _headroom.Run([.. command, "--json"]);
        resumed.ExitCode.ShouldBe(0, resumed.Errors);
        resumed.Errors.ShouldContain("are finished already");
        Outcome fresh = _headroom.Run([.. command[..^2], "--json"]);
        resumed.Output.ShouldBe(fresh.Output);
    }

    [Theory]
    [InlineData("did you mean flooding?", "--protocols", "floding")]
    [InlineData("between 1 and", "--protocols", "push(0)")]
    [InlineData("needs more than 1000 members", "--protocols", "push(1000)")]
    [InlineData("is negative", "--latency", "-5ms")]
    [InlineData("below 100%", "--loss", "100%")]
    [InlineData("grid:5x5", "--topology", "grid:five")]
    [InlineData("not connected", "--topology", "regular:1")]
    [InlineData("not a whole number", "--trials", "many")]
    [InlineData("did you mean exp?", "--jitter", "expo 5ms")]
    [InlineData("no file nothing.csv", "--latency", "file:nothing.csv")]
    [InlineData("there is no file of that name", "--faults", "plan.txt")]
    [InlineData("there is no member 1000: members are 0 to 999", "--faults", "at 1 s crash 1000")]
    [InlineData("leave them out with --rate and --saturate", "--faults", "swarm", "--saturate")]
    [InlineData("drops instead", "--queue", "64kB", "--saturate")]
    public void ImpossibleOptionsAreTheInputsFault(string problem, params string[] options)
    {
        Outcome run = _headroom.Run(["compare", "broadcast", .. options]);
        run.ExitCode.ShouldBe(2);
        run.Errors.ShouldContain(problem);
        run.Errors.ShouldContain(options[0]);
        run.Output.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("4 of 3 replicas cannot be in sync", "--protocols", "isr(4)")]
    [InlineData("may have none in common", "--protocols", "abd(1,2)")]
    [InlineData("did you mean raft", "--protocols", "rafft")]
    [InlineData("4 of 3 servers cannot fail; at most 3 can", "--failures", "4")]
    [InlineData("a rate above 0", "--rate", "0")]
    [InlineData("a time such as", "--disk", "slow")]
    [InlineData("groups that agree take written faults", "--faults", "swarm")]
    [InlineData("there is no member 3: members are 0 to 2", "--faults", "at 1 s crash 3")]
    [InlineData("lies outside 1 to 1000", "--clients", "0")]
    public void ImpossibleGroupsAreTheInputsFault(string problem, params string[] options)
    {
        Outcome run = _headroom.Run(["compare", "agreement", .. options]);
        run.ExitCode.ShouldBe(2);
        run.Errors.ShouldContain(problem);
        run.Errors.ShouldContain(options[0]);
        run.Output.ShouldBeEmpty();
    }

    [Fact]
    public void WaysOfAgreeingAreComparedInTablesAndFiles()
    {
        string csv = _headroom.PathOf("out.csv");
        string regions = _headroom.Write("regions.csv", "from,eu,us\neu,1 ms,40 ms\nus,,1 ms\n");
        Outcome run = _headroom.Run("compare", "agreement", "--protocols", "raft,isr(2),abd", "--members", "3,5", "--latency", $"5ms,file:{regions}", "--operations", "200", "--trials", "3", "--csv", csv);
        run.ExitCode.ShouldBe(0, run.Errors);
        run.Errors.ShouldContain("24 cells (3 protocols x 8 settings), 3 trials each");
        run.Output.ShouldContain("writes of 256 B at 100/s");
        run.Output.ShouldContain("latencies of regions.csv (2 regions)");
        run.Output.ShouldContain("take raft");
        string[] rows = File.ReadAllLines(csv);
        rows[0].ShouldStartWith("protocol,operation,members,value,rate,clients,operations,latency,loss,bandwidth,jitter,disk,failures,regions,trials,metric");
        rows.Length.ShouldBe(1 + (24 * 5));
        _headroom.Run("compare", "agreement", "--help").Output.ShouldContain("servers that crash at a third of the load");
    }

    [Fact]
    public void SaturationLiesBelowWhatEveryMemberMustTakeIn()
    {
        Outcome run = _headroom.Run("compare", "broadcast", "--protocols", "tree(2),tree(8)", "--members", "60", "--bandwidth", "10M", "--saturate", "--trials", "1", "--json");
        run.ExitCode.ShouldBe(0, run.Errors);
        using JsonDocument document = JsonDocument.Parse(run.Output);
        double[] rates = [.. document.RootElement.GetProperty("rows").EnumerateArray().Select(r => r.GetProperty("measured").GetProperty("mean").GetDouble())];
        double line = 10e6 / (8 * 1056);
        // Lines that send two and eight copies of each; the test for growth lets 5 % and the bisection 3 % through.
        rates[0].ShouldBe(line / 2, 0.09 * line / 2);
        rates[1].ShouldBe(line / 8, 0.09 * line / 8);
        document.RootElement.GetProperty("rows")[0].GetProperty("floor").GetDouble().ShouldBe(10e6 / 8000);
    }

    private static int Lines(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Count(c => c == '\n');
    }
}
