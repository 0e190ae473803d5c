using Headroom.Kernel.Quantities;

namespace Headroom.Audit.Studies.Store;

/// <summary>What a reader of the findings must know.</summary>
internal static class StoreNotes
{
    public static List<string> Of(StoreInput input, StudyContext context, IReadOnlyList<StoreOption> options, IReadOnlyList<StoreOption> shown, List<StoreExercised> exercised)
    {
        StoreOption now = shown[0];
        var notes = new List<string>
        {
            $"{options.Count} codes tried; the {exercised.Count} shown really encoded {input.SampleOrigin}, lost shards in {exercised.Sum(e => e.Repairs)} ways and rebuilt every one exactly",
            input.System.Domains.Count == 0
                ? "yearly loss: independent node failures, exponential with the stated mean; correlated ones (sites, racks and hosts of the same names; power, software, batches of disks) are not in it and make every code worse"
                : $"yearly loss: nodes, and {string.Join(", ", input.System.Domains.Select(domain => domain.Name))} as a whole, fail independently, exponential with the stated means; stripes are spread over them evenly; software and batches of disks are not in it",
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

        if (now.Rare is not null)
        {
            notes.Add($"{now.Code}: the chain loses {Print.Significant(now.Durability.YearlyLoss, 2)} a year, {StoreTrials.Words(now)}");
        }

        notes.AddRange(Simulated(input, shown));
        if (now.Contention is { } contention)
        {
            notes.Add($"{now.Code}: the repair of a node takes {StoreTrials.Words(contention)}, because transfers meet at lines; yearly losses of the codes shown are with the simulated times");
        }

        if (input.System.Copysets is { } sets)
        {
            notes.Add($"stripes lie on {sets} sets of nodes ({Print.Significant(input.System.Rebuilders(now.Shape), 3)} nodes rebuild one of {now.Code}): a loss takes {Print.Significant(Math.Max(1, input.System.DataBytes / (now.Shape.DataPerStripe * input.For(now.Code).ShardBytes) / sets), 3)} stripes with it; on random sets it takes about one");
        }

        if (input.Tiers.Count > 0 && context.Prices.StoragePerByteYear is null)
        {
            notes.Add("the tiers are not priced: write prices: { storage: … }");
        }

        return notes;
    }

    /// <summary>Of which codes rare losses were simulated, and which of them the chain tells otherwise.</summary>
    private static IEnumerable<string> Simulated(StoreInput input, IReadOnlyList<StoreOption> shown)
    {
        StoreOption[] simulated = [.. shown.Where(option => option.Rare is { Mean: > 0 })];
        StoreOption[] apart = [.. simulated.Where(option => !StoreTrials.Agrees(option))];
        if (simulated.Length > 0)
        {
            yield return $"rare losses were simulated for {simulated.Length} of the {shown.Count} codes shown; "
                + (apart.Length == 0 ? "the chain lies in the interval of each" : $"the chain lies in the intervals of all but {string.Join(", ", apart.Select(option => option.Code))}")
                + " (95 % for all together)";
        }

        foreach (IGrouping<string, StoreOption> left in shown.Where(option => option.Rare is not { Mean: > 0 }).GroupBy(option => WhyNot(input, option)))
        {
            yield return $"rare losses of {string.Join(", ", left.Select(option => option.Code))} were not simulated: {left.Key}";
        }
    }

    private static string WhyNot(StoreInput input, StoreOption option) => StoreTrials.NotSimulated(input, option)
        ?? (option.Rare is null ? "the work set aside does not do for enough trials" : "no trial came to a loss");
}
