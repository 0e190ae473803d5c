using System.Diagnostics;
using System.Text.Json;

namespace Headroom.Cli.Tests;

/// <summary><c>headroom lab</c> as a user types it.</summary>
public sealed class LabCommandTests : IDisposable
{
    private const string Unique = "7305018841";

    private readonly HeadroomProcess _headroom = new();

    public void Dispose() => _headroom.Dispose();

    [Fact]
    public void FloodingAGridCountsOverSocketsWhatTheSimulatorCounts()
    {
        Outcome outcome = _headroom.Run("lab", "broadcast", "--protocol", "flooding", "--topology", "grid:5x5", "--latency", "2ms", "--lag", "0s", "--trials", "2", "--json=lab.json");
        outcome.ExitCode.ShouldBe(0, outcome.Output + outcome.Errors);
        outcome.Output.ShouldContain("agree");
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(_headroom.PathOf("lab.json")));
        Mean(document, "rows", "simulated", "payloads").ShouldBe(56);
        Mean(document, "executed", "executed", "payloads").ShouldBe(56);
        Mean(document, "executed", "executed", "latency").ShouldBeGreaterThanOrEqualTo(Mean(document, "rows", "simulated", "latency"));
    }

    [Theory]
    [InlineData("udp")]
    [InlineData("tcp")]
    public void ProcessesOfTheirOwnCountTheSameAndAreGoneAfterwards(string transport)
    {
        Outcome outcome = _headroom.Run("lab", "broadcast", "--protocol", "tree(3)", "--members", "9", "--latency", "2ms", "--trials", "1", "--processes", "3", "--transport", transport, "--seed", Unique, "--json");
        outcome.ExitCode.ShouldBe(0, outcome.Errors);
        using JsonDocument document = JsonDocument.Parse(outcome.Output);
        Mean(document, "executed", "executed", "payloads").ShouldBe(8);
        Mean(document, "executed", "executed", "delivered").ShouldBe(1);
        Members().ShouldBeEmpty();
    }

    [Fact]
    public void AProcessOfMembersEndsWhenItsParentIsKilled()
    {
        using Process parent = _headroom.Start("lab", "broadcast", "--protocol", "tree(3)", "--members", "4", "--latency", "20s", "--processes", "2", "--seed", Unique);
        Until(() => Members().Length == 2);
        parent.Kill();
        parent.WaitForExit();
        Until(() => Members().Length == 0);
    }

    [Fact]
    public void MembersThatWatchEachOtherCountOverSocketsWhatTheSimulatorCounts()
    {
        Outcome outcome = _headroom.Run("lab", "membership", "--protocol", "heartbeat(2)", "--members", "6", "--kill", "2", "--period", "50ms", "--latency", "2ms", "--trials", "2", "--json");
        outcome.ExitCode.ShouldBe(0, outcome.Output + outcome.Errors);
        using JsonDocument document = JsonDocument.Parse(outcome.Output);
        document.RootElement.GetProperty("laboratory").GetString().ShouldBe("membership");
        Mean(document, "executed", "executed", "falsely declared").ShouldBe(0);
        Mean(document, "executed", "executed", "messages").ShouldBe(Mean(document, "rows", "simulated", "messages"), 0.5);
    }

    [Theory]
    [InlineData("udp")]
    [InlineData("tcp")]
    public void WhoeverIsKilledHasAProcessOfItsOwnAndNoneIsLeft(string transport)
    {
        Outcome outcome = _headroom.Run("lab", "membership", "--protocol", "heartbeat(3)", "--members", "5", "--kill", "1", "--period", "100ms", "--trials", "1", "--processes", "2", "--transport", transport, "--seed", Unique);
        outcome.ExitCode.ShouldBe(0, outcome.Output + outcome.Errors);
        outcome.Output.ShouldContain("known by all");
        outcome.Output.ShouldNotContain("never");
        Members().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("no strategy 'swimm'", "--protocol", "swimm")]
    [InlineData("three round trips", "--protocol", "swim", "--period", "10ms")]
    [InlineData("--kill", "--protocol", "swim", "--members", "5", "--kill", "5")]
    [InlineData("--processes", "--protocol", "swim", "--members", "5", "--processes", "5")]
    [InlineData("--period", "--protocol", "heartbeat", "--period", "1us")]
    [InlineData("takes one value", "--protocol", "heartbeat", "--latency", "1ms,2ms")]
    public void AMembershipThatCannotBeIsSaidAndEndsWithTwo(string message, params string[] arguments)
    {
        Outcome outcome = _headroom.Run(["lab", "membership", .. arguments]);
        outcome.ExitCode.ShouldBe(2, outcome.Output + outcome.Errors);
        outcome.Errors.ShouldContain(message);
        outcome.Errors.ShouldNotContain("   at ");
    }

    [Theory]
    [InlineData("no strategy 'fooding'", "--protocol", "fooding")]
    [InlineData("--transport", "--protocol", "flooding", "--transport", "carrier-pigeon")]
    [InlineData("--latency", "--protocol", "flooding", "--latency", "-1ms")]
    [InlineData("needs more than 5 members", "--protocol", "push(9)", "--members", "5")]
    [InlineData("--namespaces", "--protocol", "flooding", "--namespaces")]
    [InlineData("--processes", "--protocol", "flooding", "--members", "5", "--processes", "6")]
    [InlineData("use TCP", "--protocol", "flooding", "--payload", "100kB")]
    [InlineData("deliver once or not at all", "--protocol", "flooding", "--duplication", "1%")]
    [InlineData("--lag", "--protocol", "flooding", "--lag", "-1us")]
    [InlineData("one protocol in one setting", "--protocol", "flooding", "--members", "5,10")]
    public void WhatCannotBeIsSaidAndEndsWithTwo(string message, params string[] arguments)
    {
        Outcome outcome = _headroom.Run(["lab", "broadcast", .. arguments]);
        outcome.ExitCode.ShouldBe(2, outcome.Output + outcome.Errors);
        outcome.Errors.ShouldContain(message);
        outcome.Errors.ShouldNotContain("   at ");
    }

    /// <summary>What the processes that live were started with.</summary>
    internal static IEnumerable<string> CommandLines() => Directory.GetDirectories("/proc").Select(folder => Path.Combine(folder, "cmdline")).Where(File.Exists).Select(Read);

    /// <summary>Processes of members of this test that live, by the seed in their command line.</summary>
    private static string[] Members() =>
    [
        .. CommandLines().Where(line => (line.Contains("\0member\0", StringComparison.Ordinal) || line.Contains("\0watcher\0", StringComparison.Ordinal)) && line.Contains($"\0{Unique}\0", StringComparison.Ordinal)),
    ];

    private static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (IOException)
        {
            return ""; // it has just ended
        }
    }

    private static void Until(Func<bool> isSo)
    {
        for (int i = 0; i < 600 && !isSo(); i++)
        {
            Thread.Sleep(50);
        }

        isSo().ShouldBeTrue();
    }

    private static double Mean(JsonDocument document, string array, string estimate, string metric) => document.RootElement.GetProperty(array).EnumerateArray()
        .First(row => row.GetProperty("metric").GetString() == metric).GetProperty(estimate).GetProperty("mean").GetDouble();
}
