using Headroom.Consensus.Bounds;
using Headroom.Consensus.Watch;
using Headroom.Kernel.Bounds;
using Headroom.Kernel.Findings;
using Headroom.Kernel.Quantities;

namespace Headroom.Audit.Studies.Watch;

/// <summary>Puts the runs beside the bounds, and into words.</summary>
internal static class WatchFindings
{
    public static IReadOnlyList<Finding> Compose(WatchInput input, StudyContext context, IReadOnlyList<WatchRuns> runs)
    {
        (Metric Metric, Func<WatchRuns, Estimate> Value, Limit? Limit)[] metrics =
        [
            (WatchStudy.Bytes, r => r.Bytes, Learned(input, context, runs)),
            (WatchStudy.Messages, r => r.Messages, null),
            (WatchStudy.StoreMessages, r => r.StoreMessages, null),
            (WatchStudy.P50, r => r.P50, null),
            (WatchStudy.P99, r => r.P99, null),
            (WatchStudy.Commit, r => r.Commit, Quorum(input)),
            (WatchStudy.Entries, r => r.Entries, null),
            (WatchStudy.Ratio, r => r.Ratio, null),
            (WatchStudy.Efficiency, r => r.Efficiency, null),
        ];
        var findings = new List<Finding>();
        foreach ((Metric metric, Func<WatchRuns, Estimate> value, Limit? limit) in metrics)
        {
            List<Candidate> candidates =
            [
                .. runs.Select(run => new Candidate(run.Strategy.Name, value(run)) { MissedGoals = run.MissedGoals, Money = metric == WatchStudy.Bytes ? run.Money : null, Note = Note(run) }),
            ];
            // What watchers must learn, and a majority's distance, ask for no goal.
            findings.Add(context.Compose(metric, metric == WatchStudy.Bytes, candidates[0], candidates, limit, AdviceOn(metric, runs, candidates, limit), boundHoldsWithoutGoals: true));
        }

        return findings;
    }

    public static IReadOnlyList<string> Notes(WatchInput input, IReadOnlyList<WatchRuns> runs)
    {
        WatchResult some = runs[0].Results[0];
        var notes = new List<string>
        {
            $"{some.Updates} updates in {Print.Significant(input.Seconds, 4)} s make {some.Deliveries} deliveries to {some.WatchersNotified} of {input.Options.Watchers} watchers; as whole objects, a message each, these are {Data(some.OriginalBytes)}. Money is what it would cost to go on so all year.",
        };
        if (input.Options.Kinds.Any(kind => kind.AtOnce > 0))
        {
            notes.Add("Agreement on entries is run at their mean rate; what comes at once is not queued there.");
        }

        foreach (WatchRuns run in runs)
        {
            WatchResult result = run.Results[0];
            notes.Add($"{run.Strategy}: {result.Meter.Messages} messages ({result.Meter.Encodings} encoded) of {Data(result.Meter.SentBytes)}, by the store {result.Meter.StoreMessages} to {result.Groups} groups, {result.Relays} relays; "
                + $"{result.Meter.StoreEntries} entries of the store's log, {result.ConsensusMessages} messages between its members{Repair(result.Meter)}{(result.IsWhole ? "" : "; not every watcher learned everything in time")}.");
        }

        return notes;
    }

    private static string Repair(WatchMeter meter) => meter.RepairMessages == 0 ? "" : $"; {meter.Bookmarks} bookmarks, {meter.Questions} questions and {meter.Lists} lists, {Data(meter.RepairBytes)}";

    /// <summary>Bytes a second that watchers had to take in, over all kinds of objects and the runs of the strategy that has most of them; others have the first of these updates.</summary>
    private static Limit Learned(WatchInput input, StudyContext context, IReadOnlyList<WatchRuns> runs)
    {
        IReadOnlyList<WatchResult> most = runs.MaxBy(run => run.Results.Count)!.Results;
        double perSecond = most.Average(WatchRuns.FloorOf) / input.Seconds;
        return WatchRuns.LimitOf(most[0].Learning[0]) with
        {
            Value = BoundValue.Of(perSecond),
            // The sum over kinds of objects, and a second's share: nobody could type it.
            Arguments = "",
            Money = Money.Of(("egress", perSecond * Unit.Year.Scale * context.Prices.EgressPerByte())),
        };
    }

    private static Limit Quorum(WatchInput input)
    {
        int members = input.Options.StoreMembers;
        double ms = input.Options.LinkNs / 1e6;
        double[][] latency = [.. Enumerable.Range(0, members).Select(from => Enumerable.Range(0, members).Select(to => from == to ? 0 : ms).ToArray())];
        return Limit.Of(ConsensusBounds.QuorumTime, new BoundArguments { { "latency", latency }, { "quorum", (members / 2) + 1 }, { "durable", input.DiskNs / 1e6 } });
    }

    private static Advice AdviceOn(Metric metric, IReadOnlyList<WatchRuns> runs, List<Candidate> candidates, Limit? limit)
    {
        Candidate now = candidates[0];
        bool isFloor = metric.Side == Side.Floor;
        Candidate? best = isFloor ? candidates.Where(c => c.MeetsGoals).MinBy(c => c.Value.Value) : candidates.Where(c => c.MeetsGoals).MaxBy(c => c.Value.Value);
        const string Confidence = "simulated runs of objects whose changes are as random as stated; real objects differ, and so does what deltas save";
        if (best is null)
        {
            return new Advice("none of the strategies tried meets the goals; see which each one misses", "a longer p99, or more messages from the store", Confidence);
        }

        string floor = limit?.Value.Number is { } value ? $"; the floor is {Shown(value, metric)}" : "";
        bool isBetter = isFloor ? best.Value.Value < now.Value.Value : best.Value.Value > now.Value.Value;
        string what = !isBetter && now.MeetsGoals
            ? $"{now.Strategy} has {Shown(now.Value.Value, metric)}; nothing tried is better"
            : $"{Shown(best.Value.Value, metric)} with {best.Strategy} against {Shown(now.Value.Value, metric)} with {now.Strategy}{(now.MeetsGoals ? "" : $", which misses a goal ({now.MissedGoals[0]})")}";
        return new Advice(what + floor, Note(runs.First(run => run.Strategy.Name == best.Strategy)), Confidence);
    }

    private static string Note(WatchRuns run) =>
        $"{Shown(run.Messages.Value, WatchStudy.Messages)} messages, {Shown(run.StoreMessages.Value, WatchStudy.StoreMessages)} of them by the store, half of the changes known within {Shown(run.P50.Value, WatchStudy.P50)}, 99 % within {Shown(run.P99.Value, WatchStudy.P99)}";

    private static string Shown(double value, Metric metric) => double.IsPositiveInfinity(value) ? "never" : new Quantity(value, metric.Unit).ToHumanString();

    private static string Data(double bytes) => new Quantity(bytes, Unit.Byte).ToHumanString();
}
