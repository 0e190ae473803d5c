using Headroom.Coding.Durability;
using Headroom.Kernel.Findings;

namespace Headroom.Audit.Studies.Store;

/// <summary>Evaluates the codes, exercises those shown, and composes the findings.</summary>
internal static class StoreRun
{
    /// <summary>Failures and repairs followed in an activity, each counted with the nodes that are down: some seconds.</summary>
    private const long RareWork = 50_000_000;
    private const int RareTrialsLeast = 12;
    private const int RareTrialsMost = 100;

    public static StudyResult Run(StoreInput input, StudyContext context)
    {
        input = WithImpliedLoss(input, context);
        IReadOnlyList<StoreOption> options = StoreSearch.Evaluate(input, context);
        StoreOption[] shown = [.. StoreSearch.Shown(input, options).Select(option => Contending(input, context, option))];
        options = [.. options.Select(option => shown.FirstOrDefault(other => other.Code.Name == option.Code.Name) ?? option)];
        var exercised = new List<StoreExercised>();
        for (int i = 0; i < shown.Length; i++)
        {
            context.Report(0.6 + (0.2 * i / shown.Length), $"{shown[i].Code}: encode, lose, repair");
            exercised.Add(StoreExercise.Run(shown[i].Code, input.Sample, context.Seed));
        }

        shown = WithRareLosses(input, context, shown);
        StoreOption now = shown[0];
        var limits = new StoreLimits(input, context.Prices, now);
        Finding[] findings =
        [
            Stored(input, context, limits, shown, exercised),
            Reads(context, limits, shown, exercised),
            Loss(context, limits, shown),
            SmallWrite(input, context, limits, shown),
            Sent(context, limits, shown),
            .. input.Reading is null ? [] : (Finding[])[StoreReads.Finding(input, context, shown)],
        ];
        StoreServing? serving = input.Tiers.Count > 0 && context.Prices.StoragePerByteYear is { } price ? new StoreServing(input, price, shown) : null;
        findings = serving is null ? findings : [.. findings, serving.Finding(context)];
        return new StudyResult
        {
            Findings = findings,
            Exhibits = [.. StoreExhibits.Of(input, options, shown, findings), .. serving is null ? [] : (Report.Exhibit[])[serving.Exhibit(findings[^1])]],
            Judged = StoreClaims.Judge(input, context, options, findings),
            Notes = StoreNotes.Of(input, context, options, shown, exercised),
        };
    }

    /// <summary>Where no goal was written, saving must not be bought with durability: a candidate may lose no more often than today.</summary>
    private static StoreInput WithImpliedLoss(StoreInput input, StudyContext context)
    {
        if (!input.GoalIsImplied || input.YearlyLossMax is not null)
        {
            return input;
        }

        double today = Contending(input, context, StoreSearch.Evaluate(input, input.Now, context.Prices)).Durability.YearlyLoss;
        return today > 0 ? input with { YearlyLossMax = today } : input;
    }

    /// <summary>The option with repairs that contend for lines, where transfers matter.</summary>
    private static StoreOption Contending(StoreInput input, StudyContext context, StoreOption option) =>
        StoreTrials.Contention(input, option.Shape, input.For(option.Code), context.Seed) is { } contention
            ? StoreSearch.Evaluate(input, option.Code, context.Prices, contention) : option;

    /// <summary>Every code shown, by importance splitting too, within a budget of work that they share.</summary>
    private static StoreOption[] WithRareLosses(StoreInput input, StudyContext context, IReadOnlyList<StoreOption> shown)
    {
        StoreOption[] able = [.. shown.Where(option => StoreTrials.NotSimulated(input, option) is null)];
        context.Report(0.8, $"rare losses of {able.Length} codes");
        IReadOnlyList<RareLoss?> estimates = RareLossTrials.EstimateWithin([.. able.Select(option => StoreTrials.Of(input, option, context.Seed))],
            RareWork * context.Effort, RareTrialsLeast, RareTrialsMost * context.Effort, StoreTrials.Confidence, context.Cancellation);
        return [.. shown.Select(option => Array.IndexOf(able, option) is >= 0 and { } at ? option with { Rare = estimates[at] } : option)];
    }

    private static Finding Stored(StoreInput input, StudyContext context, StoreLimits limits, IReadOnlyList<StoreOption> shown, List<StoreExercised> exercised)
    {
        Candidate[] candidates = [.. shown.Select((option, i) => Candidate(option, exercised[i].StoredPerByte,
            Provenance.Computed($"{option.Code} encoded {input.SampleOrigin}")) with
        { OutsideRegime = limits.StoredOutside(option), Note = StoreWords.Note(option) })];
        return context.Compose(StoreKeys.Stored, true, candidates[0], candidates, limits.Stored(), StoreWords.StoredAdvice(input, shown));
    }

    private static Finding Reads(StudyContext context, StoreLimits limits, IReadOnlyList<StoreOption> shown, List<StoreExercised> exercised)
    {
        Candidate[] candidates = [.. shown.Select((option, i) => Candidate(option,
            option.Code.ParityShards == 0 ? double.PositiveInfinity : exercised[i].ReadPerRebuiltByte,
            Provenance.Computed($"every single shard of {option.Code} lost and rebuilt")) with
        { OutsideRegime = limits.ReadsOutside(option), Note = StoreLimits.ReadsNote(option) })];
        return context.Compose(StoreKeys.Reads, false, candidates[0], candidates, limits.Reads(), StoreWords.ReadsAdvice(shown));
    }

    private static Finding Loss(StudyContext context, StoreLimits limits, IReadOnlyList<StoreOption> shown)
    {
        Candidate[] candidates = [.. shown.Select(option => Candidate(option, option.Durability.YearlyLoss,
            Provenance.Model("birth-death chain over failed nodes, time to loss exponential")) with
        { OutsideRegime = limits.LossOutside(option), Note = StoreWords.RepairNote(option) + (option.Rare is null ? "" : $"; {StoreTrials.Words(option)}") })];
        return context.Compose(StoreKeys.Loss, false, candidates[0], candidates, limits.Loss(), StoreWords.LossAdvice(shown));
    }

    private static Finding SmallWrite(StoreInput input, StudyContext context, StoreLimits limits, IReadOnlyList<StoreOption> shown)
    {
        Candidate[] candidates = [.. shown.Select(option => Candidate(option, option.SmallWrite,
            Provenance.Model("update by difference, or rebuild of the stripe, whichever moves less")) with
        { OutsideRegime = limits.SmallWriteOutside(option) })];
        return context.Compose(StoreKeys.SmallWrite, false, candidates[0], candidates, limits.SmallWrite(), StoreWords.SmallWriteAdvice(input));
    }

    private static Finding Sent(StudyContext context, StoreLimits limits, IReadOnlyList<StoreOption> shown)
    {
        Candidate[] candidates = [.. shown.Select(option => Candidate(option,
            option.Code.FailuresSurvived == 0 ? double.PositiveInfinity : option.Shape.RepairSent,
            Provenance.Computed($"the plans of {option.Code} for every single shard")) with
        { OutsideRegime = limits.ReadsOutside(option), Note = StoreLimits.ReadsNote(option) })];
        return context.Compose(StoreKeys.Sent, false, candidates[0], candidates, limits.Reads(), StoreWords.SentAdvice(shown));
    }

    private static Candidate Candidate(StoreOption option, double value, Provenance provenance) =>
        new(option.Code.Name, Estimate.Exact(value, provenance)) { MissedGoals = option.MissedGoals, Money = option.Money };
}
