using Headroom.Kernel.Arithmetic;

namespace Headroom.Queueing.Service;

/// <summary>Partial moments of the unit exponential, as shares of the whole: P(Erlang-2 at most y) and P(Erlang-3 at most y).</summary>
internal static class Phase
{
    public static double First(double y) => y <= 0 ? 0 : y < 0.1 ? Series(y, 2) : 1 - ((1 + y) * Elementary.Exp(-y));

    public static double Second(double y) => y <= 0 ? 0 : y < 0.1 ? Series(y, 3) : 1 - ((1 + (y * (1 + (0.5 * y)))) * Elementary.Exp(-y));

    /// <summary>P(Erlang-k at most y) = e^-y sum over n >= k of y^n/n!: no cancellation for small y.</summary>
    private static double Series(double y, int k)
    {
        double term = k == 2 ? y * y / 2 : y * y * y / 6;
        double sum = 0;
        for (int n = k; n < k + 12; n++)
        {
            sum += term;
            term *= y / (n + 1);
        }

        return sum * Elementary.Exp(-y);
    }
}
