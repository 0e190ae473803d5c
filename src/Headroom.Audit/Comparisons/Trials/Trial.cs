namespace Headroom.Audit.Comparisons.Trials;

/// <summary>What one trial gave.</summary>
public sealed record Trial
{
    /// <summary>One number for each name; infinite for what never happened.</summary>
    public required IReadOnlyList<(string Name, double Value)> Values { get; init; }

    /// <summary>Many numbers for each name (one a delivery), to be pooled over trials; at least 0, infinite for what never happened.</summary>
    public IReadOnlyList<(string Name, double[] Values)> Pooled { get; init; } = [];

    /// <summary>A curve to draw, of the first trial only.</summary>
    public IReadOnlyList<(double X, double Y)> Curve { get; init; } = [];
}
