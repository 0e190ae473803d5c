namespace Headroom.Kernel.Findings;

/// <summary>
/// What theory says of one metric: best, average and worst case (bytes in bytes, latency in seconds, delivered as a share), and whether the
/// average is exact for the setting rather than asymptotic. A case nobody can state is infinite.
/// Of rounds, hops and latency the best case is that of a run that reaches every live member: one that dies at once is not fast.
/// </summary>
public readonly record struct CostCases(double Best, double Average, double Worst, bool IsExact = false)
{
    public static CostCases Exactly(double value) => new(value, value, value, true);
}
