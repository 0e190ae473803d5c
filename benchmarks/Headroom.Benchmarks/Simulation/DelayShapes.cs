using Headroom.Kernel.Randomness;

namespace Headroom.Benchmarks.Simulation;

/// <summary>Draws delays, nanoseconds.</summary>
internal static class DelayShapes
{
    public static long[] Draw(DelayShape shape, int count)
    {
        RandomStream random = new Seed(17).Stream();
        var delays = new long[count];
        for (int i = 0; i < count; i++)
        {
            delays[i] = shape switch
            {
                DelayShape.Exponential => (long)random.Exponential(1e6),
                DelayShape.Uniform => random.Below(2_000_000),
                DelayShape.Triangular => random.Below(1_000_000) + random.Below(1_000_000),
                DelayShape.Bimodal => random.Bernoulli(0.9) ? random.Below(100_000) : 10_000_000 + random.Below(100_000),
                DelayShape.Bursty => (i / 500 % 7 * 10_000_000L) + random.Below(100),
                DelayShape.Equal => 0,
                DelayShape.Rounds => 1,
                DelayShape.Far => random.Bernoulli(0.01) ? (long)random.Below(1UL << 40) : random.Below(100_000),
                DelayShape.Timers => random.Bernoulli(0.5) ? 10_000_000_000 : random.Below(100_000),
                DelayShape.Link => 40_000_000 + (long)random.Exponential(5e6),
                _ => throw new ArgumentOutOfRangeException(nameof(shape)),
            };
        }

        return delays;
    }
}
