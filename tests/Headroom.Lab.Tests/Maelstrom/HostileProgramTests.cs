using System.Diagnostics;
using Headroom.Lab.Maelstrom;
using Headroom.Tests;

namespace Headroom.Lab.Tests.Maelstrom;

/// <summary>Whatever a program does, the run ends soon, with a finding, and with none of its processes left.</summary>
public sealed class HostileProgramTests : IDisposable
{
    private readonly ScriptFolder _scripts = new();

    public void Dispose() => _scripts.Dispose();

    [ProgramFact]
    public void AProgramThatDiesIsToldWithItsTimeItsCodeAndItsLastWords()
    {
        MaelstromResult result = Run(_scripts.Shell(ScriptFolder.Polite + "\nread -r line\necho 'no such thing' >&2\nexit 3"));
        result.Passed.ShouldBeFalse();
        NodeFault fault = result.Faults.ShouldHaveSingleItem();
        fault.Kind.ShouldBe(FaultKind.Died);
        fault.Text.ShouldMatch(@"^the program of n0 died at \d\.\d s with exit code 3; its last lines on stderr: no such thing$");
    }

    [ProgramFact]
    public void AProgramThatHangsInInitIsTold()
    {
        MaelstromResult result = Run(_scripts.Shell("echo waiting >&2; exec sleep 60"));
        result.Faults.ShouldHaveSingleItem().Text.ShouldBe("n0 did not answer init within 0.6 s; its last lines on stderr: waiting");
        result.OperationsInvoked.ShouldBe(0);
    }

    [ProgramFact]
    public void RubbishIsQuotedShortAndTheRunGoesOn()
    {
        MaelstromResult result = Run(_scripts.Shell(ScriptFolder.Polite + """

            printf 'hello\033[31m %0300d\n' 7
            while read -r line; do echo '{"src":"n0"}'; answer echo_ok; done
            """));
        NodeFault rubbish = result.Faults.First(f => f.Kind == FaultKind.Rubbish);
        rubbish.Text.ShouldStartWith("n0 printed a line that is not JSON");
        rubbish.Text.ShouldContain("hello·[31m 000");
        rubbish.Text.Length.ShouldBeLessThan(400);
        result.Faults.ShouldContain(f => f.Kind == FaultKind.WrongReply && f.Text.Contains("'echo' is missing", StringComparison.Ordinal));
        result.FurtherFaults.ShouldBeGreaterThan(0);
        result.OperationsInvoked.ShouldBeGreaterThan(5);
    }

    [ProgramFact]
    public void AFloodOfMessagesIsStoppedBeforeItFillsTheMemory()
    {
        // To itself, and it never reads: they all wait.
        string big = $$$"""{"src":"n0","dest":"n0","body":{"type":"flood","text":"{{{new string('x', 4000)}}}"}}""";
        MaelstromResult result = Run(_scripts.Shell(ScriptFolder.Polite + $"\nexec yes '{big}'"), seconds: 20);
        result.Faults.ShouldContain(f => f.Kind == FaultKind.Flood && f.Text.StartsWith("more than 256 MiB of messages wait to be delivered", StringComparison.Ordinal));
    }

    [ProgramFact]
    public void AFloodOfRubbishCostsNothing()
    {
        MaelstromResult result = Run(_scripts.Shell(ScriptFolder.Polite + "\nexec yes rubbish"));
        result.Faults.ShouldHaveSingleItem().Kind.ShouldBe(FaultKind.Rubbish);
        result.FurtherFaults.ShouldBeGreaterThan(1000);
    }

    [ProgramFact]
    public void ALineWithoutEndIsStopped()
    {
        MaelstromResult result = Run(_scripts.Shell(ScriptFolder.Polite + "\nhead -c 1000000000 /dev/zero | tr '\\0' a; sleep 60"), seconds: 20);
        NodeFault fault = result.Faults.ShouldHaveSingleItem();
        fault.Kind.ShouldBe(FaultKind.Flood);
        fault.Text.ShouldContain("printed more than 16 MiB without an end of line; they begin: aaaa");
    }

    [ProgramFact]
    public void AFloodOfErrorsIsKeptShort()
    {
        MaelstromResult result = Run(_scripts.Shell(ScriptFolder.Polite + "\nyes error | head -c 4000000 >&2; exit 1"), seconds: 20);
        result.Faults.ShouldHaveSingleItem().Text.Length.ShouldBeLessThan(400);
    }

    [ProgramFact]
    public void MessagesToNobodyAndFromOthersAreTold()
    {
        MaelstromResult result = Run(_scripts.Shell(ScriptFolder.Polite + """

            echo '{"src":"n0","dest":"n7","body":{}}'
            echo '{"src":"lin-kv","dest":"n0","body":{}}'
            sleep 60
            """));
        result.Faults.ShouldHaveSingleItem().Text.ShouldStartWith("n0 sent a message that goes to 'n7', which does not exist");
        result.FurtherFaults.ShouldBe(1);
        result.ServerMessages.Sent.ShouldBe(0);
    }

    [ProgramFact]
    public void NothingOutlivesTheRunNeitherTheDeafNorTheirChildren()
    {
        // It ignores signals and the end of its input, and leaves a grandchild in a session of its own.
        string marker = "4" + Environment.ProcessId;
        MaelstromResult result = Run(_scripts.Shell($"trap '' TERM INT HUP\n{ScriptFolder.Polite}\n(setsid sleep {marker} >/dev/null 2>&1 </dev/null &)\nwhile :; do sleep 1; done"));
        result.Faults.ShouldBeEmpty();
        Sleeping(marker).ShouldBe(0);
    }

    [ProgramTheory]
    [InlineData("missing", "does not exist")]
    [InlineData("text", "is not executable (chmod +x ")]
    [InlineData("plain", "is neither a program nor a script with a first line")]
    [InlineData(".", "is a directory")]
    public void WhatIsNoProgramIsTold(string name, string told)
    {
        _scripts.Write("text", "#!/bin/sh\n", executable: false);
        _scripts.Write("plain", "just text\n");
        Should.Throw<UnusableProgramException>(() => Run(_scripts.PathOf(name))).Message.ShouldContain(told);
    }

    [Theory]
    [InlineData(0, "grid", 100, "nodes")]
    [InlineData(501, "grid", 100, "nodes")]
    [InlineData(5, "ring", 100, "no topology 'ring'")]
    [InlineData(5, "grid", -1, "rate")]
    [InlineData(5, "grid", double.NaN, "rate")]
    public void ImpossibleOptionsAreTold(int nodes, string topology, double rate, string told) =>
        new MaelstromOptions { Workload = WorkloadKind.Echo, Program = "x", Seed = 1, Nodes = nodes, Topology = topology, RatePerSecond = rate }.Problem()!.ShouldContain(told);

    private static MaelstromResult Run(string program, double seconds = 0.4)
    {
        long start = Stopwatch.GetTimestamp();
        MaelstromResult result = MaelstromHost.Run(new MaelstromOptions
        {
            Workload = WorkloadKind.Echo,
            Program = program,
            Seed = 1,
            Nodes = 1,
            Clients = 10,
            RatePerSecond = 50,
            DurationNs = (long)(seconds * 1e9),
            ClientTimeoutNs = 200_000_000,
            InitTimeoutNs = 500_000_000,
        }, TimeProvider.System);
        Stopwatch.GetElapsedTime(start).TotalSeconds.ShouldBeLessThan(15);
        return result;
    }

    private static int Sleeping(string argument) => Directory.GetDirectories("/proc").Count(folder =>
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, "cmdline")).Contains($"sleep\0{argument}\0", StringComparison.Ordinal);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    });
}
