using Headroom.Audit.Comparisons.Broadcasts;
using Headroom.Dissemination.Broadcasts;
using Headroom.Kernel.Findings;
using Headroom.Kernel.Statistics;
using Headroom.Lab.Sockets;

namespace Headroom.Audit.Laboratory;

/// <summary>Makes the same broadcasts over sockets and in the simulator, and puts both beside the floors.</summary>
public static class LabExperiment
{
    /// <summary>Runs the trials; <paramref name="execute"/> makes one over sockets.</summary>
    public static LabResult Run(LabPlan plan, string command, Func<LabOptions, CancellationToken, LabRun> execute, Action<double, string> report, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(execute);
        ArgumentNullException.ThrowIfNull(report);
        BroadcastPlan simulate = plan.Strategy.Plan(plan.SimulatedSetting);
        (IReadOnlyList<LabRun> executed, IReadOnlyList<BroadcastOutcome> simulated, bool wasInterrupted) = LabTrials.Run(
            plan.Trials, "broadcast", trial => execute(plan.Options(trial), cancellation), trial => simulate(plan.Options(trial).Seed, cancellation), report);
        BroadcastOutcome[] ours = [.. executed.Select(run => run.Outcome)];
        return new LabResult
        {
            Kind = "broadcast",
            Protocol = plan.Strategy.Name,
            Transport = plan.Transport,
            Setting = plan.Network.ToString(),
            Seed = plan.Seed,
            Command = command,
            Rows = Rows(plan, ours, [.. simulated]),
            Trials = ours.Length,
            Run = ("broadcast", "broadcasts"),
            Notes = [.. Notes(plan, executed)],
            WasInterrupted = wasInterrupted,
        };
    }

    private static LabRow[] Rows(LabPlan plan, BroadcastOutcome[] executed, BroadcastOutcome[] simulated)
    {
        double deliveries = executed.Average(outcome => outcome.Deliveries);
        int needed = executed.Min(outcome => outcome.Delivered);
        var limits = new BroadcastLimits(plan.Setting, needed, deliveries, plan.Strategy.ContactsPerRoundMax(plan.Setting));
        (string Metric, string Unit, Func<BroadcastOutcome, double> Value, Limit? Floor)[] metrics =
        [
            ("payloads", "copies", outcome => outcome.PayloadCopies, limits.Messages()),
            ("messages", "messages", outcome => outcome.Messages, limits.Messages()),
            ("bytes", "B", outcome => outcome.WireBytes, limits.Bytes(null)),
            ("hops", "hops", outcome => outcome.HopsMax, limits.Hops()),
            ("latency", "s", outcome => outcome.LastNs / 1e9, limits.Time()),
            ("delivered", "share", outcome => outcome.ShareDelivered, null),
        ];
        Provenance ofSockets = Provenance.Executed($"{plan.Strategy} over {plan.Transport.ToString().ToLowerInvariant()} on this machine, {executed.Length} broadcasts");
        var ofSimulator = Provenance.Simulated($"{plan.Strategy} on the simulator", plan.Seed.Value, simulated.Length);
        return [.. metrics.Select(m => new LabRow(m.Metric, m.Unit, Mean(executed, m.Value, ofSockets), Mean(simulated, m.Value, ofSimulator), m.Floor, metrics.Length))];
    }

    private static Estimate Mean(BroadcastOutcome[] outcomes, Func<BroadcastOutcome, double> value, Provenance provenance) =>
        Estimate.Mean(Moments.Of([.. outcomes.Select(value)]), provenance);

    private static IEnumerable<string> Notes(LabPlan plan, IReadOnlyList<LabRun> runs)
    {
        yield return $"Delay, loss and bandwidth are applied by our own links in user space; packet headers are counted as {plan.Transport.ToString().ToUpperInvariant()} over Ethernet has them. Latency is until the last member that delivers; one broadcast before the first is not counted."
            + LabNotes.Lag(plan.LagNs);
        long refused = runs.Sum(run => run.Refused);
        long vanished = runs.Sum(run => run.Vanished);
        if (refused + vanished > 0)
        {
            yield return $"{refused} packets were refused by the kernel and {vanished} never came out of it (the sockets of the dead are closed).";
        }

        if (LabNotes.Stalls([.. runs.Select(run => (run.StoodStill, run.LongestStall))]) is { } stalls)
        {
            yield return stalls;
        }

        int cutOff = runs.Count(run => run.WasCutOff);
        if (cutOff > 0)
        {
            yield return $"{cutOff} of {runs.Count} broadcasts were still busy after {plan.TimeMax.TotalSeconds:0.#} s and were cut off.";
        }
    }
}
