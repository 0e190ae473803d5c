using System.Runtime.CompilerServices;
using Headroom.Kernel.Arithmetic;

namespace Headroom.Kernel.Randomness;

/// <summary>
/// Exponential variates of mean 1 by inversion, for draws by the hundred million: -ln u, where u = (k + 1) 2^-53 and k is the high 53 bits. With
/// k + 1 = m 2^e, m in [1, 2), and c the largest multiple of 2^-8 up to m: -ln u = (53 - e) ln 2 - ln c - ln(1 + r), r = m/c - 1 &lt; 2^-8, and six
/// terms of the series of ln(1 + r) leave less than 2^-58. Absolute error at most 2^-46 at the far end of the range (36.8), 2^-49 below 5; bit for
/// bit equal on every machine, since it adds and multiplies only.
/// </summary>
public static class StandardExponential
{
    private const int TableBits = 8;
    private const double Ln2 = 0.6931471805599453;

    // Each cell: 1 / c, then ln c.
    private static readonly double[] Cells = MakeCells();

    /// <summary>The variate of 64 uniform bits, of which the low eleven are not looked at: at least 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Of(ulong bits)
    {
        long integer = (long)(bits >> 11) + 1;
        long pattern = BitConverter.DoubleToInt64Bits(integer);
        int halvings = 53 + 1023 - (int)(pattern >> 52);
        int cell = (int)(pattern >> (52 - TableBits)) & ((1 << TableBits) - 1);
        double m = BitConverter.Int64BitsToDouble((pattern & 0xFFFFFFFFFFFFFL) | 0x3FF0000000000000L);
        double r = (m * Cells[2 * cell]) - 1;
        double square = r * r;
        double low = r - (square * (0.5 - (r * (1.0 / 3))));
        double high = square * square * (0.25 - (r * 0.2) + (square * (1.0 / 6)));
        double variate = (halvings * Ln2) - (Cells[(2 * cell) + 1] + (low - high));
        return variate > 0 ? variate : 0;
    }

    private static double[] MakeCells()
    {
        var cells = new double[2 << TableBits];
        for (int i = 0; i < 1 << TableBits; i++)
        {
            double c = 1 + (i * (1.0 / (1 << TableBits)));
            cells[2 * i] = 1 / c;
            cells[(2 * i) + 1] = Elementary.Log(c);
        }

        return cells;
    }
}
