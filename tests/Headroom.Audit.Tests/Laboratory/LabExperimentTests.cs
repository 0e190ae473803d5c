using Headroom.Audit.Comparisons.Broadcasts;
using Headroom.Audit.Laboratory;
using Headroom.Dissemination.Broadcasts;
using Headroom.Kernel.Findings;
using Headroom.Kernel.Randomness;
using Headroom.Lab.Sockets;

namespace Headroom.Audit.Tests.Laboratory;

/// <summary>What the laboratory says of figures, whoever measured them; real sockets are tested in Headroom.Lab.Tests.</summary>
public sealed class LabExperimentTests
{
    [Theory]
    [InlineData("tree(3)", "complete")]
    [InlineData("plumtree(5)", "grid:5x6")]
    public void ATreeOverSocketsAttainsTheFloorOfCopies(string protocol, string topology)
    {
        LabResult result = Run(protocol, topology);
        // Plumtree announces besides: its copies alone attain the floor.
        foreach (string metric in protocol == "tree(3)" ? new[] { "payloads", "messages" } : ["payloads"])
        {
            LabRow row = result.Rows.Single(r => r.Metric == metric);
            row.Floor!.Value.Number.ShouldBe(29, metric);
            row.Executed.Value.ShouldBe(29, metric);
            row.RatioToFloor.ShouldBe(1, metric);
            row.Verdict.ShouldBe(Verdict.Attained, metric);
        }

        result.Rows.ShouldAllBe(row => row.Verdict != Verdict.Violated);
    }

    [Fact]
    public void FewerCopiesThanMembersReachedAreAViolation()
    {
        LabResult result = Run("tree(3)", "complete", outcome => outcome with { PayloadCopies = outcome.PayloadCopies - 1 });
        result.Rows.Single(r => r.Metric == "payloads").Verdict.ShouldBe(Verdict.Violated);
        result.Rows.Single(r => r.Metric == "payloads").Agrees.ShouldBe(false);
        result.Rows.Single(r => r.Metric == "messages").Verdict.ShouldBe(Verdict.Attained);
    }

    /// <summary>The simulator takes the place of the sockets.</summary>
    private static LabResult Run(string protocol, string topology, Func<BroadcastOutcome, BroadcastOutcome>? change = null)
    {
        BroadcastGrid grid = BroadcastGridReader.Read(new BroadcastGridText { Protocols = protocol, Topology = topology, Members = "30", Latency = "1ms" }, new Seed(1));
        var plan = new LabPlan { Strategy = grid.Protocols[0], Network = grid.Networks[0], Transport = Transport.Udp, Trials = Gap.AttainedSamples, Seed = new Seed(1), TimeMax = TimeSpan.FromSeconds(9) };
        BroadcastPlan simulate = plan.Strategy.Plan(plan.Setting);
        LabRun Execute(LabOptions options, CancellationToken cancellation)
        {
            BroadcastOutcome outcome = simulate(options.Seed, cancellation);
            return new LabRun
            {
                Outcome = change is null ? outcome : change(outcome),
                Packets = outcome.Messages,
                Refused = 0,
                Vanished = 0,
                WasCutOff = false,
                StoodStill = TimeSpan.Zero,
                LongestStall = TimeSpan.Zero,
                Handovers = [],
            };
        }

        return LabExperiment.Run(plan, "headroom lab broadcast", Execute, (_, _) => { }, CancellationToken.None);
    }
}
