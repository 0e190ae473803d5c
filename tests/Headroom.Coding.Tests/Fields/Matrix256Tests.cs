using Headroom.Coding.Fields;
using Headroom.Kernel.Randomness;

namespace Headroom.Coding.Tests.Fields;

public sealed class Matrix256Tests
{
    [Fact]
    public void AMatrixTimesItsInverseIsTheIdentity()
    {
        RandomStream random = new Seed(1).Named("matrices").Stream();
        int inverted = 0;
        for (int trial = 0; trial < 200; trial++)
        {
            int size = 1 + random.Below(12);
            var matrix = Random(size, size, ref random);
            if (matrix.TryInvert(out Matrix256? inverse))
            {
                inverted++;
                Same(matrix.Multiply(inverse), Matrix256.Identity(size)).ShouldBeTrue();
                Same(inverse.Multiply(matrix), Matrix256.Identity(size)).ShouldBeTrue();
            }
            else
            {
                matrix.Rank().ShouldBeLessThan(size);
            }
        }

        // A random square matrix over GF(256) is regular with probability about 0.996.
        inverted.ShouldBeGreaterThan(190);
    }

    [Fact]
    public void ASingularMatrixHasNoInverse()
    {
        var twice = new Matrix256(3, 3, (i, j) => i == 2 ? (byte)(j + 1) : i == 0 ? (byte)(j + 1) : (byte)(7 * j));
        twice.TryInvert(out _).ShouldBeFalse();
        twice.Rank().ShouldBe(2);
        Should.Throw<InvalidOperationException>(() => new Matrix256(2, 3, (_, _) => 1).TryInvert(out _));
    }

    [Fact]
    public void ARowInTheSpanIsExpressedByTheRowsTakenIn()
    {
        RandomStream random = new Seed(2).Named("spans").Stream();
        for (int trial = 0; trial < 200; trial++)
        {
            var matrix = Random(1 + random.Below(6), 8, ref random);
            var span = new RowSpan256(8);
            int[] taken = [.. Enumerable.Range(0, matrix.Rows).Where(i => span.Add(matrix.Row(i)))];
            var mix = Random(1, matrix.Rows, ref random).Multiply(matrix);
            span.TryExpress(mix.Row(0), out byte[]? coefficients).ShouldBeTrue();
            var back = new Matrix256(1, taken.Length, (_, j) => coefficients![j]).Multiply(matrix.Select(taken));
            Same(back, mix).ShouldBeTrue();
        }
    }

    private static Matrix256 Random(int rows, int columns, ref RandomStream random)
    {
        byte[,] entries = new byte[rows, columns];
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                entries[i, j] = (byte)random.Below(256);
            }
        }

        return new Matrix256(rows, columns, (i, j) => entries[i, j]);
    }

    private static bool Same(Matrix256 a, Matrix256 b) =>
        a.Rows == b.Rows && Enumerable.Range(0, a.Rows).All(i => a.Row(i).SequenceEqual(b.Row(i)));
}
