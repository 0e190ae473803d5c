using Headroom.Consensus.Bounds;
using Headroom.Consensus.TrueTime;
using Headroom.Kernel.Bounds;
using Headroom.Kernel.Findings;
using Headroom.Kernel.Quantities;

namespace Headroom.Audit.Studies.Commit;

/// <summary>Puts the runs beside the bounds, and into words.</summary>
internal static class CommitFindings
{
    public static IReadOnlyList<Finding> Compose(CommitInput input, StudyContext context, IReadOnlyList<CommitRuns> runs)
    {
        Limit quorum = Quorum(input, runs);
        (Metric Metric, Func<CommitRuns, Estimate?> Value, Limit? Limit, Func<CommitRuns, string?> Outside)[] metrics =
        [
            (CommitStudy.P99, r => r.P99, quorum, _ => null),
            (CommitStudy.P50, r => r.P50, quorum, _ => null),
            (CommitStudy.Wait, r => r.Wait, CommitWait(runs), OtherOrder),
            (CommitStudy.Rounds, r => Estimate.Exact(r.Rounds, Provenance.Computed("a run with all links alike, disks that take no time and clocks that are right")), Delays(input), _ => null),
            (CommitStudy.Aborts, r => r.Aborts, null, _ => null),
            (CommitStudy.Messages, r => r.Messages, Votes(input), _ => null),
            (CommitStudy.Bytes, r => r.Bytes, null, _ => null),
            (CommitStudy.Reversed, r => r.Reversed, null, _ => null),
            (CommitStudy.Snapshot, r => r.Snapshot, null, _ => null),
        ];
        var findings = new List<Finding>();
        foreach ((Metric metric, Func<CommitRuns, Estimate?> value, Limit? limit, Func<CommitRuns, string?> outside) in metrics)
        {
            if (runs.Any(run => value(run) is null))
            {
                continue;
            }

            List<Candidate> candidates =
            [
                .. runs.Select(run => new Candidate(run.Strategy.Name, value(run)!)
                {
                    MissedGoals = run.MissedGoals,
                    Money = metric == CommitStudy.P99 || metric == CommitStudy.Bytes ? run.Money : null,
                    OutsideRegime = outside(run),
                    Note = Note(run),
                }),
            ];
            Advice advice = AdviceOn(metric, runs, candidates, limit);
            // Neither quorums nor votes ask for the goals: what misses one is bound by them too.
            findings.Add(context.Compose(metric, metric == CommitStudy.P99, candidates[0], candidates, limit, advice, boundHoldsWithoutGoals: true));
        }

        return findings;
    }

    public static IReadOnlyList<string> Notes(CommitInput input, IReadOnlyList<CommitRuns> runs)
    {
        TrueTimeOptions options = input.Options;
        var notes = new List<string>
        {
            $"Runs: {options.Clients} clients in {(input.Regions.Count == 1 ? "one place" : $"{input.Regions.Count} regions (numbered in this order: {string.Join(", ", input.Regions)})")}, {options.Transactions} transactions each, due at random moments; nobody fails and nothing is lost; clocks are off by up to {Milliseconds(options.Clocks.ResidueNs / 1e6)} ({input.Clock.Detail}).",
        };
        foreach (CommitRuns run in runs)
        {
            string found = run.Violation is { } violation ? $"the checker found: {violation.Reason}"
                : run.Strategy.Timestamps == TimestampSource.LocalClock ? "the checker found no contradiction, for which nothing stands but that commits took longer than clocks differ"
                : "the checker found every transaction in the order of real time";
            notes.Add($"{run.Strategy}: {run.Results.Sum(result => result.Transactions.Count)} transactions in {run.Results.Count} runs, at most {run.Results.Max(result => result.AttemptsMax)} attempts; {(run.IsWhole ? found : "it falls behind the load, so that order was not checked")}.");
        }

        return notes;
    }

    /// <summary>The least over all groups of all strategies: the commit record on a majority of one group is the shortest part of any commit.</summary>
    private static Limit Quorum(CommitInput input, IReadOnlyList<CommitRuns> runs)
    {
        Limit? least = null;
        foreach (TrueTimeOptions options in runs.Select(run => run.Strategy.In(input.Options)))
        {
            for (int group = 0; group < Math.Min(options.Groups, options.Regions); group++)
            {
                int[] regions = [.. Enumerable.Range(0, options.Replicas).Select(replica => options.RegionOf(group, replica))];
                double[][] latency = [.. regions.Select((from, i) => regions.Select((to, j) => i == j ? 0 : options.LatencyNs(from, to) / 1e6).ToArray())];
                var limit = Limit.Of(ConsensusBounds.QuorumTime, new BoundArguments { { "latency", latency }, { "quorum", (options.Replicas / 2) + 1 }, { "durable", options.DurabilityNs / 1e6 } });
                least = least is null || limit.Value.Number < least.Value.Number ? limit : least;
            }
        }

        return least!;
    }

    private static Limit? CommitWait(IReadOnlyList<CommitRuns> runs)
    {
        TrueTimeResult[] bound = [.. runs.Where(run => OtherOrder(run) is null).SelectMany(run => run.Results)];
        return bound.Length == 0 ? null : Limit.Of(ConsensusBounds.Wait, new BoundArguments
        {
            ["uncertainty"] = bound.Min(result => result.Meter.Uncertainty.Mean) / 1e6,
            ["overlap"] = bound.Max(result => result.Meter.Overlap.Mean) / 1e6,
        });
    }

    private static Limit Delays(CommitInput input) => Limit.Of(ConsensusBounds.Delays, new BoundArguments { ["members"] = input.Options.Replicas, ["crashes"] = (input.Options.Replicas - 1) / 2 });

    private static Limit Votes(CommitInput input) => Limit.Of(ConsensusBounds.AtomicCommitment, new BoundArguments { ["participants"] = input.Options.KeysEach });

    private static string? OtherOrder(CommitRuns run) => run.Strategy.Timestamps switch
    {
        TimestampSource.Oracle => "it orders by messages to the oracle, not by clocks",
        TimestampSource.LocalClock => "it does not order transactions as real time does",
        _ => run.Strategy.Share < 1 ? "its clocks are better than what is stated" : null,
    };

    private static Advice AdviceOn(Metric metric, IReadOnlyList<CommitRuns> runs, List<Candidate> candidates, Limit? limit)
    {
        Candidate now = candidates[0];
        Candidate? best = candidates.Where(candidate => candidate.MeetsGoals).MinBy(candidate => candidate.Value.Value);
        string confidence = $"{runs[0].Results.Count} simulated runs for each strategy, on the stated places and clocks, while nobody fails";
        if (best is null)
        {
            return new Advice("none of the strategies tried meets the goals; see which each one misses", "a longer p99, more aborts, or an order that is not that of real time", confidence);
        }

        string floor = limit?.Value.Number is { } value && now.OutsideRegime is null ? $"; the floor is {Shown(value, metric)}" : "";
        string what = best.Value.Value >= now.Value.Value && now.MeetsGoals
            ? $"{now.Strategy} has {Shown(now.Value.Value, metric)}; nothing tried is better"
            : $"{Shown(best.Value.Value, metric)} with {best.Strategy} against {Shown(now.Value.Value, metric)} with {now.Strategy}{(now.MeetsGoals ? "" : $", which misses a goal ({now.MissedGoals[0]})")}";
        return new Advice(what + floor, Note(runs.First(run => run.Strategy.Name == best.Strategy)), confidence);
    }

    private static string Note(CommitRuns run) =>
        $"half within {Shown(run.P50.Value, CommitStudy.P50)}, 99 % within {Shown(run.P99.Value, CommitStudy.P99)}, {Print.Significant(run.Aborts.Value, 3)} % aborted, {Print.Significant(run.Messages.Value, 3)} messages a commit, {run.Rounds} delays";

    private static string Shown(double value, Metric metric) => double.IsPositiveInfinity(value) ? "never" : new Quantity(value, metric.Unit).ToHumanString();

    private static string Milliseconds(double ms) => new Quantity(ms, Unit.Millisecond).ToHumanString();
}
