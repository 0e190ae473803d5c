namespace Headroom.Simulation.Networks;

/// <summary>
/// Loss in bursts after Gilbert and Elliott [gilbert1960]: each directed link is a Markov chain with a good state, which passes every message, and a bad
/// one, which loses every message; it takes one step a message. With mean loss L and mean burst B (messages lost in a row), the bad state ends with
/// probability 1/B and the good one with L / (B (1 - L)); the chain starts in its stationary law.
/// </summary>
public sealed record BurstLoss
{
    /// <summary>Share of the messages lost in the long run, above 0 and at most B/(B+1).</summary>
    public required double Mean { get; init; }

    /// <summary>Messages lost in a row on average, at least 1.</summary>
    public required double BurstMean { get; init; }

    /// <summary>Probability that the good state ends before the next message.</summary>
    public double Onset => Mean / (BurstMean * (1 - Mean));

    /// <summary>Probability that the bad state ends before the next message.</summary>
    public double End => 1 / BurstMean;

    public void Validate()
    {
        if (!(BurstMean >= 1 && double.IsFinite(BurstMean)))
        {
            throw new ArgumentOutOfRangeException(nameof(BurstMean), BurstMean, "a burst is at least one message on average");
        }

        if (!(Mean > 0 && Mean <= BurstMean / (BurstMean + 1)))
        {
            throw new ArgumentOutOfRangeException(nameof(Mean), Mean, $"bursts of {BurstMean} messages, one good message apart at least, lose more than 0 and at most {BurstMean / (BurstMean + 1)}");
        }
    }
}
