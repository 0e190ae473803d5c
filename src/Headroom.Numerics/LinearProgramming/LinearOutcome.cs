using System.Numerics;

namespace Headroom.Numerics.LinearProgramming;

/// <summary>What a linear program comes to.</summary>
public abstract record LinearOutcome
{
    private LinearOutcome()
    {
    }

    /// <summary>The objective grows without end.</summary>
    public sealed record Unbounded : LinearOutcome;

    /// <summary>
    /// The optimum, in numerators over one denominator above zero: its value, a point that reaches it, and prices, one per row, which prove that nothing
    /// exceeds it: prices are at least 0, for every column the priced sum of its coefficients is at least its objective, and the priced sum of the limits is the value.
    /// </summary>
    public sealed record Optimal(BigInteger Value, IReadOnlyList<BigInteger> Point, IReadOnlyList<BigInteger> Prices, BigInteger Denominator) : LinearOutcome;
}
