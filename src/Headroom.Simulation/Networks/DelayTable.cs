namespace Headroom.Simulation.Networks;

/// <summary>Delays as they were observed, in nanoseconds: an empirical distribution that is drawn from uniformly, value by value.</summary>
public sealed class DelayTable
{
    private readonly long[] _valuesNs;

    /// <param name="valuesNs">At least one, each from 0 to <see cref="Jitter.DelayNsMax"/>.</param>
    public DelayTable(params ReadOnlySpan<long> valuesNs)
    {
        ArgumentOutOfRangeException.ThrowIfZero(valuesNs.Length, nameof(valuesNs));
        double sum = 0;
        foreach (long value in valuesNs)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value, nameof(valuesNs));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, Jitter.DelayNsMax, nameof(valuesNs));
            MaxNs = Math.Max(MaxNs, value);
            sum += value;
        }

        _valuesNs = valuesNs.ToArray();
        MeanNs = (long)Math.Round(sum / valuesNs.Length);
    }

    public int Count => _valuesNs.Length;

    public long this[int i] => _valuesNs[i];

    /// <summary>Rounded to a nanosecond.</summary>
    public long MeanNs { get; }

    public long MaxNs { get; }
}
