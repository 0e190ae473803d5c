using Headroom.Kernel.Quantities;

namespace Headroom.Information.Models;

/// <summary>Entropies in bits of a pair given by its joint probabilities, X by rows and Y by columns ([cover2006] chapter 2).</summary>
public static class JointEntropy
{
    /// <summary>H(X,Y).</summary>
    public static double Of(double[][] joint)
    {
        ArgumentNullException.ThrowIfNull(joint);
        return joint.Sum(row => ShannonEntropy.Of(row));
    }

    /// <summary>H(X|Y) = sum over y of p(y) H(X | Y=y), each term computed on its own so that nothing cancels.</summary>
    public static double OfRowsGivenColumns(double[][] joint)
    {
        ArgumentNullException.ThrowIfNull(joint);
        double sum = 0;
        for (int y = 0; y < joint[0].Length; y++)
        {
            double[] column = [.. joint.Select(row => row[y])];
            double weight = column.Sum();
            if (weight > 0)
            {
                sum += weight * ShannonEntropy.Of([.. column.Select(p => p / weight)]);
            }
        }

        return sum;
    }

    /// <summary>Why the matrix is no joint distribution, or null.</summary>
    public static string? Problem(double[][] joint)
    {
        ArgumentNullException.ThrowIfNull(joint);
        double sum = joint.Sum(row => row.Sum());
        return joint.Any(row => row.Any(p => !(p >= 0))) ? "a probability is negative"
            : Math.Abs(sum - 1) <= ShannonEntropy.SumTolerance ? null
            : $"the probabilities sum to {Print.Significant(sum, 6)}, not 1";
    }
}
