using Headroom.Consensus.Torture;
using Headroom.Kernel.Statistics;

namespace Headroom.Consensus.Watch;

/// <summary>What a run gave. Bytes are those of messages, without headers of packets.</summary>
public sealed record WatchResult
{
    public required WatchMeter Meter { get; init; }

    public required int Updates { get; init; }

    /// <summary>Updates times watchers, of those that are to know each: the pairs that any way must serve.</summary>
    public required long Deliveries { get; init; }

    /// <summary>Bytes of every delivery as a whole object, a message each.</summary>
    public required long OriginalBytes { get; init; }

    public required int Relays { get; init; }

    /// <summary>Of the store's own children.</summary>
    public required int Groups { get; init; }

    /// <summary>Watchers that learned anything.</summary>
    public required int WatchersNotified { get; init; }

    /// <summary>Messages between the store's members: 2 (n - 1) an entry.</summary>
    public required long ConsensusMessages { get; init; }

    /// <summary>Ascending, from each update to the moment at which each interested watcher knew it, in ns.</summary>
    public required IReadOnlyList<double> LatenciesNs { get; init; }

    /// <summary>Watchers that ended with another state than the store's of something that interests them.</summary>
    public required int Differing { get; init; }

    /// <summary>What a floor needs, kind by kind.</summary>
    public required IReadOnlyList<WatchLearning> Learning { get; init; }

    /// <summary>What did not hold of all that watchers took in, one a check; empty too where nothing was checked.</summary>
    public required IReadOnlyList<Violation> Violations { get; init; }

    /// <summary>Every watcher ended with the store's state, whether it was told of each change or of some by a list, and nothing that was checked did not hold.</summary>
    public bool HasConverged => Differing == 0 && Violations.Count == 0;

    /// <summary>Every interested watcher learned every change once and ended with the store's state.</summary>
    public bool IsWhole => Differing == 0 && LatenciesNs.Count == Deliveries;

    /// <summary>Bytes sent, relays' among them, for each original byte.</summary>
    public double Ratio => OriginalBytes == 0 ? 0 : Meter.SentBytes / (double)OriginalBytes;

    /// <summary>A quantile of the latency in ms; null where nobody learned anything.</summary>
    public double? LatencyMs(double quantile) => LatenciesNs.Count == 0 ? null : Quantiles.OfSorted([.. LatenciesNs], quantile) / 1e6;

    /// <summary>Mean latency in ms; null where nobody learned anything.</summary>
    public double? MeanLatencyMs => LatenciesNs.Count == 0 ? null : LatenciesNs.Average() / 1e6;
}
