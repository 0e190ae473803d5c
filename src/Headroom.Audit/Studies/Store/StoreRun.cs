using Headroom.Coding.Models;
using Headroom.Kernel.Findings;
using Headroom.Kernel.Quantities;

namespace Headroom.Audit.Studies.Store;

/// <summary>Evaluates the codes, exercises those shown, and composes the findings.</summary>
internal static class StoreRun
{
    public static StudyResult Run(StoreInput input, StudyContext context)
    {
        input = WithImpliedLoss(input);
        IReadOnlyList<StoreOption> options = StoreSearch.Evaluate(input, context);
        IReadOnlyList<StoreOption> shown = StoreSearch.Shown(input, options);
        var exercised = new List<StoreExercised>();
        for (int i = 0; i < shown.Count; i++)
        {
            context.Report(0.6 + (0.35 * i / shown.Count), $"{shown[i].Code}: encode, lose, repair");
            exercised.Add(StoreExercise.Run(shown[i].Code, input.Sample, context.Seed));
        }

        StoreOption now = shown[0];
        var limits = new StoreLimits(input, context.Prices, now);
        Finding[] findings =
        [
            Stored(input, context, limits, shown, exercised),
            Reads(context, limits, shown, exercised),
            Loss(context, limits, shown),
            SmallWrite(input, context, limits, shown),
        ];
        return new StudyResult
        {
            Findings = findings,
            Exhibits = StoreExhibits.Of(input, options, shown, findings),
            Judged = StoreClaims.Judge(input, context, options, findings),
            Notes = Notes(input, context, options, exercised, now),
        };
    }

    /// <summary>Where no goal was written, saving must not be bought with durability: a candidate may lose no more often than today.</summary>
    private static StoreInput WithImpliedLoss(StoreInput input)
    {
        if (!input.GoalIsImplied || input.YearlyLossMax is not null)
        {
            return input;
        }

        double today = DurabilityModel.Evaluate(input.For(input.Now), CodeShape.Of(input.Now)).YearlyLoss;
        return today > 0 ? input with { YearlyLossMax = today } : input;
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
        { OutsideRegime = limits.LossOutside(option), Note = StoreWords.RepairNote(option) })];
        return context.Compose(StoreKeys.Loss, false, candidates[0], candidates, limits.Loss(), StoreWords.LossAdvice(shown));
    }

    private static Finding SmallWrite(StoreInput input, StudyContext context, StoreLimits limits, IReadOnlyList<StoreOption> shown)
    {
        Candidate[] candidates = [.. shown.Select(option => Candidate(option, option.SmallWrite,
            Provenance.Model("update by difference, or rebuild of the stripe, whichever moves less")) with
        { OutsideRegime = limits.SmallWriteOutside(option) })];
        return context.Compose(StoreKeys.SmallWrite, false, candidates[0], candidates, limits.SmallWrite(), StoreWords.SmallWriteAdvice(input));
    }

    private static Candidate Candidate(StoreOption option, double value, Provenance provenance) =>
        new(option.Code.Name, Estimate.Exact(value, provenance)) { MissedGoals = option.MissedGoals, Money = option.Money };

    private static List<string> Notes(StoreInput input, StudyContext context, IReadOnlyList<StoreOption> options, List<StoreExercised> exercised, StoreOption now)
    {
        var notes = new List<string>
        {
            $"{options.Count} codes tried; the {exercised.Count} shown really encoded {input.SampleOrigin}, lost shards in {exercised.Sum(e => e.Repairs)} ways and rebuilt every one exactly",
            "yearly loss: independent node failures, exponential with the stated mean; correlated ones (power, software, batches of disks) are not in it and make every code worse",
        };
        if (input.GoalIsImplied)
        {
            notes.Add($"no failures to survive and no loss were asked for: a candidate must survive the {input.Survive} that {now.Code} survives, and lose no more often");
        }

        if (!input.WidthIsGiven && input.Width > 24)
        {
            notes.Add("the search stops at stripes of 24 shards (key 'width'); the limit is for stripes over all nodes");
        }

        if (context.Prices.EgressPerByte("repair") > 0 && !context.Prices.Egress.ContainsKey("repair"))
        {
            notes.Add("repair traffic is charged at the default price of egress; where it stays within a site, write a price of its own: egress: { default: …, repair: 0 $/GB }");
        }

        if (now.Durability.RepairLoad >= 1)
        {
            notes.Add($"{now.Code}: failures need {Print.Significant(now.Durability.RepairLoad, 3)} times the repair bandwidth there is; repair never catches up");
        }

        if (input.StatedRepairSeconds.Count > 0)
        {
            notes.Add($"repair times of {string.Join(", ", input.StatedRepairSeconds.Keys)} are as stated, not derived from detection and bandwidth");
        }

        return notes;
    }
}
