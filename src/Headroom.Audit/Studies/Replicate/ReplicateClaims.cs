using Headroom.Audit.Claims;
using Headroom.Consensus.Agreements;
using Headroom.Kernel.Findings;
using Headroom.Kernel.Quantities;

namespace Headroom.Audit.Studies.Replicate;

/// <summary>Claims that the general rule cannot judge: one protocol against another, what lines carry, volumes and their yearly cost.</summary>
internal static class ReplicateClaims
{
    private const double Near = 0.02;
    private const double SecondsPerDay = 86_400;

    public static IReadOnlyList<ClaimTopic> Topics { get; } =
    [
        new("fewer", Unit.One, "times fewer messages an operation than the strategy of the claim sends"),
        new("throughput", Unit.PerSecond, "operations a second of all groups that the stated lines can carry"),
        new("utilisation", Unit.Percent, "share of the busiest server's line that the stated rate fills"),
        new("volume", Unit.BytePerDay, "bytes on the wire a day"),
        new("cost", Unit.DollarPerYear, "yearly egress"),
    ];

    /// <summary>The strategies that claims speak of, so that they run too, led from where today's is.</summary>
    public static IEnumerable<ReplicateOption> OptionsOf(IReadOnlyList<Claim> claims, ReplicateInput input)
    {
        foreach (Claim claim in claims)
        {
            if (Parse(claim, input) is { } option && option.Strategy.Problem(input.Setting) is null)
            {
                yield return option;
            }
        }
    }

    public static IReadOnlyList<JudgedClaim> Judge(ReplicateInput input, StudyContext context, IReadOnlyList<ReplicateRuns> runs, IReadOnlyList<Finding> findings)
    {
        var judged = new List<JudgedClaim>();
        foreach (Claim claim in context.Claims)
        {
            ReplicateOption? option = claim.Strategy is null ? input.Now : Parse(claim, input);
            ReplicateRuns? run = runs.FirstOrDefault(r => r.Option == option);
            (ClaimVerdict Verdict, string Why)? result = run is null ? null : claim.Metric switch
            {
                "fewer" => Fewer(claim, runs[0], run),
                "throughput" => Throughput(claim, input, run),
                "utilisation" => Utilisation(claim, input, run),
                "volume" => Volume(claim, input, context, run),
                "cost" => Cost(claim, input, context, run),
                _ when claim.Strategy is not null => Named(claim, run, findings),
                _ => null,
            };
            if (result is { } found)
            {
                judged.Add(new JudgedClaim(claim, found.Verdict, found.Why));
            }
        }

        return judged;
    }

    /// <summary>By the general rule, of the candidate that leads from where today's does.</summary>
    private static (ClaimVerdict Verdict, string Why) Named(Claim claim, ReplicateRuns run, IReadOnlyList<Finding> findings)
    {
        JudgedClaim judged = ClaimJudge.Judge(claim with { Strategy = run.Option.Name }, findings);
        return (judged.Verdict, judged.Why);
    }

    /// <summary>The floor binds operations of which the goals speak, if the strategy keeps them.</summary>
    private static double FloorShare(ReplicateInput input, ReplicateRuns run) =>
        run.Option.Strategy.Holders(input.Setting.Servers) <= input.Goals.Survive ? 0 : run.Option.Rest is null ? 1 : input.CriticalShare ?? 1;

    /// <summary>A strategy, or a pair of them where part of the operations is critical: <c>raft+isr-leader</c>.</summary>
    private static ReplicateOption? Parse(Claim claim, ReplicateInput input)
    {
        string[] parts = claim.Strategy?.Split('+') ?? [];
        if (parts.Length is 0 or > 2 || (parts.Length == 2 && input.CriticalShare is null) || !AgreementStrategies.TryParse(parts[0], out AgreementStrategy? strategy, out _))
        {
            return null;
        }

        ReplicateOption option = ReplicateReader.Led(strategy, input.Now.LeaderRegion ?? input.Setting.Places.Servers[0], input.Setting);
        return parts.Length == 1 ? option : AgreementStrategies.TryParse(parts[1], out AgreementStrategy? rest, out _) && rest.Problem(input.Setting) is null ? option with { Rest = rest } : null;
    }

    private static (ClaimVerdict Verdict, string Why) Fewer(Claim claim, ReplicateRuns now, ReplicateRuns other)
    {
        double ratio = other.Messages.Value / now.Messages.Value;
        string measured = $"{now.Option} sends {ReplicateWords.Number(now.Messages.Value)} messages an operation here, {other.Option} {ReplicateWords.Number(other.Messages.Value)}: {ReplicateWords.Number(ratio)} times as many";
        return Math.Abs(ratio - claim.Value.Base) <= Near * claim.Value.Base ? (ClaimVerdict.Reproduced, measured)
            : ratio > claim.Value.Base ? (ClaimVerdict.Plausible, measured)
            : (ClaimVerdict.Undecided, $"{measured}; both need 2(n-1) messages to have a write on n servers and to know it, in a constant number of rounds, so that no factor of log n lies between them; which is less depends on batches and on what flows anyway");
    }

    private static (ClaimVerdict Verdict, string Why) Throughput(Claim claim, ReplicateInput input, ReplicateRuns run)
    {
        double bps = input.Setting.Network.BandwidthBps;
        if (!double.IsFinite(bps))
        {
            return (ClaimVerdict.Undecided, "no 'bandwidth' is stated, and processing takes no time here");
        }

        double value = input.Setting.Load.ValueBytes;
        double writes = 1 - (input.Setting.Load.ReadsPercent / 100.0);
        int servers = input.Setting.Servers;
        // Every holder takes every written value in over its own line.
        double most = writes == 0 ? double.PositiveInfinity : bps / (8 * value * writes) * servers / (input.Goals.Survive + 1);
        double reached = bps / (8 * run.BusiestBytes.Value) * (input.Groups >= servers ? servers : 1);
        string words = $"the busiest of a group's {servers} servers sends {ReplicateWords.Bytes(run.BusiestBytes.Value)} an operation, so that lines of {new Quantity(bps, Unit.BitPerSecond).ToHumanString()} carry {ReplicateWords.Number(reached)} operations a second{(input.Groups >= servers ? " with leaders spread evenly over the servers" : "")}";
        return claim.Value.Base > most ? (ClaimVerdict.Refuted, $"{input.Goals.Survive + 1} servers must take each value in over their lines: at most {ReplicateWords.Number(most)} operations a second")
            : reached >= claim.Value.Base ? (ClaimVerdict.Plausible, words)
            : (ClaimVerdict.Undecided, $"{words}; the floor of bytes would allow {ReplicateWords.Number(most)}");
    }

    private static (ClaimVerdict Verdict, string Why) Utilisation(Claim claim, ReplicateInput input, ReplicateRuns run)
    {
        double bps = input.Setting.Network.BandwidthBps;
        double share = run.BusiestBytes.Value * 8 * input.RatePerSecond / bps / Math.Min(input.Groups, input.Setting.Servers);
        string words = double.IsFinite(bps) ? $"the stated rate fills {ReplicateWords.Number(100 * share)} % of the line of the busiest server, leaders spread evenly" : "no 'bandwidth' is stated";
        return (Math.Abs(share - claim.Value.Base) <= Near * claim.Value.Base ? ClaimVerdict.Reproduced : ClaimVerdict.Undecided, words);
    }

    private static (ClaimVerdict Verdict, string Why) Volume(Claim claim, ReplicateInput input, StudyContext context, ReplicateRuns run)
    {
        double ours = run.Bytes.Value * input.RatePerSecond * SecondsPerDay;
        double claimed = claim.Value.Base / 8 * SecondsPerDay;
        double floor = FloorShare(input, run) * new ReplicateLimits(input, context).Bytes().Value.Number!.Value * input.RatePerSecond * SecondsPerDay;
        string words = $"{run.Option} sends {ReplicateWords.Bytes(ours)} a day, of which {ReplicateWords.Bytes(run.BytesAway.Value * input.RatePerSecond * SecondsPerDay)} leave their region";
        return claimed < floor
            ? (ClaimVerdict.Refuted, $"values that {input.Goals.Survive + 1} servers must take in make {ReplicateWords.Bytes(floor)} a day; {words}")
            : Compare(claimed, ours, words);
    }

    private static (ClaimVerdict Verdict, string Why) Cost(Claim claim, ReplicateInput input, StudyContext context, ReplicateRuns run)
    {
        double? ours = run.Money?.Parts.Where(part => part.Price.StartsWith("egress", StringComparison.Ordinal)).Sum(part => part.DollarsPerYear);
        double? floor = new ReplicateLimits(input, context).Bytes().Money?.Parts.Where(part => part.Price.StartsWith("egress", StringComparison.Ordinal)).Sum(part => part.DollarsPerYear);
        if (ours is not { } dollars || floor is not { } least)
        {
            return (ClaimVerdict.Undecided, "no price of egress is stated for every pair of regions");
        }

        least *= FloorShare(input, run);
        double claimed = claim.Value.In(Unit.DollarPerYear);
        string words = $"{run.Option} pays {ReplicateWords.Number(dollars / 1e6)} M$ a year for egress at the stated prices";
        return claimed < least
            ? (ClaimVerdict.Refuted, $"the values alone, on {input.Goals.Survive + 1} servers over the cheapest lines, cost {ReplicateWords.Number(least / 1e6)} M$ a year; {words}")
            : Compare(claimed, dollars, words);
    }

    private static (ClaimVerdict Verdict, string Why) Compare(double claimed, double ours, string words) =>
        (Math.Abs(ours - claimed) <= Near * claimed ? ClaimVerdict.Reproduced : ours < claimed ? ClaimVerdict.Plausible : ClaimVerdict.Undecided, words);
}
