using Headroom.Kernel.Findings;

namespace Headroom.Dissemination.Broadcasts;

/// <summary>Arithmetic on cases.</summary>
internal static class TheoryCases
{
    /// <summary>Runs in which somebody is missed never end: with more of them than this on average, the mean time is infinite.</summary>
    private const double MissedMax = 0.01;

    public static CostCases Times(in CostCases cases, double factor) => new(cases.Best * factor, cases.Average * factor, cases.Worst * factor, cases.IsExact);

    public static double IfAllReached(double value, double expectedMissing) => expectedMissing > MissedMax ? double.PositiveInfinity : value;
}
