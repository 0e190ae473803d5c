using Headroom.Kernel.Findings;

namespace Headroom.Audit.Studies.Broadcast;

/// <summary>Puts the runs beside the bounds, metric by metric.</summary>
internal static class BroadcastFindings
{
    public static IReadOnlyList<Finding> Compose(BroadcastInput input, StudyContext context, IReadOnlyList<BroadcastRuns> runs)
    {
        BroadcastRuns now = runs.First(r => r.Strategy == input.Now);
        var limits = input.Limits(now.ContactsPerRoundMax);
        Money? floorMoney = new BroadcastEstimates(input, context, now).MoneyOf(limits.BytesFloor);
        (Metric Metric, Func<BroadcastEstimates, Estimate?> Value, Limit? Limit, bool HoldsWithoutGoals)[] metrics =
        [
            (BroadcastStudy.Payloads, e => e.Payloads, limits.Payloads(floorMoney), true),
            (BroadcastStudy.Bytes, e => e.Bytes, limits.Bytes(floorMoney), false),
            (BroadcastStudy.Messages, e => e.Messages, limits.Messages(), false),
            (BroadcastStudy.Rounds, e => e.Rounds, limits.Rounds(), false),
            (BroadcastStudy.Hops, e => e.Hops, limits.Hops(), false),
            (BroadcastStudy.Time, e => e.Time, limits.Time(), false),
            (BroadcastStudy.Delivered, e => e.Delivered, limits.Delivered(input.Goal.WithinRounds), true),
        ];

        var findings = new List<Finding>();
        foreach ((Metric metric, Func<BroadcastEstimates, Estimate?> value, Limit? limit, bool holdsWithoutGoals) in metrics)
        {
            List<Candidate> candidates = Candidates(input, context, runs, metric, value, now.ContactsPerRoundMax);
            if (candidates.Find(c => c.Strategy == input.Now.Name) is { } today)
            {
                Advice advice = BroadcastAdvice.Of(metric, input, runs, today, candidates, limit);
                findings.Add(context.Compose(metric, metric == BroadcastStudy.Payloads, today, candidates, limit, advice, holdsWithoutGoals));
            }
        }

        return findings;
    }

    private static List<Candidate> Candidates(
        BroadcastInput input, StudyContext context, IReadOnlyList<BroadcastRuns> runs, Metric metric, Func<BroadcastEstimates, Estimate?> value, int contactsNow)
    {
        bool isByContacts = input.Setting.Network.Topology.IsComplete && (metric == BroadcastStudy.Rounds || (metric == BroadcastStudy.Delivered && input.Goal.WithinRounds is not null));
        bool isPriced = metric == BroadcastStudy.Payloads || metric == BroadcastStudy.Bytes;
        var candidates = new List<Candidate>();
        foreach (BroadcastRuns run in runs)
        {
            var estimates = new BroadcastEstimates(input, context, run);
            if (value(estimates) is { } estimate)
            {
                candidates.Add(new Candidate(run.Strategy.Name, estimate)
                {
                    MissedGoals = run.MissedGoals,
                    Money = isPriced ? estimates.Money : null,
                    OutsideRegime = isByContacts && run.ContactsPerRoundMax > contactsNow
                        ? $"it contacts up to {run.ContactsPerRoundMax} others in a round, the bound is for {contactsNow}"
                        : null,
                    Note = Note(run),
                });
            }
        }

        return candidates;
    }

    private static string Note(BroadcastRuns run)
    {
        if (run.InTime.Count == 0)
        {
            return "counted, not run: " + run.Strategy.Protocol.Summary;
        }

        double reached = run.InTime.Average(outcome => outcome.ShareDelivered);
        return $"{run.Strategy.Protocol.Summary}; reaches {BroadcastWords.Percent(reached)} of the live members, withstands: {run.Strategy.Protocol.FaultModel}";
    }
}
