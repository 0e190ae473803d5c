using Headroom.Kernel.Findings;

namespace Headroom.Lab.Clocks;

/// <summary>A clock's uncertainty, plus or minus, or the reason why there is none.</summary>
public sealed record KernelClockReading
{
    /// <summary>Null where <see cref="Reason"/> says why.</summary>
    public Estimate? UncertaintyNs { get; init; }

    public string? Reason { get; init; }

    /// <summary>The kernel's bound on the error, in microseconds; it grows by 500 ppm between corrections, up to 16 s.</summary>
    public long? MostUs { get; init; }

    /// <summary>The kernel's estimate of the error, in microseconds.</summary>
    public long? EstimatedUs { get; init; }

    internal static KernelClockReading Absent(string reason) => new() { Reason = reason };
}
