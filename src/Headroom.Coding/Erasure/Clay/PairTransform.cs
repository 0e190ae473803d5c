using Headroom.Coding.Fields;

namespace Headroom.Coding.Erasure.Clay;

/// <summary>
/// The coupling of two sub-chunks: the coupled C, which are stored, and the uncoupled U, of which every plane is a codeword of a scalar code, are together
/// (C high, C low, U high, U low) a codeword of Jerasure's two-plus-two Reed-Solomon code, so any two give the others ([vajha2018] section 3). High is the
/// node of greater x.
/// </summary>
internal static class PairTransform
{
    private static readonly Matrix256 Code = Systematic(ParityMatrices.Vandermonde(2, 2));

    /// <summary>(U high, U low) to (C high, C low).</summary>
    public static Matrix256 Couple { get; } = Solve([2, 3], [0, 1]);

    /// <summary>By whether this node is low: (its C, the other's C) to its U.</summary>
    public static Matrix256[] OwnUncoupled { get; } = Of(me => Solve([me, 1 - me], [2 + me]));

    /// <summary>(Its U, the other's C) to its C.</summary>
    public static Matrix256[] OwnCoupled { get; } = Of(me => Solve([2 + me, 1 - me], [me]));

    /// <summary>(Its C, the other's U) to its U.</summary>
    public static Matrix256[] OwnUncoupledByOther { get; } = Of(me => Solve([me, 3 - me], [2 + me]));

    /// <summary>(Its C, its U) to the other's C.</summary>
    public static Matrix256[] OtherCoupled { get; } = Of(me => Solve([me, 2 + me], [1 - me]));

    private static Matrix256[] Of(Func<int, Matrix256> matrix) => [matrix(0), matrix(1)];

    private static Matrix256 Solve(int[] known, int[] wanted) => Code.Select(known).TryInvert(out Matrix256? inverse)
        ? Code.Select(wanted).Multiply(inverse)
        : throw new InvalidOperationException("two symbols of a pair are dependent");

    private static Matrix256 Systematic(Matrix256 parity) => new(4, 2, (i, j) => i < 2 ? (i == j ? (byte)1 : (byte)0) : parity[i - 2, j]);
}
