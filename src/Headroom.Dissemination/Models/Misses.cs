using Headroom.Kernel.Arithmetic;

namespace Headroom.Dissemination.Models;

/// <summary>What copies sent to random members leave out.</summary>
internal static class Misses
{
    /// <summary>
    /// The probability that a member is hit by none of so many copies, each hitting it with the given probability: (1 - p)^m, between whole numbers of copies that of
    /// the lesser and of one more with the remaining probability.
    /// </summary>
    public static double All(double copies, double each)
    {
        double whole = Math.Floor(copies);
        double hits = Math.Min(1, each);
        return (whole > 0 ? Elementary.Exp(whole * Elementary.Log1P(-Math.Min(1 - 1e-15, hits))) : 1) * (1 - ((copies - whole) * hits));
    }
}
