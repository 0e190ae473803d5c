using Headroom.Kernel.Arithmetic;
using Headroom.Kernel.Randomness;

namespace Headroom.Simulation.Networks;

/// <summary>The shape of what a link adds to its minimum latency.</summary>
public enum JitterShape
{
    /// <summary>Uniform on [0, 2 mean].</summary>
    Uniform,

    Exponential,

    /// <summary>The exponential of a normal variable: a long tail, as paths over many queues have it. See <see cref="Jitter.LogNormal"/>.</summary>
    LogNormal,

    /// <summary>Drawn from observed values. See <see cref="Jitter.Empirical"/>.</summary>
    Empirical,
}

/// <summary>A nonnegative delay on top of the minimum latency, with the given mean.</summary>
public readonly record struct Jitter(JitterShape Shape, long MeanNs)
{
    /// <summary>No drawn delay is longer (18 years): rarer than 1 in 10^14 for a log-normal mean of a second and sigma 3.</summary>
    public const long DelayNsMax = 1L << 59;

    /// <summary>A log-normal shape with a larger sigma has no mean that runs of this size would see.</summary>
    public const double SigmaMax = 3;

    public static Jitter None => default;

    /// <summary>Standard deviation of the logarithm; 0 for the other shapes.</summary>
    public double Sigma { get; private init; }

    /// <summary>The values of the empirical shape; null for the others.</summary>
    public DelayTable? Table { get; private init; }

    /// <summary>The median of the log-normal shape.</summary>
    private double MedianNs { get; init; }

    /// <summary>exp(mu + sigma Z) with mu = ln(mean) - sigma^2 / 2, so that the mean is the given one: 0 &lt; sigma &lt;= <see cref="SigmaMax"/>.</summary>
    public static Jitter LogNormal(long meanNs, double sigma)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(meanNs);
        if (!(sigma is > 0 and <= SigmaMax))
        {
            throw new ArgumentOutOfRangeException(nameof(sigma), sigma, $"sigma is above 0 and at most {SigmaMax}");
        }

        return new Jitter(JitterShape.LogNormal, meanNs) { Sigma = sigma, MedianNs = meanNs * Elementary.Exp(-0.5 * sigma * sigma) };
    }

    /// <summary>Every value of the table equally likely.</summary>
    public static Jitter Empirical(DelayTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        return new Jitter(JitterShape.Empirical, table.MeanNs) { Table = table };
    }

    /// <summary>True when nothing is ever added, and nothing drawn.</summary>
    public bool IsNone => MeanNs == 0 && Table is null;

    public long Draw(ref RandomStream random) => IsNone ? 0 : Of(random.NextUInt64());

    /// <summary>
    /// The delay of 64 uniform bits: exponential by <see cref="StandardExponential"/>, uniform and empirical by multiplication (each value's probability
    /// to within 2^-64), log-normal from a stream that starts from the bits.
    /// </summary>
    public long Of(ulong bits) => Shape == JitterShape.Exponential ? (long)(MeanNs * StandardExponential.Of(bits)) : OtherThanExponential(bits);

    private long OtherThanExponential(ulong bits)
    {
        if (IsNone)
        {
            return 0;
        }

        switch (Shape)
        {
            case JitterShape.Uniform:
                return (long)Math.BigMul(bits, (2 * (ulong)MeanNs) + 1, out _);
            case JitterShape.LogNormal:
                RandomStream random = new Seed(bits).Stream();
                return (long)Math.Floor(Math.Min(DelayNsMax, MedianNs * Elementary.Exp(Sigma * random.Normal())));
            default:
                return Table![(int)Math.BigMul(bits, (ulong)Table.Count, out _)];
        }
    }

    /// <summary>The most it can be; null where there is no most.</summary>
    public long? MaxNs => IsNone ? 0 : Shape switch
    {
        JitterShape.Uniform => 2 * MeanNs,
        JitterShape.Empirical => Table!.MaxNs,
        _ => null,
    };

    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(MeanNs, nameof(Jitter));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MeanNs, DelayNsMax / 64, nameof(Jitter));
        if (Shape == JitterShape.LogNormal && Sigma == 0 && MeanNs > 0)
        {
            throw new ArgumentException("a log-normal jitter is made by Jitter.LogNormal, with its sigma", nameof(Jitter));
        }

        if (Shape == JitterShape.Empirical && Table is null && MeanNs > 0)
        {
            throw new ArgumentException("an empirical jitter is made by Jitter.Empirical, with its values", nameof(Jitter));
        }
    }
}
