namespace Headroom.Lab.Maelstrom.Networks;

/// <summary>How latencies spread around their mean.</summary>
public enum LatencyShape
{
    /// <summary>Always the mean.</summary>
    Constant,

    /// <summary>Uniform from 0 to twice the mean.</summary>
    Uniform,

    /// <summary>Exponential with the mean.</summary>
    Exponential,
}
