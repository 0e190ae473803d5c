using Headroom.Dissemination.Bounds;
using Headroom.Dissemination.Detection;
using Headroom.Kernel.Bounds;
using Headroom.Kernel.Findings;
using Headroom.Kernel.Statistics;
using Headroom.Lab.Sockets;

namespace Headroom.Audit.Laboratory;

/// <summary>Kills the same members over sockets and in the simulator, and puts what both observed beside the floor.</summary>
public static class DetectionLabExperiment
{
    /// <summary>Runs the trials; <paramref name="execute"/> makes one over sockets.</summary>
    public static LabResult Run(
        DetectionLabPlan plan, string command, Func<DetectionLabOptions, CancellationToken, DetectionRun> execute, Action<double, string> report, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(execute);
        ArgumentNullException.ThrowIfNull(report);
        DetectionPlan simulate = plan.Strategy.Plan(plan.SimulatedSetting);
        (IReadOnlyList<DetectionRun> executed, IReadOnlyList<DetectionOutcome> simulated, bool wasInterrupted) = LabTrials.Run(
            plan.Trials, plan.Setting.Crashes == 0 ? "run" : "crash", trial => execute(plan.Options(trial), cancellation), trial => simulate(plan.Options(trial).Seed, cancellation), report);
        DetectionOutcome[] ours = [.. executed.Select(run => run.Outcome)];
        return new LabResult
        {
            Kind = "membership",
            Protocol = plan.Strategy.Name,
            Transport = plan.Transport,
            Setting = plan.ToString(),
            Seed = plan.Seed,
            Command = command,
            Rows = Rows(plan, ours, [.. simulated]),
            Trials = ours.Length,
            Run = ("run", "runs"),
            Notes = [.. Notes(plan, executed)],
            WasInterrupted = wasInterrupted,
        };
    }

    private static LabRow[] Rows(DetectionLabPlan plan, DetectionOutcome[] executed, DetectionOutcome[] simulated)
    {
        Limit floor = Delay(plan, executed);
        double periodNs = plan.Setting.PeriodNs;
        Limit inPeriods = floor.Value.Number is { } seconds ? floor with { Value = BoundValue.Of(seconds * 1e9 / periodNs) } : floor;
        // Who is declared before it dies is not noticed sooner than the theorem lets it be.
        bool isHasty = executed.Any(outcome => outcome.FalselyDeclared > 0);
        List<(string Metric, string Unit, Func<DetectionOutcome, double> Value, Limit? Floor)> metrics = [];
        if (plan.Setting.Crashes > 0)
        {
            metrics.Add(("noticed", "s", outcome => Mean(outcome.FirstDetectedNs) / 1e9, isHasty ? null : floor));
            metrics.Add(("noticed in", "periods", outcome => Mean(outcome.FirstDetectedNs) / periodNs, isHasty ? null : inPeriods));
            metrics.Add(("known by all", "s", outcome => Mean(outcome.AllKnowNs) / 1e9, isHasty ? null : floor));
            metrics.Add(("known by all in", "periods", outcome => Mean(outcome.AllKnowNs) / periodNs, isHasty ? null : inPeriods));
        }

        metrics.Add(("messages", "a member and period", outcome => outcome.MessagesPerMemberPeriod, null));
        metrics.Add(("bytes", "B", outcome => outcome.BytesPerMemberPeriod, null));
        metrics.Add(("false suspicions", "a member and period", outcome => outcome.FalseSuspicions / outcome.MemberPeriods, null));
        metrics.Add(("falsely declared", "a member and period", outcome => outcome.MistakesPerMemberPeriod, null));
        Provenance ofSockets = Provenance.Executed($"{plan.Strategy} over {plan.Transport.ToString().ToLowerInvariant()} on this machine, {executed.Length} runs");
        var ofSimulator = Provenance.Simulated($"{plan.Strategy} on the simulator", plan.Seed.Value, simulated.Length);
        return [.. metrics.Select(m => new LabRow(m.Metric, m.Unit, Estimated(executed, m.Value, ofSockets), Estimated(simulated, m.Value, ofSimulator), m.Floor, metrics.Count))];
    }

    /// <summary>The delay that nobody avoids who sends as much as was sent at most.</summary>
    private static Limit Delay(DetectionLabPlan plan, DetectionOutcome[] executed)
    {
        double most = executed.Max(outcome => outcome.MessagesPerMemberPeriod) * 1e9 / plan.Setting.PeriodNs;
        return Limit.Of(DisseminationBounds.DetectionTime, new BoundArguments { ["rate"] = Math.Max(1e-9, most), ["latency"] = plan.Setting.Network.Topology.LeastLatencyNs / 1e9 });
    }

    private static double Mean(IReadOnlyList<long> timesNs) => timesNs.Contains(DetectionOutcome.Never) ? double.PositiveInfinity : timesNs.Average();

    private static Estimate Estimated(DetectionOutcome[] outcomes, Func<DetectionOutcome, double> value, Provenance provenance)
    {
        double[] values = [.. outcomes.Select(value)];
        return values.Any(double.IsPositiveInfinity) ? Estimate.Exact(double.PositiveInfinity, provenance) : Estimate.Mean(Moments.Of(values), provenance);
    }

    private static IEnumerable<string> Notes(DetectionLabPlan plan, IReadOnlyList<DetectionRun> runs)
    {
        yield return $"Delay, loss and bandwidth are applied by our own links in user space; packet headers are counted as {plan.Transport.ToString().ToUpperInvariant()} over Ethernet has them. "
            + "Noticed: the first live member declares the dead one; the same seeds kill the same members at the same moments in the simulator. One run before the first is not counted."
            + LabNotes.Lag(plan.LagNs);
        if (LabNotes.Stalls([.. runs.Select(run => (run.StoodStill, run.LongestStall))]) is { } stalls)
        {
            yield return stalls;
        }

        int unnoticed = runs.Count(run => run.Outcome.AllKnowNs.Contains(DetectionOutcome.Never));
        if (unnoticed > 0)
        {
            yield return $"In {unnoticed} of {runs.Count} runs not everybody knew after {plan.Setting.WatchPeriods} periods.";
        }
    }
}
