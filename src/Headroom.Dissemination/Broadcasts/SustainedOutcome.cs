namespace Headroom.Dissemination.Broadcasts;

/// <summary>What many broadcasts at a steady rate did, in the order in which they began.</summary>
public sealed record SustainedOutcome
{
    /// <summary>From so many broadcasts on, the last delivery of each tells growth too; of fewer it is too noisy.</summary>
    private const int ManyBroadcasts = 100;

    public required long IntervalNs { get; init; }

    /// <summary>When each was last delivered, from its own beginning.</summary>
    public required IReadOnlyList<long> LastDeliveryNs { get; init; }

    /// <summary>When each was delivered on average over the members it reached, from its own beginning.</summary>
    public required IReadOnlyList<double> MeanDeliveryNs { get; init; }

    /// <summary>Members that each reached, the origin among them.</summary>
    public required IReadOnlyList<int> Deliveries { get; init; }

    /// <summary>Bytes on the line that carried most, one way, for all broadcasts.</summary>
    public required long BusiestLineBytes { get; init; }

    /// <summary>Messages that each member took in, for all broadcasts.</summary>
    public IReadOnlyList<int> ReceivedMessages { get; init; } = [];

    /// <summary>Whether the busiest line is one that sends, not one that takes in.</summary>
    public bool IsBusiestSending { get; init; }

    /// <summary>
    /// How much later each broadcast is delivered than the one before it, over the interval between them: 0 while lines keep up, and S r - 1 where every
    /// delivery waits for a line that is busy for S with each broadcast and they come at the rate r. From the medians of the second and the last quarter: of
    /// the mean delivery and, where one line of many may fall behind, of the last; the larger counts.
    /// </summary>
    public double Growth()
    {
        int count = MeanDeliveryNs.Count;
        if (count < 8)
        {
            throw new InvalidOperationException($"growth is told from at least 8 broadcasts; there are {count}");
        }

        double ofMeans = Slope(MeanDeliveryNs) / IntervalNs;
        return count < ManyBroadcasts ? ofMeans : Math.Max(ofMeans, Slope([.. LastDeliveryNs.Select(ns => (double)ns)]) / IntervalNs);
    }

    private static double Slope(IReadOnlyList<double> values)
    {
        int quarter = values.Count / 4;
        return (Median(values, values.Count - quarter, quarter) - Median(values, quarter, quarter)) / (values.Count - (2 * quarter));
    }

    private static double Median(IReadOnlyList<double> values, int start, int count)
    {
        double[] window = [.. values.Skip(start).Take(count)];
        Array.Sort(window);
        return (window[(count - 1) / 2] + window[count / 2]) / 2;
    }
}
