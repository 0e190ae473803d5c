namespace Headroom.Kernel.Bounds;

/// <summary>Which side of a bound legal values lie on.</summary>
public enum Side
{
    /// <summary>No legal value lies below it (a cost).</summary>
    Floor,

    /// <summary>No legal value lies above it (a rate).</summary>
    Ceiling,
}
