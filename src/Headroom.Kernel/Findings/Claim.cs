using Headroom.Kernel.Quantities;

namespace Headroom.Kernel.Findings;

/// <summary>What becomes of a claim.</summary>
public enum ClaimVerdict
{
    /// <summary>A bound, or exact arithmetic on the story's own numbers, contradicts it.</summary>
    Refuted,

    /// <summary>Consistent with every bound, and a run or a model reaches it.</summary>
    Plausible,

    /// <summary>Our run with the stated parameters gives it.</summary>
    Reproduced,

    /// <summary>No bound excludes it and no run reaches it, or nothing here measures it.</summary>
    Undecided,
}

/// <summary>What somebody says of an activity: a metric, a value, and who.</summary>
public sealed record Claim(string Activity, string Metric, Quantity Value, string By)
{
    /// <summary>The strategy the claim is about; null for the activity's own <c>now</c>.</summary>
    public string? Strategy { get; init; }

    /// <summary>The claim in its own words, where they were given.</summary>
    public string? Text { get; init; }
}

/// <summary>A claim with what became of it.</summary>
public sealed record JudgedClaim(Claim Claim, ClaimVerdict Verdict, string Why);
