using System.Diagnostics;
using System.Text.Json;
using System.Xml.Linq;

namespace Headroom.Cli.Tests;

/// <summary><c>headroom check-history</c> as a user types it.</summary>
public sealed class CheckHistoryCommandTests : IDisposable
{
    private const string Good = """
        {"process": 0, "type": "invoke", "f": "write", "value": 1}
        {"process": 1, "type": "invoke", "f": "read"}
        {"process": 0, "type": "ok", "f": "write", "value": 1}
        {"process": 1, "type": "ok", "f": "read", "value": 1}

        """;

    private const string Stale = Good + """
        {"process": 1, "type": "invoke", "f": "write", "value": 2}
        {"process": 1, "type": "ok", "f": "write", "value": 2}
        {"process": 0, "type": "invoke", "f": "read"}
        {"process": 0, "type": "ok", "f": "read", "value": 1}

        """;

    private readonly HeadroomProcess _headroom = new();

    public void Dispose() => _headroom.Dispose();

    [Fact]
    public void ALinearizableHistoryEndsWithZeroAndAnOrder()
    {
        Outcome outcome = _headroom.Run("check-history", _headroom.Write("good.json", Good));
        outcome.ExitCode.ShouldBe(0, outcome.Errors);
        outcome.Output.ShouldContain("good.json: linearizable");
        outcome.Output.ShouldContain("write 1");
        outcome.Output.ShouldContain("read → 1");
    }

    [Fact]
    public void AStaleReadEndsWithFourItsSmallestPartAndAPicture()
    {
        string stale = _headroom.Write("stale.json", Stale);
        Outcome outcome = _headroom.Run("check-history", stale, _headroom.Write("good.json", Good), "--json", "--picture", "stale.svg", "--report", "all.html");
        outcome.ExitCode.ShouldBe(4, outcome.Errors);

        using var json = JsonDocument.Parse(outcome.Output);
        JsonElement[] histories = [.. json.RootElement.GetProperty("histories").EnumerateArray()];
        histories.Select(h => h.GetProperty("verdict").GetString()).ShouldBe(["not linearizable", "linearizable"]);
        histories[0].GetProperty("failure").GetProperty("smallest").EnumerateArray().Select(o => o.GetProperty("line").GetInt32()).ShouldBe([5, 7]);
        histories[1].GetProperty("order").EnumerateArray().Select(i => i.GetInt32()).ShouldBe([0, 1]);

        XElement svg = XElement.Load(_headroom.PathOf("stale.svg"));
        svg.Descendants().Count(e => (string?)e.Attribute("class") == "failing-label").ShouldBe(2);
        string page = File.ReadAllText(_headroom.PathOf("all.html"));
        page.ShouldContain("stale.json");
        page.ShouldContain("<svg");
    }

    [Theory]
    [InlineData("history.json:1:1: process 0 is answered read, but has called nothing", "{\"process\": 0, \"type\": \"ok\", \"f\": \"read\"}")]
    [InlineData("--model: no model 'regster' (did you mean register?)", Good, "--model", "regster")]
    [InlineData("--format: no format 'ednn' (did you mean edn?)", Good, "--format", "ednn")]
    [InlineData("history.json:1:1: the model queue has no operation 'write'", Good, "--model", "queue")]
    [InlineData("--memory-max", Good, "--memory-max", "1 kB")]
    [InlineData("is a file that the audit reads", Good, "--json=history.json")]
    public void WhatCannotBeCheckedIsSaidAndEndsWithTwo(string message, string text, params string[] arguments)
    {
        _headroom.Write("history.json", text);
        Outcome outcome = _headroom.Run(["check-history", "history.json", .. arguments]);
        outcome.ExitCode.ShouldBe(2, outcome.Output + outcome.Errors);
        outcome.Errors.ShouldContain(message);
    }

    [Fact]
    public void ASpentBudgetIsUndecidedAndControlCIsHeard()
    {
        // Thirty clients enqueue at once and dequeue at once, and one value comes out twice.
        string events = string.Concat(Enumerable.Range(0, 30).Select(i => $"{{:process {i} :type :invoke :f :enqueue :value {i}}}\n"))
            + string.Concat(Enumerable.Range(0, 30).Select(i => $"{{:process {i} :type :ok :f :enqueue :value {i}}}\n"))
            + string.Concat(Enumerable.Range(0, 30).Select(i => $"{{:process {i} :type :invoke :f :dequeue}}\n"))
            + string.Concat(Enumerable.Range(0, 30).Select(i => $"{{:process {i} :type :ok :f :dequeue :value {Math.Max(1, i * 7 % 30)}}}\n"));
        string file = _headroom.Write("queue.edn", events);

        Outcome undecided = _headroom.Run("check-history", file, "--steps-max", "50000");
        undecided.ExitCode.ShouldBe(4, undecided.Errors);
        undecided.Output.ShouldContain("queue.edn: undecided");

        using Process running = _headroom.Start("check-history", file, "--steps-max", "1000000000000", "--memory-max", "8GiB");
        Thread.Sleep(1200);
        running.HasExited.ShouldBeFalse("the check ended before it could be interrupted");
        HeadroomProcess.Interrupt(running);
        Outcome interrupted = HeadroomProcess.Finish(running);
        interrupted.ExitCode.ShouldBe(130, interrupted.Errors);
    }
}
