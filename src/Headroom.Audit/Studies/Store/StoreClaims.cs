using Headroom.Audit.Claims;
using Headroom.Coding.Bounds;
using Headroom.Coding.Erasure;
using Headroom.Kernel.Bounds;
using Headroom.Kernel.Findings;
using Headroom.Kernel.Quantities;

namespace Headroom.Audit.Studies.Store;

/// <summary>Claims that the general rule cannot judge: about the claimed strategy's own bound, and about what is no metric.</summary>
internal static class StoreClaims
{
    public static IReadOnlyList<JudgedClaim> Judge(StoreInput input, StudyContext context, IReadOnlyList<StoreOption> options, Finding[] findings)
    {
        var judged = new List<JudgedClaim>();
        StoreOption now = options.First(option => option.Code.Name == input.Now.Name);
        foreach (Claim claim in context.Claims)
        {
            StoreOption? said = claim.Strategy is null ? now : options.FirstOrDefault(option => option.Code.Name == NameOf(claim.Strategy));
            if (Verdict(claim, said, now, input, options, findings) is { } verdict)
            {
                judged.Add(new JudgedClaim(claim, verdict.Verdict, verdict.Why));
            }
        }

        return judged;
    }

    /// <summary>As a code is reported, however it is written: <c>rs(10,4)</c> for <c>rs(10, 4, matrix=isa-cauchy)</c>.</summary>
    private static string NameOf(string strategy) => StorageCodes.TryParse(strategy, out ErasureCode? code, out _) ? code.Name : strategy.Replace(" ", "", StringComparison.Ordinal);

    private static (ClaimVerdict Verdict, string Why)? Verdict(Claim claim, StoreOption? said, StoreOption now, StoreInput input, IReadOnlyList<StoreOption> options, Finding[] findings)
    {
        if (claim.Metric == StoreKeys.LeastStored.Name)
        {
            return LeastStored(claim.Value.Base, options, findings[0]);
        }

        (ClaimVerdict, string)? own = said is null ? null : claim.Metric switch
        {
            "repair reads" => Reads(claim.Value.Base, said),
            "failures survived" => Survived(claim.Value.Base, said),
            "loss ratio" => LossRatio(claim.Value.Base, said, now),
            "repair time" => RepairTime(claim.Value.In(Unit.Second), said, input),
            "saving" => Saving(claim.Value.In(Unit.DollarPerYear), said, now),
            _ => null,
        };
        bool isShown = claim.Strategy is null || findings[0].Candidates.Any(candidate => candidate.Strategy == said?.Code.Name);
        return own ?? (isShown || claim.Metric == StoreKeys.Stored.Name ? null : Unseen(claim));
    }

    /// <summary>The floors of repair and loss are those of today's shape: they say nothing of a code that has no candidate of its own.</summary>
    private static (ClaimVerdict, string) Unseen(Claim claim) => claim.Metric == StoreKeys.Reads.Name && claim.Value.Base < 1
        ? (ClaimVerdict.Refuted, $"{N(claim.Value.Base)} lies below the floor of 1 of any code (coding.repair-reads)")
        : (ClaimVerdict.Undecided, $"'{claim.Strategy}' is not among the codes shown; name it under 'candidates'");

    /// <summary>Against the bound of the code's own shape, which the finding of another shape does not give.</summary>
    private static (ClaimVerdict, string)? Reads(double claimed, StoreOption said)
    {
        if (said.Code.ParityShards == 0)
        {
            return (ClaimVerdict.Refuted, $"{said.Code} has no redundancy to rebuild anything from");
        }

        string ours = $"{said.Code} reads {N(said.Shape.RepairReads)} bytes per byte rebuilt";
        if (!said.AnyDataShardsDecode)
        {
            return claimed < 1 ? (ClaimVerdict.Refuted, $"{N(claimed)} lies below the floor of 1 (coding.repair-reads); {ours}") : null;
        }

        Limit limit = StoreLimits.ReadsFloor(said.Code);
        double floor = limit.Value.Number!.Value;
        return claimed < floor * (1 - Gap.DeterministicTolerance)
            ? (ClaimVerdict.Refuted, $"{N(claimed)} lies below the floor of {N(floor)} for any {said.Code.DataShards} of {said.Code.TotalShards} with {said.Code.TotalShards - 1} helpers "
                + $"(headroom limit {limit.Id} {limit.Arguments}); {ours}")
            : Near(claimed, said.Shape.RepairReads) ? (ClaimVerdict.Reproduced, $"{ours}, counted on the repaired sample")
            : claimed > said.Shape.RepairReads ? (ClaimVerdict.Plausible, $"{ours}, better than claimed")
            : (ClaimVerdict.Undecided, $"{ours}; the floor for its shape is {N(floor)}, which regenerating codes approach and {said.Code.Name} does not");
    }

    private static (ClaimVerdict, string) Survived(double claimed, StoreOption said)
    {
        double ceiling = SingletonBound.Distance.Evaluate(new BoundArguments { ["n"] = said.Code.TotalShards, ["k"] = said.Code.DataShards }).Number!.Value - 1;
        return claimed > ceiling ? (ClaimVerdict.Refuted, $"{said.Code.DataShards} shards of data in {said.Code.TotalShards} survive at most {N(ceiling)} losses whatever the code (coding.singleton)")
            : claimed == said.Code.FailuresSurvived ? (ClaimVerdict.Reproduced, $"{said.Code} was rebuilt after losses of {said.Code.FailuresSurvived}, wherever they fell")
            : claimed < said.Code.FailuresSurvived ? (ClaimVerdict.Plausible, $"{said.Code} survives {said.Code.FailuresSurvived}")
            : (ClaimVerdict.Refuted, $"{said.Code} survives {said.Code.FailuresSurvived}: its distance is {said.Code.Distance}");
    }

    private static (ClaimVerdict, string) LeastStored(double claimed, IReadOnlyList<StoreOption> options, Finding stored)
    {
        StoreOption? less = options.Where(option => option.MeetsGoals && option.Code.Overhead < claimed * (1 - Gap.DeterministicTolerance)).MinBy(option => option.Code.Overhead);
        return less is not null
            ? (ClaimVerdict.Refuted, $"{less.Code} meets every goal at {N(less.Code.Overhead)} bytes per byte")
            : stored.Limit?.Value.Number is { } floor && claimed < floor * (1 - Gap.DeterministicTolerance)
                ? (ClaimVerdict.Refuted, $"the floor is {N(floor)} ({stored.Limit.Id})")
                : stored.Limit?.Value.Number is { } least && Near(claimed, least) && stored.Best is { } attains && Near(attains.Value.Value, least)
                    ? (ClaimVerdict.Reproduced, $"the floor is {N(least)} ({stored.Limit.Id}), and {attains.Strategy} attains it")
                : (ClaimVerdict.Undecided, "no code tried meets the goals with less, and no bound excludes one");
    }

    /// <summary>
    /// To first order a stripe dies by any of its fatal sets of d shards, so where repairs take equal times the ratio is that of fatal sets per byte of data, and
    /// slower repairs raise it. Where failures saturate the model's ratio lies below that, and only "more sets, no less loss" is left to refute with.
    /// </summary>
    private static (ClaimVerdict, string) LossRatio(double claimed, StoreOption said, StoreOption now)
    {
        if (now.Durability.YearlyLoss <= 0)
        {
            return (ClaimVerdict.Undecided, "today's loss is too small for a ratio");
        }

        double ratio = said.Durability.YearlyLoss / now.Durability.YearlyLoss;
        string ours = $"{Print.Significant(said.Durability.YearlyLoss, 2)} a year against {Print.Significant(now.Durability.YearlyLoss, 2)} of {now.Code}: {N(ratio)} times";
        string sets = $"{Print.Significant(FatalSets(said), 9)} sets of {said.Code.Distance} shards kill a stripe of {said.Code} and its {said.Code.DataShards} shards of data, "
            + $"{Print.Significant(FatalSets(now), 9)} of {now.Code.Distance} one of {now.Code} and its {now.Code.DataShards}";
        string repair = $"a repair takes {Time(said.Durability.Repair.AloneSeconds)} against {Time(now.Durability.Repair.AloneSeconds)}";
        double bySets = said.Code.Distance == now.Code.Distance ? FatalSets(said) * now.Code.DataShards / (FatalSets(now) * said.Code.DataShards) : 0;
        bool slower = said.Durability.Repair.AloneSeconds >= now.Durability.Repair.AloneSeconds;
        double atLeast = bySets <= 1 || !slower ? 0 : ratio >= bySets ? bySets : 1;
        return Near(claimed, ratio) ? (ClaimVerdict.Reproduced, ours)
            : ratio < claimed ? (ClaimVerdict.Plausible, $"{ours} ({repair}), if these repair times are real")
            : claimed <= atLeast ? (ClaimVerdict.Refuted, $"{sets}, and {repair}; {ours}")
            : (ClaimVerdict.Undecided, $"{ours} by our model, {repair}");
    }

    private static (ClaimVerdict, string) RepairTime(double claimed, StoreOption said, StoreInput input)
    {
        double nodeBytes = input.System.DataBytes * said.Code.Overhead / input.System.Nodes;

        // Spread: the nodes that are left, and a replacement.
        int receivers = input.System.Placement == Coding.Models.Placement.Groups ? 1 : input.System.Nodes;
        var arguments = new BoundArguments { ["bytes"] = nodeBytes, ["nodes"] = receivers, ["bandwidth"] = input.System.BandwidthBytesPerSecond };
        double floor = RepairFloor.Time.Evaluate(arguments).Number ?? double.PositiveInfinity;
        var derived = Coding.Models.RepairTimes.Of(input.For(said.Code) with { StatedRepairSeconds = null }, said.Shape);
        string ours = $"{said.Code} on these nodes takes {Time(derived.AloneSeconds)}: {new Quantity(nodeBytes, Unit.Byte).ToHumanString()} lost, {N(said.Shape.RepairReads)} read per byte";
        return claimed < floor * (1 - Gap.DeterministicTolerance) ? (ClaimVerdict.Refuted, $"{Time(claimed)} lies below the floor of {Time(floor)} (headroom limit coding.repair-time bytes={Print.Significant(nodeBytes, 9)} nodes={receivers} bandwidth={Print.Significant(input.System.BandwidthBytesPerSecond, 9)}); {ours}")
            : Near(claimed, derived.AloneSeconds) ? (ClaimVerdict.Reproduced, ours)
            : claimed > derived.AloneSeconds ? (ClaimVerdict.Plausible, $"{ours}, sooner than claimed")
            : (ClaimVerdict.Undecided, $"{ours}; the floor is {Time(floor)}");
    }

    private static (ClaimVerdict, string) Saving(double claimed, StoreOption said, StoreOption now)
    {
        if (said.Money is not { } theirs || now.Money is not { } today)
        {
            return (ClaimVerdict.Undecided, "no prices were given");
        }

        double ours = today.DollarsPerYear - theirs.DollarsPerYear;
        string arithmetic = $"at the stated prices {said.Code} saves {Dollars(ours)} of {Dollars(today.DollarsPerYear)} a year";
        return Near(claimed, ours) ? (ClaimVerdict.Reproduced, arithmetic)
            : claimed < ours ? (ClaimVerdict.Plausible, $"{arithmetic}, more than claimed")
            : ours <= 0 ? (ClaimVerdict.Refuted, $"{arithmetic}, that is nothing")
            : (ClaimVerdict.Refuted, $"{arithmetic}; {Dollars(claimed)} would take prices {N(claimed / ours)} times as high");
    }

    /// <summary>Of the sets of d shards those that are fatal, d being the distance.</summary>
    private static double FatalSets(StoreOption option)
    {
        double sets = 1;
        for (int i = 0; i < option.Code.Distance; i++)
        {
            sets = sets * (option.Code.TotalShards - i) / (i + 1);
        }

        return Math.Round(sets * (1 - option.Shape.RecoverableShare(option.Code.Distance)));
    }

    private static bool Near(double claimed, double ours) => Math.Abs(claimed - ours) <= ClaimJudge.ReproducedWithin * Math.Abs(ours);

    private static string N(double value) => Print.Significant(value, 3);

    private static string Time(double seconds) => new Quantity(seconds, Unit.Second).ToHumanString();

    private static string Dollars(double perYear) => $"{Print.Significant(Math.Round(perYear), 9)} $";
}
