using Headroom.Lab.Maelstrom;
using Headroom.Lab.Maelstrom.Networks;
using Headroom.Lab.Maelstrom.Processes;
using Headroom.Lab.Maelstrom.Wire;
using Headroom.Tests;

namespace Headroom.Lab.Tests.Maelstrom;

/// <summary>What the router does to messages and to children, whatever programs do.</summary>
public sealed class RouterTests : IDisposable
{
    private readonly ScriptFolder _scripts = new();

    public void Dispose() => _scripts.Dispose();

    [ProgramFact("python3")]
    public void ALinkTakesItsLatencyOnce()
    {
        // Nobody is faster than the latency; the fastest of many on two nodes is not twice as slow, however busy the machine.
        MaelstromResult result = Run(ScriptFolder.Sample("broadcast.py"), WorkloadKind.Broadcast, options => options with { Nodes = 2, Latency = Constant(150), RatePerSecond = 50, DurationNs = 800_000_000 });
        result.Spread!.Timings.Count.ShouldBeGreaterThan(5);
        result.Spread.Timings.Min(timing => timing.LatencyMs)!.Value.ShouldBeInRange(150, 299);
    }

    /// <summary>A node that asks a service for every echo: there and back take two latencies, and clients wait for less.</summary>
    [ProgramFact]
    public void MessagesToServicesTakeTheirLatencyToo()
    {
        string script = ScriptFolder.Polite + """

            while read -r line; do
              case "$line" in
                *lin-kv*) # client and number of the request come back in the number of ours
                   both=$(printf '%s' "$line" | sed 's/.*"in_reply_to":\([0-9]*\).*/\1/')
                   printf '{"src":"n0","dest":"c%s","body":{"type":"generate_ok","in_reply_to":%s,"id":%s}}\n' $((both / 1000)) $((both % 1000)) "$both" ;;
                *) id=$(printf '%s' "$line" | sed 's/.*"msg_id":\([0-9]*\).*/\1/')
                   from=$(printf '%s' "$line" | sed 's/.*"src":"c\([^"]*\)".*/\1/')
                   printf '{"src":"n0","dest":"lin-kv","body":{"type":"read","key":1,"msg_id":%s}}\n' $((from * 1000 + id)) ;;
              esac
            done
            """;
        MaelstromResult slow = Run(_scripts.Shell(script), WorkloadKind.UniqueIds, options => options with { Latency = Constant(200), ClientTimeoutNs = 350_000_000 });
        slow.OperationsSucceeded.ShouldBe(0);
        slow.ServerMessages.Sent.ShouldBeGreaterThan(0);
        MaelstromResult fast = Run(_scripts.Shell(script), WorkloadKind.UniqueIds, options => options with { ClientTimeoutNs = 2_000_000_000 });
        fast.OperationsSucceeded.ShouldBeGreaterThan(0);
        // A question and an answer each, as Maelstrom counts them.
        fast.ServerMessages.Sent.ShouldBeGreaterThanOrEqualTo(2 * fast.OperationsSucceeded);
    }

    [ProgramFact]
    public void WhatNobodyAnswersFailsIfItChangesNothingAndIsOpenOtherwise()
    {
        string seen = _scripts.PathOf("seen");
        string script = $$"""
            {{ScriptFolder.Polite}}
            while read -r line; do printf '%s\n' "$line" | sed 's/.*"src":"\([^"]*\)".*/\1/' >> {{seen}}; done
            """;
        MaelstromResult result = Run(_scripts.Shell(script), WorkloadKind.GrowOnlySet, options => options with { Clients = 1, ClientTimeoutNs = 60_000_000, DurationNs = 900_000_000, RatePerSecond = 100 });
        OperationCount adds = result.Operations.Single(count => count.Function == "add");
        OperationCount reads = result.Operations.Single(count => count.Function == "read");
        (adds.Succeeded, adds.Failed, adds.Indefinite).ShouldBe((0, 0, adds.Invoked));
        (reads.Succeeded, reads.Failed, reads.Indefinite).ShouldBe((0, reads.Invoked, 0));
        // Whoever gave up without knowing is somebody else from then on.
        File.ReadAllLines(seen).Distinct().Count().ShouldBeInRange((int)adds.Invoked - 1, (int)adds.Invoked + 1);
        adds.Invoked.ShouldBeGreaterThan(1);
    }

    [ProgramFact("python3")]
    public void WhatWasDeliveredNoLongerWeighs()
    {
        using var run = new MaelstromRun(Options(ScriptFolder.Sample("broadcast.py"), WorkloadKind.Echo), TimeProvider.System, null, default);
        run.Run().OperationsSucceeded.ShouldBeGreaterThan(3);
        run.InFlightBytes.ShouldBe(0);
    }

    [ProgramFact]
    public void AChildIsKilledWithoutTheGuardsHelp()
    {
        using var guard = new RunGuard(TimeProvider.System);
        using var ended = new Ended();
        using var child = NodeProcess.Start(0, _scripts.Shell("trap '' TERM INT HUP\nwhile :; do sleep 1; done"), [], guard, ended);
        child.Kill();
        ended.Wait().ShouldBe(128 + 9);
    }

    private static LatencyDistribution Constant(int ms) => new(LatencyShape.Constant, ms * 1_000_000L);

    private static MaelstromResult Run(string program, WorkloadKind workload, Func<MaelstromOptions, MaelstromOptions> change) =>
        MaelstromHost.Run(change(Options(program, workload)), TimeProvider.System);

    private static MaelstromOptions Options(string program, WorkloadKind workload) => new()
    {
        Workload = workload,
        Program = program,
        Seed = 3,
        Nodes = 1,
        Topology = "line",
        RatePerSecond = 30,
        DurationNs = 400_000_000,
        RecoveryNs = 50_000_000,
        ClientTimeoutNs = 1_000_000_000,
    };

    private sealed class Ended : INodeListener, IDisposable
    {
        private readonly ManualResetEventSlim _over = new();
        private int _code = -1;

        public bool OnLine(int node, byte[] line) => true;

        public void OnEndlessLine(int node, string head)
        {
        }

        public void OnWritten(WireMessage message)
        {
        }

        public void OnEnded(int node, int exitCode)
        {
            _code = exitCode;
            _over.Set();
        }

        /// <summary>The exit code; -1 when it goes on.</summary>
        public int Wait() => _over.Wait(TimeSpan.FromSeconds(10)) ? _code : -1;

        public void Dispose() => _over.Dispose();
    }
}
