using Headroom.Audit.Comparisons.Broadcasts;
using Headroom.Dissemination.Broadcasts;
using Headroom.Kernel.Findings;
using Headroom.Kernel.Quantities;
using Headroom.Kernel.Statistics;
using Headroom.Lab.Sockets;

namespace Headroom.Audit.Laboratory;

/// <summary>Makes the same broadcasts over sockets and in the simulator, and puts both beside the floors.</summary>
public static class LabExperiment
{
    /// <summary>
    /// Runs the trials one after the other; <paramref name="execute"/> makes one over sockets. When it is interrupted, what was measured stands;
    /// with nothing measured the interruption is passed on. One broadcast before the first warms the program up.
    /// </summary>
    public static LabResult Run(LabPlan plan, string command, Func<LabOptions, CancellationToken, LabRun> execute, Action<double, string> report, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(execute);
        ArgumentNullException.ThrowIfNull(report);
        BroadcastPlan simulate = plan.Strategy.Plan(plan.SimulatedSetting);
        var executed = new List<LabRun>();
        var simulated = new List<BroadcastOutcome>();
        bool wasInterrupted = false;
        // The first run of a program is slow for reasons of its own: it is made once more than it counts.
        report(0, "warming up");
        _ = execute(plan.Options(0), cancellation);
        for (int trial = 0; trial < plan.Trials && !wasInterrupted; trial++)
        {
            report((double)trial / plan.Trials, $"broadcast {trial + 1} of {plan.Trials}");
            LabOptions options = plan.Options(trial);
            try
            {
                LabRun run = execute(options, cancellation);
                simulated.Add(simulate(options.Seed, cancellation));
                executed.Add(run);
            }
            catch (OperationCanceledException) when (executed.Count > 0)
            {
                wasInterrupted = true;
            }
        }

        report(1, "done");
        BroadcastOutcome[] ours = [.. executed.Select(run => run.Outcome)];
        return new LabResult
        {
            Plan = plan,
            Command = command,
            Rows = Rows(plan, ours, [.. simulated.Take(ours.Length)]),
            Trials = ours.Length,
            Notes = [.. Notes(plan, executed)],
            WasInterrupted = wasInterrupted,
        };
    }

    private static LabRow[] Rows(LabPlan plan, BroadcastOutcome[] executed, BroadcastOutcome[] simulated)
    {
        double deliveries = executed.Average(outcome => outcome.Deliveries);
        int needed = executed.Min(outcome => outcome.Delivered);
        var limits = new BroadcastLimits(plan.Setting, needed, deliveries, plan.Strategy.ContactsPerRoundMax(plan.Setting));
        (string Metric, string Unit, Func<BroadcastOutcome, double> Value, Limit Floor)[] metrics =
        [
            ("payloads", "copies", outcome => outcome.PayloadCopies, limits.Messages()),
            ("messages", "messages", outcome => outcome.Messages, limits.Messages()),
            ("bytes", "B", outcome => outcome.WireBytes, limits.Bytes(null)),
            ("hops", "hops", outcome => outcome.HopsMax, limits.Hops()),
            ("latency", "s", outcome => outcome.LastNs / 1e9, limits.Time()),
        ];
        Provenance ofSockets = Provenance.Executed($"{plan.Strategy} over {plan.Transport.ToString().ToLowerInvariant()} on this machine, {executed.Length} broadcasts");
        var ofSimulator = Provenance.Simulated($"{plan.Strategy} on the simulator", plan.Seed.Value, simulated.Length);
        return
        [
            .. metrics.Select(m => new LabRow(m.Metric, m.Unit, Mean(executed, m.Value, ofSockets), Mean(simulated, m.Value, ofSimulator), m.Floor, metrics.Length)),
            new LabRow("delivered", "share", Mean(executed, outcome => outcome.ShareDelivered, ofSockets), Mean(simulated, outcome => outcome.ShareDelivered, ofSimulator),
                Floor: null, metrics.Length),
        ];
    }

    private static Estimate Mean(BroadcastOutcome[] outcomes, Func<BroadcastOutcome, double> value, Provenance provenance) =>
        Estimate.Mean(Moments.Of([.. outcomes.Select(value)]), provenance);

    private static IEnumerable<string> Notes(LabPlan plan, List<LabRun> runs)
    {
        yield return $"Delay, loss and bandwidth are applied by our own links in user space; packet headers are counted as {plan.Transport.ToString().ToUpperInvariant()} over Ethernet has them. Latency is until the last member that delivers; one broadcast before the first is not counted."
            + (plan.LagNs > 0 ? $" In the simulator each message takes {new Quantity(plan.LagNs / 1e9, Unit.Second).ToHumanString()} longer than its link says, as real ones do by some microseconds." : "");
        long refused = runs.Sum(run => run.Refused);
        long vanished = runs.Sum(run => run.Vanished);
        if (refused + vanished > 0)
        {
            yield return $"{refused} packets were refused by the kernel and {vanished} never came out of it (the sockets of the dead are closed).";
        }

        if (Stalls([.. runs.Select(run => (run.StoodStill, run.LongestStall))]) is { } stalls)
        {
            yield return stalls;
        }

        int cutOff = runs.Count(run => run.WasCutOff);
        if (cutOff > 0)
        {
            yield return $"{cutOff} of {runs.Count} broadcasts were still busy after {plan.TimeMax.TotalSeconds:0.#} s and were cut off.";
        }
    }

    /// <summary>What the machine's stalls did to runs, in words; null where they were too short to matter.</summary>
    internal static string? Stalls(IReadOnlyList<(TimeSpan StoodStill, TimeSpan Longest)> runs)
    {
        double totalMs = runs.Sum(run => run.StoodStill.TotalMilliseconds);
        double longestMs = runs.Max(run => run.Longest.TotalMilliseconds);
        return totalMs >= 1
            ? $"The members' clock stood still for {Print.Significant(totalMs, 3)} ms in all while this machine was busy elsewhere (at most {Print.Significant(longestMs, 3)} ms at a time): no member takes that for the silence of another, and latencies do not hold it."
            : longestMs >= 5 && totalMs == 0
                ? $"Disturbed: a process was kept waiting for {Print.Significant(longestMs, 3)} ms, which members elsewhere may have taken for silence."
                : null;
    }
}
