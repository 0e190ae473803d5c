using Headroom.Lab.Maelstrom;
using Headroom.Lab.Maelstrom.Networks;
using Headroom.Tests;

namespace Headroom.Lab.Tests.Maelstrom;

/// <summary>The nodes of samples/maelstrom as real processes.</summary>
public sealed class SampleProgramTests
{
    [ProgramTheory("python3")]
    [InlineData("grid", 25, 56)] // Maelstrom, chapter 3, publishes 55.6: twice its messages an operation, of which about half are broadcasts
    [InlineData("line", 9, 8)]
    [InlineData("tree4", 9, 8)]
    [InlineData("total", 9, 64)]
    public void FloodingCostsExactlyItsMessagesABroadcast(string topology, int nodes, int messages)
    {
        // The other three with all 25 nodes, and their latencies: ./bench --filter maelstrom.
        MaelstromResult result = Run("broadcast.py", WorkloadKind.Broadcast, nodes, topology);
        result.Faults.ShouldBeEmpty();
        result.Passed.ShouldBeTrue(string.Join("; ", result.Check.Problems));
        SpreadMeasure spread = result.Spread!;
        spread.Payloads.ShouldBeGreaterThan(3);
        result.ServerMessages.Sent.ShouldBe((long)messages * spread.Payloads);
        spread.Copies.ShouldBe(result.ServerMessages.Sent);
        spread.MeanMembersReached.ShouldBe(nodes);
        spread.OffTopology.ShouldBe(0);
        long reads = result.Operations.Single(o => o.Function == "read").Invoked;
        result.ServerMessagesPerOperation.ShouldBe((double)messages * spread.Payloads / (spread.Payloads + reads), 1e-9);
        spread.Timings.Count(t => t.LatencyMs is null).ShouldBe(0);
        spread.Timings.ShouldAllBe(t => t.LatencyMs >= t.EccentricityHops * 5);
    }

    [ProgramTheory("python3")]
    [InlineData(WorkloadKind.Echo)]
    [InlineData(WorkloadKind.UniqueIds)]
    [InlineData(WorkloadKind.GrowOnlySet, "g-set")]
    public void ThePythonNodePasses(WorkloadKind workload, params string[] arguments) => Passes(Run("broadcast.py", workload, 2, "line", arguments: arguments));

    [ProgramTheory("node")]
    [InlineData(WorkloadKind.Echo)]
    [InlineData(WorkloadKind.UniqueIds)]
    [InlineData(WorkloadKind.Broadcast)]
    [InlineData(WorkloadKind.GrowOnlySet, "g-set")]
    [InlineData(WorkloadKind.GrowOnlyCounter, "g-counter")]
    [InlineData(WorkloadKind.Counter, "pn-counter")]
    public void TheJavaScriptNodePasses(WorkloadKind workload, params string[] arguments) => Passes(Run("broadcast.js", workload, 2, "line", arguments: arguments));

    [ProgramFact("node")]
    public void TheJavaScriptNodeSurvivesPartitionsAndThePythonNodeDoesNot()
    {
        MaelstromResult reliable = Run("broadcast.js", WorkloadKind.Broadcast, 5, "line", partitions: true);
        reliable.PartitionsMade.ShouldBeGreaterThan(0);
        reliable.ServerMessages.Received.ShouldBeLessThan(reliable.ServerMessages.Sent);
        Passes(reliable);
        if (ProgramReason.Of("python3") is null)
        {
            MaelstromResult flood = Run("broadcast.py", WorkloadKind.Broadcast, 5, "line", partitions: true);
            flood.Check.IsValid.ShouldBeFalse("what a partition drops is lost: else the partitions drop nothing");
            flood.Check.Set!.Lost.Count.ShouldBeGreaterThan(0);
        }
    }

    private static void Passes(MaelstromResult result)
    {
        result.Faults.ShouldBeEmpty();
        result.Check.Problems.ShouldBeEmpty();
        result.Passed.ShouldBeTrue();
        result.OperationsInvoked.ShouldBeGreaterThan(5);
    }

    private static MaelstromResult Run(string program, WorkloadKind workload, int nodes, string topology, bool partitions = false, string[]? arguments = null) => MaelstromHost.Run(new MaelstromOptions
    {
        Workload = workload,
        Program = ScriptFolder.Sample(program),
        Arguments = arguments ?? [],
        Seed = 11,
        Nodes = nodes,
        Topology = topology,
        Latency = new LatencyDistribution(LatencyShape.Constant, 5_000_000),
        RatePerSecond = partitions ? 60 : 40,
        DurationNs = partitions ? 900_000_000 : 400_000_000,
        RecoveryNs = partitions && program.EndsWith(".js", StringComparison.Ordinal) ? 2_000_000_000 : 300_000_000,
        Partitions = partitions,
        PartitionIntervalNs = 100_000_000,
    }, TimeProvider.System);
}
