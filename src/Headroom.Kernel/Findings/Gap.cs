using Headroom.Kernel.Bounds;

namespace Headroom.Kernel.Findings;

/// <summary>The arithmetic between a value and a bound.</summary>
public static class Gap
{
    /// <summary>One-sided error of a violation before it is divided by the number of findings.</summary>
    public const double ViolationError = 1e-6;

    /// <summary>Deterministic values violate a bound beyond this relative difference.</summary>
    public const double DeterministicTolerance = 1e-9;

    /// <summary>An interval at most this wide, relative to the bound, that holds the bound attains it.</summary>
    public const double AttainedWidth = 0.01;

    /// <summary>Fewer runs do not attain a bound: when they happen to be alike, their interval is narrow and says nothing of what they missed.</summary>
    public const int AttainedSamples = 10;

    /// <summary>Floor: 1 - limit/now; ceiling: 1 - now/limit; null where now (or a ceiling's limit) is 0 or either is infinite.</summary>
    public static double? Headroom(double now, BoundValue limit, Side side)
    {
        ArgumentNullException.ThrowIfNull(limit);
        if (limit.Number is not { } bound || now == 0 || !double.IsFinite(now))
        {
            return null;
        }

        return side == Side.Floor ? 1 - (bound / now) : bound == 0 ? null : 1 - (now / bound);
    }

    /// <summary>Judges a value of ours against a theorem's value.</summary>
    public static Verdict Judge(Estimate estimate, BoundValue limit, Side side, int findings = 1)
    {
        ArgumentNullException.ThrowIfNull(estimate);
        ArgumentOutOfRangeException.ThrowIfLessThan(findings, 1);
        switch (limit)
        {
            case BoundValue.OutsideRegime:
                return Verdict.OutsideRegime;
            case BoundValue.Unbounded:
                // An unbounded floor admits only infinite costs; an unbounded ceiling admits everything.
                return side == Side.Ceiling ? Verdict.Open : double.IsPositiveInfinity(estimate.Value) ? Verdict.Attained : Verdict.Open;
        }

        double bound = limit!.Number!.Value;
        int direction = side == Side.Floor ? 1 : -1;
        double slack = DeterministicTolerance * Math.Abs(bound);
        double extreme = estimate.Extreme(direction, ViolationError / findings);
        if (direction * (bound - extreme) > slack)
        {
            return Verdict.Violated;
        }

        bool holds = estimate.Low - slack <= bound && bound <= estimate.High + slack;
        bool narrow = estimate.High - estimate.Low <= AttainedWidth * Math.Abs(bound);
        return holds && narrow && (!estimate.IsStatistical || estimate.Samples >= AttainedSamples) ? Verdict.Attained : Verdict.Open;
    }
}
