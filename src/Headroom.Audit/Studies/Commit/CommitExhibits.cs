using Headroom.Audit.Report;
using Headroom.Consensus.TrueTime;

namespace Headroom.Audit.Studies.Commit;

/// <summary>Plots: latencies, what uncertainty costs, what becomes of conflicts.</summary>
internal static class CommitExhibits
{
    private const int Trials = 2;

    private static readonly double[] Shares = [0, 0.5, 1, 2, 4];
    private static readonly double[] Skews = [0, 0.4, 0.8, 1.2];

    public static IReadOnlyList<Exhibit> Of(CommitInput input, StudyContext context, IReadOnlyList<CommitRuns> runs)
    {
        string? best = runs.Where(run => run.MissedGoals.Count == 0).MinBy(run => run.P99.Value)?.Strategy.Name;
        Role RoleOf(CommitRuns run) => run.Strategy == input.Now ? Role.Now : run.Strategy.Name == best ? Role.Best : Role.Candidate;
        var exhibits = new List<Exhibit>
        {
            new LineExhibit("How long a commit takes", "Share of the transactions that write which are answered within, from when each was due.", new Axis("time", "ms", IsLog: true), new Axis("answered", "%"),
                [.. runs.Where(run => run.Strategy.LeaderRegion is null || RoleOf(run) != Role.Candidate).Select(run => new LineSeries(run.Strategy.Name, run.Curve(), RoleOf(run)))]),
        };
        CommitStrategy plain = input.Now with { Timestamps = TimestampSource.TrueTime, Share = 1 };
        if (input.Options.Clocks.ResidueNs > 0)
        {
            exhibits.Add(new LineExhibit("What uncertainty costs", "Half of the commits are answered within; a wait is paid where twice the uncertainty is longer than votes and replication.",
                new Axis("uncertainty", "ms"), new Axis("half within", "ms"),
                [
                    new LineSeries(plain.Name, Over(Shares, share => (share * input.Options.Clocks.ResidueNs / 1e6, Median(plain with { Share = share }, input.Options)))),
                    new LineSeries((plain with { Timestamps = TimestampSource.LocalClock }).Name,
                        Over(Shares, share => (share * input.Options.Clocks.ResidueNs / 1e6, Median(plain with { Timestamps = TimestampSource.LocalClock, Share = share }, input.Options)))),
                ]));
        }

        exhibits.Add(new LineExhibit("What becomes of conflicts", "Share of the attempts that are aborted, over how unevenly keys are wanted.", new Axis("Zipf exponent", ""), new Axis("aborted", "%"),
        [
            .. new[] { ConflictRule.Optimistic, ConflictRule.WoundWait }.Select(rule => new LineSeries((plain with { Conflicts = rule }).Name,
                Over(Skews, skew => (skew, Average(plain with { Conflicts = rule }, input.Options with { ZipfExponent = skew }, result => 100 * result.AbortRate))))),
        ]));
        return exhibits;

        double Median(CommitStrategy strategy, TrueTimeOptions options) => Average(strategy, options, result => result.CommitMs(0.5) ?? 0);

        double Average(CommitStrategy strategy, TrueTimeOptions options, Func<TrueTimeResult, double> value) => Enumerable.Range(0, Trials).Average(trial =>
        {
            context.Report(0.9, "plots");
            return value(TrueTimeCommit.Run(strategy.In(options), context.Seed.Named("plots").At(trial)));
        });
    }

    private static IReadOnlyList<(double X, double Y)> Over(double[] values, Func<double, (double X, double Y)> point) => [.. values.Select(point)];
}
