using Headroom.Audit.Report;
using Headroom.Dissemination.Bounds;
using Headroom.Dissemination.Detection;
using Headroom.Kernel.Bounds;
using Headroom.Kernel.Findings;
using Headroom.Kernel.Quantities;

namespace Headroom.Audit.Studies.Membership;

/// <summary>Puts the runs beside the bounds, and into words.</summary>
internal static class MembershipFindings
{
    public static IReadOnlyList<Finding> Compose(MembershipInput input, StudyContext context, IReadOnlyList<MembershipRuns> runs)
    {
        (Metric Metric, Func<MembershipRuns, Estimate> Value, Limit? Limit, Func<MembershipRuns, string?> Outside)[] metrics =
        [
            (MembershipStudy.Noticed, r => r.Noticed, Delay(input, runs), Hasty),
            (MembershipStudy.Known, r => r.Known, Delay(input, runs), Hasty),
            (MembershipStudy.Messages, r => r.Messages, Load(input), r => Unsure(r, input)),
            (MembershipStudy.Bytes, r => r.Bytes, null, _ => null),
            (MembershipStudy.Mistakes, r => r.Mistakes, null, _ => null),
        ];
        var findings = new List<Finding>();
        foreach ((Metric metric, Func<MembershipRuns, Estimate> value, Limit? limit, Func<MembershipRuns, string?> outside) in metrics)
        {
            List<Candidate> candidates =
            [
                .. runs.Select(run => new Candidate(run.Strategy.Name, value(run))
                {
                    MissedGoals = run.MissedGoals,
                    Money = metric == MembershipStudy.Noticed || metric == MembershipStudy.Bytes ? run.Money : null,
                    OutsideRegime = outside(run),
                    Note = Note(run),
                }),
            ];
            Advice advice = AdviceOn(metric, input, runs, candidates, limit);
            findings.Add(context.Compose(metric, metric == MembershipStudy.Noticed, candidates[0], candidates, limit, advice));
        }

        return findings;
    }

    public static IReadOnlyList<Exhibit> Exhibits(MembershipInput input, IReadOnlyList<MembershipRuns> runs)
    {
        string? best = runs.Where(run => run.MissedGoals.Count == 0).MinBy(run => run.Noticed.Value)?.Strategy.Name;
        var points = runs.Where(run => double.IsFinite(run.Noticed.Value))
            .Select(run => new ScatterPoint(run.Strategy.Name, run.Noticed.Value, run.Messages.Value, RoleOf(run), run.MissedGoals.Count == 0)).ToList();
        var guides = new List<Guide>();
        if (input.WithinSeconds is { } within)
        {
            guides.Add(new Guide(IsVertical: true, within, "goal"));
        }

        if (input.MessagesPerPeriod is { } messages)
        {
            guides.Add(new Guide(IsVertical: false, messages, "goal"));
        }

        return
        [
            new LineExhibit("When a crash is noticed", "Share of the crashes that some live member has declared by then, one crash a run.", new Axis("time", "s"), new Axis("noticed", "%"),
                [.. runs.Select(run => new LineSeries(run.Strategy.Name, run.Curve(byAll: false), RoleOf(run)))]),
            new LineExhibit("When everybody knows", "Share of the crashes that every live member has declared by then.", new Axis("time", "s"), new Axis("known by all", "%"),
                [.. runs.Select(run => new LineSeries(run.Strategy.Name, run.Curve(byAll: true), RoleOf(run)))]),
            new ScatterExhibit("Chatter buys speed", "Messages a member sends in a period against the mean time until a crash is noticed.",
                new Axis("noticed after", "s"), new Axis("messages a member and period", "", IsLog: true), points, guides),
        ];

        Role RoleOf(MembershipRuns run) => run.Strategy == input.Now ? Role.Now : run.Strategy.Name == best ? Role.Best : Role.Candidate;
    }

    public static IReadOnlyList<string> Notes(MembershipInput input, IReadOnlyList<MembershipRuns> runs)
    {
        var notes = new List<string> { "Runs: one crash each, of a random member at a random moment; all members know all others from the start." };
        foreach (MembershipRuns run in runs)
        {
            double days = run.MemberPeriods * input.PeriodSeconds / 86_400;
            string theory = run.Strategy.Theory(DetectionMetric.FirstDetection, input.Setting) is { } seconds ? $"; theory says a crash is noticed after {Time(seconds)} on average" : "";
            notes.Add($"{run.Strategy}: {run.Outcomes.Count} crashes, {Print.Significant(days, 3)} member-days watched, {run.FalselyDeclared} live members wrongly declared{theory} [{run.Strategy.Citation}].");
        }

        return notes;
    }

    /// <summary>For the most that any strategy tried sends: who sends less cannot be sooner.</summary>
    private static Limit Delay(MembershipInput input, IReadOnlyList<MembershipRuns> runs)
    {
        double most = runs.Where(run => run.MissedGoals.Count == 0).Select(run => run.Messages.High).DefaultIfEmpty(runs.Max(run => run.Messages.High)).Max();
        return Limit.Of(DisseminationBounds.DetectionTime, new BoundArguments { ["rate"] = most / input.PeriodSeconds, ["latency"] = input.LeastLatencySeconds });
    }

    private static Limit? Load(MembershipInput input)
    {
        if (input.WithinSeconds is not { } within || input.MistakesPerSecond is not > 0)
        {
            return null;
        }

        var arguments = new BoundArguments { ["mistake"] = Math.Min(1, input.MistakesPerSecond.Value * within), ["loss"] = input.Setting.Network.Loss };
        Limit limit = Limit.Of(DisseminationBounds.DetectionMessages, arguments);
        // The theorem counts messages within the detection time, the metric those of a period.
        return limit.Value.Number is { } messages ? limit with { Value = BoundValue.Of(messages * input.PeriodSeconds / within) } : limit;
    }

    private static string? Hasty(MembershipRuns run) =>
        run.FalselyDeclared > 0 ? $"it declared {run.FalselyDeclared} live members: some crashes were believed before they happened" : null;

    /// <summary>The theorem binds those who notice within the goal for sure: heartbeats missed so often, their own tick and the way.</summary>
    private static string? Unsure(MembershipRuns run, MembershipInput input) =>
        run.Strategy is HeartbeatStrategy heartbeat && ((heartbeat.Misses + 1) * input.PeriodSeconds) + (input.Setting.RoundTripNs / 1e9) <= input.WithinSeconds
            ? null
            : $"it notices within {Time(input.WithinSeconds ?? 0)} only with some probability, or not at all";

    private static Advice AdviceOn(Metric metric, MembershipInput input, IReadOnlyList<MembershipRuns> runs, List<Candidate> candidates, Limit? limit)
    {
        Candidate now = candidates[0];
        Candidate? best = candidates.Where(candidate => candidate.MeetsGoals).MinBy(candidate => candidate.Value.Value);
        string confidence = $"{runs.Sum(run => run.Outcomes.Count)} simulated crashes on the stated network; real nodes also stall, which looks like death";
        if (best is null)
        {
            return new Advice("none of the strategies tried meets the goals; see which each one misses", "a longer deadline, more messages, or more mistakes", confidence);
        }

        string floor = limit?.Value.Number is { } value ? $"; the floor is {Shown(value, metric)}" : "";
        MembershipRuns run = runs.First(r => r.Strategy.Name == best.Strategy);
        string what = best.Strategy == now.Strategy
            ? $"{now.Strategy} has {Shown(now.Value.Value, metric)}; nothing tried is better"
            : $"{Shown(best.Value.Value, metric)} with {best.Strategy} against {Shown(now.Value.Value, metric)} with {now.Strategy}{(now.MeetsGoals ? "" : $", which misses a goal ({now.MissedGoals[0]})")}";
        return new Advice(what + floor, Note(run), confidence);
    }

    private static string Note(MembershipRuns run) =>
        $"noticed after {Time(run.Noticed.Value)}, known by all after {Time(run.Known.Value)}, {Print.Significant(run.Messages.Value, 3)} messages and {Print.Significant(run.Bytes.Value, 3)} B a member and period";

    private static string Time(double seconds) => double.IsPositiveInfinity(seconds) ? "never" : new Quantity(seconds, Unit.Second).ToHumanString();

    private static string Shown(double value, Metric metric) => double.IsPositiveInfinity(value) ? "never" : new Quantity(value, metric.Unit).ToHumanString();
}
