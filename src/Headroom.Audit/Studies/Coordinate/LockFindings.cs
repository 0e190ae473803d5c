using Headroom.Audit.Comparisons.Agreements;
using Headroom.Kernel.Findings;

namespace Headroom.Audit.Studies.Coordinate;

/// <summary>Puts the locks beside the bounds.</summary>
internal static class LockFindings
{
    public static IEnumerable<Finding> Compose(CoordinateInput input, StudyContext context, IReadOnlyList<LockRuns> runs)
    {
        if (input.Locking is not { } locking)
        {
            yield break;
        }

        AgreementLimits limits = Limits(locking);
        (Metric Metric, Func<LockRuns, Estimate> Value, Limit? Limit)[] metrics =
        [
            (CoordinateStudy.LockMessages, run => run.Messages, null),
            (CoordinateStudy.LockBytes, run => run.Bytes, null),
            (CoordinateStudy.LockRounds, run => Estimate.Exact(run.Rounds, run.Simulated), limits.Rounds(isRead: false)),
            (CoordinateStudy.Acquire, run => run.Acquire, limits.Latency(isRead: false)),
            (CoordinateStudy.AcquireP99, run => run.AcquireP99, null),
            (CoordinateStudy.ReleaseP99, run => run.ReleaseP99, null),
            (CoordinateStudy.Handover, run => run.Handover, null),
            (CoordinateStudy.Doubles, run => run.Doubles, null),
        ];
        foreach ((Metric metric, Func<LockRuns, Estimate> value, Limit? limit) in metrics)
        {
            List<Candidate> candidates =
            [
                .. runs.Select(run => new Candidate(run.Strategy.Name, value(run))
                {
                    MissedGoals = run.MissedGoals,
                    Money = metric == CoordinateStudy.LockMessages ? run.Money : null,
                    Note = $"{CoordinateWords.Number(run.Messages.Value)} messages a lock, had after {CoordinateWords.Time(run.Acquire.Value)}, handed over {CoordinateWords.Time(run.Handover.Value)} after a crash",
                }),
            ];
            string confidence = $"{runs.Sum(run => run.Grants)} simulated locks; clocks run equally fast and processing takes no time";
            yield return context.Compose(metric, false, candidates[0], candidates, limit, CoordinateWords.AdviceOn(metric, candidates, limit, confidence));
        }
    }

    /// <summary>A lock that is had outlives one crash where there are three members.</summary>
    public static AgreementLimits Limits(CoordinateLocking locking)
    {
        int crashes = Math.Min(1, (locking.Setting.Servers - 1) / 2);
        return new AgreementLimits(locking.Setting, crashes + 1, crashes, isDurable: false, isConsensus: true, trusts: false);
    }
}
