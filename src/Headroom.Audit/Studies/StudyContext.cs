using Headroom.Audit.Systems;
using Headroom.Kernel.Bounds;
using Headroom.Kernel.Findings;
using Headroom.Kernel.Randomness;

namespace Headroom.Audit.Studies;

/// <summary>What a study gets beside its input: the activity's seed, prices and claims, how much to spend, and the way to report.</summary>
public sealed class StudyContext
{
    public required string Activity { get; init; }

    public required string Kind { get; init; }

    /// <summary>This activity's own seed: other activities cannot reshuffle it.</summary>
    public required Seed Seed { get; init; }

    public required Prices Prices { get; init; }

    /// <summary>1 by default; a confirmation of a violation runs with 4. Multiply trials by it.</summary>
    public int Effort { get; init; } = 1;

    /// <summary>Independent runs that may go side by side; their number changes no value.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>The claims of this activity, for studies that judge some themselves.</summary>
    public IReadOnlyList<Claim> Claims { get; init; } = [];

    public CancellationToken Cancellation { get; init; }

    /// <summary>Called with the share done (0 to 1) and what is being done.</summary>
    public Action<double, string>? OnProgress { get; init; }

    /// <summary>Says how far the study is; throws when the user has interrupted. Call it often.</summary>
    public void Report(double shareDone, string doing)
    {
        Cancellation.ThrowIfCancellationRequested();
        OnProgress?.Invoke(shareDone, doing);
    }

    /// <summary>Runs one strategy after the other; together they are so large a share of the study, and each says how far it is itself.</summary>
    public IReadOnlyList<TRuns> Each<TStrategy, TRuns>(IReadOnlyList<TStrategy> strategies, Func<TStrategy, Action<double, string>, TRuns> run, double share = 1)
    {
        ArgumentNullException.ThrowIfNull(strategies);
        ArgumentNullException.ThrowIfNull(run);
        var runs = new List<TRuns>(strategies.Count);
        foreach (TStrategy strategy in strategies)
        {
            runs.Add(run(strategy, (done, doing) => Report(share * (runs.Count + done) / strategies.Count, doing)));
        }

        return runs;
    }

    /// <summary>
    /// Makes a finding: best is the candidate that meets every goal and has the best value (ties: cheaper, then earlier); the verdict is
    /// Violated when any candidate within the regime crosses a bound, else best's. Candidates that miss a goal stand outside the bound's regime,
    /// because most bounds presume the goal, unless <paramref name="boundHoldsWithoutGoals"/>. Of values that differ from the best by no more than the share <paramref name="alike"/>
    /// the cheapest counts.
    /// </summary>
    public Finding Compose(Metric metric, bool headline, Candidate now, IReadOnlyList<Candidate> candidates, Limit? limit, Advice advice, bool boundHoldsWithoutGoals = false, double alike = 0)
    {
        ArgumentNullException.ThrowIfNull(metric);
        ArgumentNullException.ThrowIfNull(now);
        ArgumentNullException.ThrowIfNull(candidates);
        List<Candidate> all = candidates.Any(c => c.Strategy == now.Strategy) ? [.. candidates] : [now, .. candidates];
        Candidate? best = Best(all, metric.Side, alike);
        (Verdict verdict, string reason) = Judge(all, best, limit, metric.Side, boundHoldsWithoutGoals);
        return new Finding
        {
            Id = $"{Slug.Of(Activity)}/{Slug.Of(metric.Name)}",
            Activity = Activity,
            Kind = Kind,
            Metric = metric,
            Headline = headline,
            Now = now,
            Best = best,
            Limit = limit,
            Candidates = all,
            Advice = advice,
            Verdict = verdict,
            VerdictReason = reason,
        };
    }

    private static Candidate? Best(List<Candidate> all, Side side, double alike)
    {
        Candidate[] good = [.. all.Where(c => c.MeetsGoals)];
        if (good.Length == 0)
        {
            return null;
        }

        double best = side == Side.Floor ? good.Min(c => c.Value.Value) : good.Max(c => c.Value.Value);
        double slack = double.IsFinite(best) ? alike * Math.Abs(best) : 0;
        bool IsAlike(double value) => value == best || Math.Abs(value - best) <= slack;
        return good.Where(c => IsAlike(c.Value.Value)).MinBy(c => c.MoneyPerYear ?? double.PositiveInfinity);
    }

    private static (Verdict Verdict, string Reason) Judge(List<Candidate> all, Candidate? best, Limit? limit, Side side, bool boundHoldsWithoutGoals)
    {
        if (limit is null || !limit.IsBound)
        {
            return (Verdict.None, limit is null ? "no limit is known to us" : "a reference, not a theorem: the headroom is at least this");
        }

        if (limit.Side != side)
        {
            return (Verdict.OutsideRegime, $"the bound is a {limit.Side}, the metric is better the other way");
        }

        foreach (Candidate candidate in all.Where(c => c.OutsideRegime is null && (boundHoldsWithoutGoals || c.MeetsGoals)))
        {
            if (Gap.Judge(candidate.Value, limit.Value, side, all.Count) == Verdict.Violated)
            {
                return (Verdict.Violated, $"{candidate.Strategy} at {candidate.Value.Value:R} crosses {limit.Id} at {limit.Value.Number:R}");
            }
        }

        return best is null ? (Verdict.Open, "no candidate meets every goal")
            : best.OutsideRegime is { } why ? (Verdict.OutsideRegime, $"{best.Strategy}: {why}")
            : limit.Value is BoundValue.OutsideRegime outside ? (Verdict.OutsideRegime, outside.Reason)
            : (Gap.Judge(best.Value, limit.Value, side, all.Count), "");
    }
}
