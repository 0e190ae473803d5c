using Headroom.Kernel.Randomness;

namespace Headroom.Simulation.Networks;

/// <summary>The shape of what a link adds to its minimum latency.</summary>
public enum JitterShape
{
    /// <summary>Uniform on [0, 2 mean].</summary>
    Uniform,

    Exponential,
}

/// <summary>A nonnegative delay on top of the minimum latency, with the given mean.</summary>
public readonly record struct Jitter(JitterShape Shape, long MeanNs)
{
    public static Jitter None => default;

    public long Draw(ref RandomStream random) => MeanNs == 0 ? 0
        : Shape == JitterShape.Uniform ? (long)random.Below((2 * (ulong)MeanNs) + 1)
        : (long)Math.Floor(random.Exponential(MeanNs));

    /// <summary>The most it can be; null where there is no most.</summary>
    public long? MaxNs => MeanNs == 0 ? 0 : Shape == JitterShape.Uniform ? 2 * MeanNs : null;
}
