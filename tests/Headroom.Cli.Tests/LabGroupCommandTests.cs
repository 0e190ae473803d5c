using System.Diagnostics;
using System.Text.Json;

namespace Headroom.Cli.Tests;

/// <summary><c>headroom lab raft</c> and its kin as a user types them.</summary>
public sealed class LabGroupCommandTests : IDisposable
{
    private const string Unique = "7305018847";

    private readonly HeadroomProcess _headroom = new();

    public void Dispose() => _headroom.Dispose();

    /// <summary>Real sockets, real files, SIGKILL: the leader amid the run, in the end all servers at once.</summary>
    [Fact]
    public void AKilledLeaderComesBackFromItsLogAndNothingAcknowledgedIsLost()
    {
        Outcome outcome = _headroom.Run("lab", "raft", "--operations", "3000", "--clients", "8", "--kill-leader", "1", "--apart", "--disk", "logs", "--seed", Unique, "--json=raft.json");
        outcome.ExitCode.ShouldBe(0, outcome.Output + outcome.Errors);
        outcome.Output.ShouldContain("is linearizable");
        outcome.Output.ShouldContain("Killed amid the run, and started again from their logs: server ");
        outcome.Output.ShouldContain("all servers were killed at once");
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(_headroom.PathOf("raft.json")));
        document.RootElement.GetProperty("laboratory").GetString().ShouldBe("group");
        document.RootElement.GetProperty("holds").GetBoolean().ShouldBeTrue();
        Mean(document, "committed commands").ShouldBeGreaterThan(10);
        Mean(document, "fsyncs/s of a loop").ShouldBeGreaterThan(10);
        Servers().ShouldBeEmpty();

        string log = _headroom.PathOf(Path.Combine("logs", "server-4.log"));
        Outcome whole = _headroom.Run("lab", "log", log);
        whole.ExitCode.ShouldBe(0, whole.Errors);
        whole.Output.ShouldContain(", begun anew with a state");
        Outcome again = _headroom.Run("lab", "raft", "--operations", "80", "--disk", "logs");
        again.ExitCode.ShouldBe(2);
        again.Errors.ShouldContain("server-0.log: is the log of another run");
        byte[] bytes = File.ReadAllBytes(log);
        bytes[40] ^= 2;
        File.WriteAllBytes(log, bytes);
        Outcome damaged = _headroom.Run("lab", "log", log);
        damaged.ExitCode.ShouldBe(2, damaged.Output);
        damaged.Errors.ShouldContain($"{log}: byte 16: group 0 is damaged; it holds the state that the log was begun anew with");
    }

    [Fact]
    public void AnInterruptedRunSaysWhatItHasAndLeavesNoProcessBehind()
    {
        using Process process = _headroom.Start("lab", "raft", "--operations", "1000000", "--snapshot-every", "0", "--apart", "--disk", "logs", "--seed", Unique);
        for (int i = 0; i < 600 && Servers().Length < 5; i++)
        {
            Thread.Sleep(50);
        }

        // Into the first round that counts: what comes before writes less.
        var log = new FileInfo(_headroom.PathOf(Path.Combine("logs", "server-0.log")));
        for (int i = 0; i < 2400 && (!log.Exists || log.Length < 500_000); i++, log.Refresh())
        {
            Thread.Sleep(50);
        }

        HeadroomProcess.Interrupt(process);
        Outcome outcome = HeadroomProcess.Finish(process);
        outcome.ExitCode.ShouldBe(130, outcome.Output + outcome.Errors);
        outcome.Output.ShouldContain("(interrupted)");
        outcome.Output.ShouldContain("is linearizable");
        Servers().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("--members: lies between 1 and 15; found 16", "raft", "--members", "16")]
    [InlineData("--clients: lies between 1 and 64; found 0", "abd", "--clients", "0")]
    [InlineData("--operations: lies between 80 and 1000000; found 79", "raft", "--operations", "79")]
    [InlineData("--reads", "raft", "--reads", "101")]
    [InlineData("is udp or tcp; found 'smoke'", "raft", "--transport", "smoke")]
    [InlineData("does not go on without the one that is killed", "raft", "--members", "2", "--kill-leader", "1")]
    [InlineData("it needs a --disk", "abd", "--disk", "none", "--kill-leader", "1")]
    [InlineData("/proc/none: cannot be written", "raft", "--disk", "/proc/none")]
    [InlineData("no strategy 'rafft'", "agreement", "--protocol", "rafft")]
    [InlineData("of 3 replicas cannot be in sync", "agreement", "--protocol", "isr(4)", "--members", "3")]
    [InlineData("--rate", "raft", "--rate", "-1")]
    [InlineData("--value: a value is at most 16000 B over udp", "raft", "--transport", "udp", "--value", "16.1kB")]
    [InlineData("--value: a value is at most 1000000 B over tcp here; found '2MB'", "raft", "--value", "2MB")]
    [InlineData("--value: 'many' does not begin with a number; an amount such as 1kB is expected", "raft", "--value", "many")]
    [InlineData("--value: '0' lies outside 1 B", "raft", "--value", "0")]
    [InlineData("--loss: is for --transport udp", "raft", "--loss", "1%")]
    [InlineData("--latency: is for --transport udp", "raft", "--latency", "5ms", "--loss", "1%")]
    [InlineData("--jitter: ", "raft", "--transport", "udp", "--jitter", "far")]
    [InlineData("isr(2,20): a batch of up to 80080 B goes in one message, and a datagram holds 64000 B of records", "agreement", "--protocol", "isr(2,20)", "--transport", "udp", "--value", "4kB")]
    [InlineData("20000 operations with values of 1000000 B make a log of ", "raft", "--value", "1MB")]
    [InlineData("no-such.log", "log", "no-such.log")]
    public void WhatCannotBeIsSaidAndEndsWithTwo(string message, params string[] arguments)
    {
        Outcome outcome = _headroom.Run(["lab", .. arguments]);
        outcome.ExitCode.ShouldBe(2, outcome.Output + outcome.Errors);
        outcome.Errors.ShouldContain(message);
        outcome.Errors.ShouldNotContain("   at ");
    }

    /// <summary>Processes of servers of this test that live, by the seed in their command line.</summary>
    private static string[] Servers() => [.. LabCommandTests.CommandLines().Where(line => line.Contains("\0server\0", StringComparison.Ordinal) && line.Contains($"\0{Unique}\0", StringComparison.Ordinal))];

    private static double Mean(JsonDocument document, string metric) => document.RootElement.GetProperty("executed").EnumerateArray()
        .First(row => row.GetProperty("metric").GetString() == metric).GetProperty("executed").GetProperty("mean").GetDouble();
}
