using Headroom.Audit.Studies;
using Headroom.Kernel.Bounds;
using Headroom.Kernel.Findings;
using Headroom.Kernel.Quantities;

namespace Headroom.Audit.Claims;

/// <summary>
/// The general rule: a claim that lies on the wrong side of a bound is refuted; one that the run of the claimed strategy gives (within its
/// interval or 2 %) is reproduced; one that the run of the claimed strategy contradicts by more is said so; one that some strategy of ours reaches
/// while meeting the goals is plausible; else it is undecided.
/// </summary>
public static class ClaimJudge
{
    /// <summary>A run reproduces a claimed figure within this relative difference.</summary>
    public const double ReproducedWithin = 0.02;

    /// <summary>An interval wider than this, relative to its value, reproduces nothing.</summary>
    private const double TellingWidth = 0.5;

    /// <summary>Every claim of the activity, in its order: judged by the study where it did, else by the general rule.</summary>
    public static IReadOnlyList<JudgedClaim> JudgeAll(IReadOnlyList<Claim> claims, StudyResult result)
    {
        ArgumentNullException.ThrowIfNull(claims);
        ArgumentNullException.ThrowIfNull(result);
        return [.. claims.Select(claim => result.Judged.FirstOrDefault(j => ReferenceEquals(j.Claim, claim)) ?? Judge(claim, result.Findings))];
    }

    public static JudgedClaim Judge(Claim claim, IReadOnlyList<Finding> findings)
    {
        ArgumentNullException.ThrowIfNull(claim);
        Finding? finding = findings.FirstOrDefault(f => f.Metric.Name == claim.Metric);
        if (finding is null)
        {
            return new JudgedClaim(claim, ClaimVerdict.Undecided, $"this run gave no value of {claim.Metric}");
        }

        double claimed = claim.Value.Base / finding.Metric.Unit.Scale;
        Candidate? said = Said(claim, finding);
        return Refute(claim, finding, claimed, said) ?? Compare(claim, finding, claimed, said);
    }

    /// <summary>The candidate that the claim speaks of.</summary>
    private static Candidate? Said(Claim claim, Finding finding) => claim.Strategy is null
        ? finding.Now
        : finding.Candidates.FirstOrDefault(c => Same(c.Strategy, claim.Strategy));

    private static bool Same(string a, string b) => a.Replace(" ", "", StringComparison.Ordinal) == b.Replace(" ", "", StringComparison.Ordinal);

    private static JudgedClaim? Refute(Claim claim, Finding finding, double claimed, Candidate? said)
    {
        if (finding.Limit is not { IsBound: true, Value.Number: { } bound } limit || limit.Side != finding.Metric.Side || said?.OutsideRegime is not null)
        {
            return null;
        }

        double slack = Gap.DeterministicTolerance * Math.Abs(bound);
        bool Crosses(double value) => limit.Side == Side.Floor ? value < bound - slack : value > bound + slack;
        if (said is { MeetsGoals: false } && Crosses(said.Value.Value))
        {
            // The bound is for what meets the goals: the run of a strategy that does not may lie beyond it, and so may a claim about that strategy.
            return null;
        }

        string side = limit.Side == Side.Floor ? "below the floor" : "above the ceiling";
        return Crosses(claimed)
            ? new JudgedClaim(claim, ClaimVerdict.Refuted, $"{Shown(claimed, finding)} lies {side} of {Shown(bound, finding)} ({limit.Title}, {limit.Id})")
            : null;
    }

    private static JudgedClaim Compare(Claim claim, Finding finding, double claimed, Candidate? said)
    {
        if (said is null)
        {
            return new JudgedClaim(claim, ClaimVerdict.Undecided, $"no run of '{claim.Strategy}' is among the candidates ({string.Join(", ", finding.Candidates.Select(c => c.Strategy))})");
        }

        Estimate ours = said.Value;
        bool within = claimed >= ours.Low && claimed <= ours.High;
        bool near = Math.Abs(claimed - ours.Value) <= ReproducedWithin * Math.Abs(ours.Value);
        bool tells = ours.High - ours.Low <= TellingWidth * Math.Abs(ours.Value);
        if (near || (within && tells))
        {
            return new JudgedClaim(claim, ClaimVerdict.Reproduced, $"{said.Strategy} gives {Shown(ours, finding)} here");
        }

        if (within)
        {
            return new JudgedClaim(claim, ClaimVerdict.Undecided, $"{said.Strategy} gives {Shown(ours, finding)} here: the interval holds the claim and too much else");
        }

        bool better = finding.Metric.Side == Side.Floor ? ours.Value <= claimed : ours.Value >= claimed;
        if (better)
        {
            return new JudgedClaim(claim, ClaimVerdict.Plausible, $"{said.Strategy} reaches {Shown(ours, finding)} here, better than claimed");
        }

        Candidate? reaches = finding.Candidates.FirstOrDefault(c => c.MeetsGoals && (finding.Metric.Side == Side.Floor ? c.Value.Value <= claimed : c.Value.Value >= claimed));
        string measured = $"{said.Strategy} gives {Shown(ours, finding)} here";
        return reaches is null
            ? new JudgedClaim(claim, ClaimVerdict.Undecided, $"{measured}, and no strategy tried reaches {Shown(claimed, finding)}; no bound excludes it")
            : claim.Strategy is null
                ? new JudgedClaim(claim, ClaimVerdict.Plausible, $"{measured}; {reaches.Strategy} reaches {Shown(reaches.Value.Value, finding)}")
                : new JudgedClaim(claim, ClaimVerdict.Undecided, $"{measured}, not {Shown(claimed, finding)}; {reaches.Strategy} would reach it");
    }

    private static string Shown(Estimate estimate, Finding finding) => estimate.Low < estimate.High
        ? $"{Shown(estimate.Value, finding)} ({Shown(estimate.Low, finding)} to {Shown(estimate.High, finding)})"
        : Shown(estimate.Value, finding);

    private static string Shown(double value, Finding finding) => new Quantity(value, finding.Metric.Unit).ToHumanString();
}
