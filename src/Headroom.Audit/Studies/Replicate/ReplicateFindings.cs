using Headroom.Kernel.Findings;
using Headroom.Kernel.Quantities;

namespace Headroom.Audit.Studies.Replicate;

/// <summary>Puts the runs beside the bounds, and into words.</summary>
internal static class ReplicateFindings
{
    /// <summary>Of ways that send so nearly the same the cheapest is the best.</summary>
    private const double BytesAlike = 0.02;

    private static readonly Advice NoAdvice = new("", "", "");

    private const string NotAtOnce = "part of its operations is kept later than the goals ask";

    public static IReadOnlyList<Finding> Compose(ReplicateInput input, StudyContext context, IReadOnlyList<ReplicateRuns> runs)
    {
        var limits = new ReplicateLimits(input, context);
        var metrics = new List<(Metric Metric, Func<ReplicateRuns, Estimate> Value, Limit? Limit)>
        {
            (ReplicateStudy.Bytes, run => run.Bytes, limits.Bytes()),
            (ReplicateStudy.Messages, run => run.Messages, null),
        };
        if (runs[0].HasWrites)
        {
            metrics.Add((ReplicateStudy.Rounds, run => Estimate.Exact(run.WriteDelays!.Value, Provenance.Simulated($"{run.Option.Strategy}, one write at a time", context.Seed.Value, 1)), limits.Delays()));
            metrics.Add((ReplicateStudy.Write, run => run.Latency(isRead: false, 0.5), limits.WriteLatency(0.5)));
            metrics.Add((ReplicateStudy.WriteP99, run => run.Latency(isRead: false, 0.99), limits.WriteLatency(0.99)));
        }

        if (runs[0].HasReads)
        {
            metrics.Add((ReplicateStudy.ReadTime, run => run.Latency(isRead: true, 0.5), null));
            metrics.Add((ReplicateStudy.Read99, run => run.Latency(isRead: true, 0.99), null));
        }

        metrics.Add((ReplicateStudy.Answered, run => run.Answered, null));
        metrics.Add((ReplicateStudy.Available, run => run.Available, null));
        metrics.Add((ReplicateStudy.Outage, run => run.Outage, null));
        var findings = new List<Finding>();
        foreach ((Metric metric, Func<ReplicateRuns, Estimate> value, Limit? limit) in metrics)
        {
            bool isHeadline = metric == ReplicateStudy.Bytes;
            List<Candidate> candidates =
            [
                .. runs.Select(run => new Candidate(run.Option.Name, value(run))
                {
                    MissedGoals = run.MissedGoals,
                    Money = isHeadline ? run.Money : null,
                    OutsideRegime = limit is not null && run.Option.Rest is not null ? NotAtOnce : null,
                    Note = Note(run),
                }),
            ];
            Finding finding = context.Compose(metric, isHeadline, candidates[0], candidates, limit, NoAdvice, alike: isHeadline ? BytesAlike : 0);
            findings.Add(finding with { Advice = AdviceOn(finding, input, runs) });
        }

        return findings;
    }

    public static IReadOnlyList<string> Notes(ReplicateInput input, IReadOnlyList<ReplicateRuns> runs)
    {
        int trials = runs[0].Operations / Math.Max(1, input.Setting.Load.Operations);
        var notes = new List<string>
        {
            $"Runs: {trials} of {input.Setting.Load.Operations} operations each for every strategy, due at moments of their own, from {input.Setting.Clients} clients; a minute besides, three times, in which {ReplicateWords.Servers(input.Goals.Survive)} {(input.Goals.Survive == 1 ? "is" : "are")} lost after 20 s, the leader first. Messages are packets of the stated transport with their headers; acknowledgements of TCP are not counted.",
            "A read asks for a value that may have changed. In-sync replicas keep records: their read is a consumer's fetch of one at the leader, and a value of theirs is at least 20 B.",
        };
        if (input.Groups > 1)
        {
            notes.Add($"{Print.Significant(input.Groups, 6)} groups share {ReplicateWords.Number(input.RatePerSecond)} operations a second; one of them was run.");
        }

        double share = input.RatePerSecond / input.Groups;
        if (input.RunRatePerSecond < share * (1 - 1e-9))
        {
            notes.Add($"A group's share is {ReplicateWords.Number(share)} operations a second; {input.Setting.Clients} clients with one operation each at a time were run at {ReplicateWords.Number(input.RunRatePerSecond)}, so that they do not queue. What flows without operations weighs a little more then, and batches are smaller.");
        }

        if (input.HasRegions)
        {
            notes.Add("Bytes that stay in a region cost nothing, unless 'prices' has the pair of a region with itself. A pair of strategies (a+b) runs the first for the critical operations and the second, in-sync replicas with acknowledgements of the leader alone, for the others; goals speak of the first.");
        }

        foreach (ReplicateRuns run in runs.Where(run => run.Facts.Count > 0 && (run.Option == input.Now || run.Option.LeaderRegion is null)))
        {
            notes.Add($"{run.Option}: {ReplicateWords.Number(run.Answered.Value)} % answered, acknowledged by {run.Option.Strategy.Holders(input.Setting.Servers)} servers at least; after the first run {string.Join(", ", run.Facts.Select(fact => $"{fact.Name} {(fact.Unit == "B" ? ReplicateWords.Bytes(fact.Value) : Print.Significant(fact.Value, 9))}"))}.");
        }

        return notes;
    }

    private static Advice AdviceOn(Finding finding, ReplicateInput input, IReadOnlyList<ReplicateRuns> runs)
    {
        (Metric metric, Candidate now) = (finding.Metric, finding.Now);
        string confidence = $"{runs.Sum(run => run.Operations)} simulated operations on the stated network and disks; processing takes no time";
        if (finding.Best is not { } best)
        {
            return new Advice("none of the ways tried meets the goals; see which each one misses", "a longer deadline, a nearer majority, or fewer promises", confidence);
        }

        string floor = finding.Limit?.Value.Number is { } value ? $"; the floor is {ReplicateWords.Shown(value, metric)}" : "";
        string what = best.Strategy == now.Strategy || best.Value.Value == now.Value.Value
            ? $"{now.Strategy} has {ReplicateWords.Shown(now.Value.Value, metric)}; nothing tried is better"
            : $"{ReplicateWords.Shown(best.Value.Value, metric)} with {best.Strategy} against {ReplicateWords.Shown(now.Value.Value, metric)} with {now.Strategy}{(now.MeetsGoals ? "" : $", which misses a goal ({now.MissedGoals[0]})")}";
        int servers = input.Setting.Servers;
        int needed = (2 * input.Goals.Survive) + 1;
        string fewer = metric == ReplicateStudy.Bytes && servers > needed
            ? $". Every one of {servers} servers takes in every value, and {needed} would survive {input.Goals.Survive} losses: what the others keep is for readers near them"
            : "";
        return new Advice(what + floor + fewer, best.Note, confidence);
    }

    private static string Note(ReplicateRuns run)
    {
        string write = run.HasWrites ? $"writes {ReplicateWords.Time(run.Latency(isRead: false, 0.5).Value)} (p99 {ReplicateWords.Time(run.Latency(isRead: false, 0.99).Value)})" : "";
        string read = run.HasReads ? $"reads {ReplicateWords.Time(run.Latency(isRead: true, 0.5).Value)} (p99 {ReplicateWords.Time(run.Latency(isRead: true, 0.99).Value)})" : "";
        string times = string.Join(", ", new[] { write, read }.Where(text => text.Length > 0));
        return $"{ReplicateWords.Bytes(run.Bytes.Value)} and {ReplicateWords.Number(run.Messages.Value)} messages an operation, {times}; {run.Option.Strategy.Protocol.Consistency}";
    }
}
