using System.Diagnostics;
using System.Text.Json;

namespace Headroom.Cli.Tests;

/// <summary>The commands as a user types them: what they print, what they write, how they end.</summary>
public sealed class CommandTests : IDisposable
{
    private const string Photos = """
        headroom: 1
        name: Small shop
        prices: { storage: 21 $/TB/month, egress: 0.02 $/GB }
        activities:
          - name: photos
            kind: store
            data: 800 TB
            nodes: { count: 400, mttf: 3 y, bandwidth: 50 MB/s, detect: 10 min }
            goal: { survive: 2 failures, yearly loss: 1e-9 }
            now: replication(3)
            claims:
              - { metric: stored, value: 1.001, by: "a talk" }
        """;

    private readonly HeadroomProcess _headroom = new();

    public void Dispose() => _headroom.Dispose();

    [Fact]
    public void LimitListsEveryBoundAndEvaluatesOne()
    {
        Outcome list = _headroom.Run("limit");
        list.ExitCode.ShouldBe(0);
        list.Output.ShouldContain("coding.singleton ");
        Outcome one = _headroom.Run("limit", "coding.singleton", "n=14", "k=10");
        one.ExitCode.ShouldBe(0);
        one.Output.ShouldContain("5");
        one.Output.ShouldContain("regime");
        Outcome json = _headroom.Run("limit", "coding.singleton", "n=14", "k=10", "--json");
        using JsonDocument document = JsonDocument.Parse(json.Output);
        document.RootElement.GetProperty("value").GetDouble().ShouldBe(5);
        document.RootElement.GetProperty("side").GetString().ShouldBe("ceiling");
        document.RootElement.GetProperty("citation").GetString()!.ShouldContain("Singleton");
        json.Errors.ShouldBeEmpty();
    }

    [Fact]
    public void TheListAsJsonHasNoValues()
    {
        using JsonDocument document = JsonDocument.Parse(_headroom.Run("limit", "--json").Output);
        document.RootElement.GetArrayLength().ShouldBeGreaterThan(25);
        document.RootElement[0].TryGetProperty("value", out _).ShouldBeFalse();
        document.RootElement[0].GetProperty("regime").GetString().ShouldNotBeNullOrEmpty();
    }

    [Theory]
    [InlineData("did you mean coding.singleton?", "limit", "coding.singelton", "n=1", "k=1")]
    [InlineData("did you mean n?", "limit", "coding.singleton", "m=14", "k=10")]
    [InlineData("coding.singleton needs k", "limit", "coding.singleton", "n=14")]
    [InlineData("not of the form name=value", "limit", "coding.singleton", "14", "10")]
    [InlineData("below", "limit", "coding.singleton", "n=-14", "k=10")]
    [InlineData("headroom: no command 'audti' (did you mean: headroom audit?)", "audti", "x.yaml")]
    [InlineData("headroom: which command?")]
    [InlineData("usage: headroom audit --help", "audit")]
    [InlineData("usage: headroom lab raft --help", "lab", "raft", "--clients", "many")]
    [InlineData("'--clients': a whole number is expected", "lab", "raft", "--clients", "many")]
    [InlineData("nowhere.yaml: no such file", "audit", "nowhere.yaml")]
    [InlineData("directory", "audit", ".")]
    [InlineData("no kind 'stor'", "kinds", "stor")]
    [InlineData("no audit has run yet", "explain", "photos/stored")]
    [InlineData("no such file", "diff", "a.json", "b.json")]
    public void WhatWasTypedWrongIsToldAndEndsWithTwo(string told, params string[] arguments)
    {
        Outcome outcome = _headroom.Run(arguments);
        outcome.ExitCode.ShouldBe(2, outcome.Errors);
        outcome.Errors.ShouldContain(told);
        outcome.Errors.ShouldNotContain("   at ");
        outcome.Output.ShouldBeEmpty();
    }

    [Fact]
    public void AnAuditPrintsATableAndWritesTheReportAndTheSameSeedGivesTheSameBytes()
    {
        _ = _headroom.Write("shop.yaml", Photos);
        Outcome first = _headroom.Run("audit", "shop.yaml", "--json=one.json");
        first.ExitCode.ShouldBe(0, first.Errors);
        first.Output.ShouldContain("photos");
        first.Output.ShouldContain("Refuted");
        first.Output.ShouldContain("report: small-shop.html");
        File.Exists(_headroom.PathOf("small-shop.html")).ShouldBeTrue();
        Outcome second = _headroom.Run("audit", "shop.yaml", "--json", "--threads", "1");
        second.ExitCode.ShouldBe(0);
        Reproducible(second.Output).ShouldBe(Reproducible(File.ReadAllText(_headroom.PathOf("one.json"))));
        Directory.GetFiles(_headroom.Folder).Select(Path.GetFileName).Order().ShouldBe(["one.json", "shop.yaml", "small-shop.html"]);
    }

    [Fact]
    public void AFileThatIsNotAReportOfOursIsNotOverwritten()
    {
        string system = _headroom.Write("shop.yaml", Photos);
        string mine = _headroom.Write("small-shop.html", "<p>mine</p>");
        Outcome outcome = _headroom.Run("audit", "shop.yaml");
        outcome.ExitCode.ShouldBe(2);
        outcome.Errors.ShouldContain("small-shop.html");
        File.ReadAllText(mine).ShouldBe("<p>mine</p>");
        _headroom.Run("audit", "shop.yaml", "--no-report", "--json=shop.yaml").ExitCode.ShouldBe(2);
        File.ReadAllText(system).ShouldBe(Photos);
        _headroom.Run("audit", "shop.yaml", "--json=").ExitCode.ShouldBe(2);
    }

    [Theory]
    [InlineData("survive: 2 failures", "survive: 500 failures", ":9:")]
    [InlineData("kind: store", "kind: stroe", ":6:11: no kind 'stroe' (did you mean store?)")]
    [InlineData("mttf: 3 y", "mttf: 3 GB", ":8:")]
    [InlineData("mttf", "mtff", "did you mean mttf?")]
    [InlineData("metric: stored", "metric: stroed", "did you mean stored?")]
    [InlineData("headroom: 1", "headroom: 2", "shop.yaml:1:11: 'headroom' is the version of the format; this program reads version 1, not 2")]
    [InlineData("by: \"a talk\"", "by: \"a talk\", strategy: replicaton(3)", "did you mean replication?")]
    [InlineData("value: 1.001", "value: -3", ":12:34: 'value' cannot be below 0")]
    public void AWrongSystemFileIsToldWithLineAndColumn(string right, string wrong, string told)
    {
        _ = _headroom.Write("shop.yaml", Photos.Replace(right, wrong, StringComparison.Ordinal));
        foreach (string command in new[] { "check", "audit" })
        {
            Outcome outcome = _headroom.Run(command, "shop.yaml");
            outcome.ExitCode.ShouldBe(2, outcome.Output);
            outcome.Errors.ShouldStartWith("shop.yaml:");
            outcome.Errors.ShouldContain(told);
        }

        Directory.GetFiles(_headroom.Folder).Length.ShouldBe(1);
    }

    [Fact]
    public void EveryFindingIsExplainedAndADifferenceFailsTheGate()
    {
        _ = _headroom.Write("shop.yaml", Photos);
        _ = _headroom.Write("worse.yaml", Photos.Replace("replication(3)", "replication(4)", StringComparison.Ordinal));
        _headroom.Run("audit", "shop.yaml", "--no-report", "--json=old.json").ExitCode.ShouldBe(0);
        Outcome words = _headroom.Run("explain", "photos/stored");
        words.ExitCode.ShouldBe(0, words.Errors);
        words.Output.ShouldContain("regime:");
        words.Output.ShouldContain("headroom audit shop.yaml --seed 1");
        _headroom.Run("explain", "photos/stord").Errors.ShouldContain("did you mean photos/stored?");
        _headroom.Run("audit", "worse.yaml", "--no-report", "--json=new.json").ExitCode.ShouldBe(0);
        _headroom.Run("diff", "old.json", "old.json", "--fail-on", "5%").ExitCode.ShouldBe(0);
        Outcome worse = _headroom.Run("diff", "old.json", "new.json", "--fail-on", "5%");
        worse.ExitCode.ShouldBe(4, worse.Output);
        worse.Output.ShouldContain("WORSE");
        _headroom.Run("diff", "old.json", "new.json").ExitCode.ShouldBe(0);
        Outcome fewer = _headroom.Run("diff", "new.json", "old.json", "--fail-on", "5%");
        fewer.ExitCode.ShouldBe(4, "a copy less costs less and loses more often");
        fewer.Output.ShouldContain("better   photos/stored");
        fewer.Output.ShouldContain("WORSE    photos/yearly-loss");
        _headroom.Run("diff", "old.json", "shop.yaml").ExitCode.ShouldBe(2);
        Outcome share = _headroom.Run("diff", "old.json", "new.json", "--fail-on", "5");
        share.ExitCode.ShouldBe(2);
        share.Errors.ShouldContain("write 5% or 500%");
    }

    [Fact]
    public void ControlCEndsWith130AndLeavesNothing()
    {
        // A broadcast that runs for many seconds on any machine.
        _ = _headroom.Write("many.yaml", """
            headroom: 1
            name: Long
            activities:
              - { name: feed, kind: broadcast, members: 200000, payload: 1 kB, network: { latency: 10 ms, loss: 1 % }, now: "push(5)" }
            """);
        using Process process = _headroom.Start("audit", "many.yaml");
        Thread.Sleep(1200);
        process.HasExited.ShouldBeFalse("the audit ended before it could be interrupted");
        long start = Stopwatch.GetTimestamp();
        HeadroomProcess.Interrupt(process);
        Outcome outcome = HeadroomProcess.Finish(process);
        outcome.ExitCode.ShouldBe(130);
        Stopwatch.GetElapsedTime(start).TotalSeconds.ShouldBeLessThan(5, "one second is the promise; the rest is for a loaded machine");
        Directory.GetFiles(_headroom.Folder).Length.ShouldBe(1);
    }

    private static string Reproducible(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return document.RootElement.GetProperty("findings").GetRawText() + document.RootElement.GetProperty("claims").GetRawText();
    }
}
