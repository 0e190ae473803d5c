using Headroom.Dissemination.Broadcasts;

namespace Headroom.Audit.Scale;

/// <summary>What a large run did, and what it took of this machine.</summary>
public sealed record ScaleMeasurement
{
    public required ScaleOptions Options { get; init; }

    public required string Command { get; init; }

    public required SeriesOutcome Outcome { get; init; }

    /// <summary>Making the topology.</summary>
    public required double LinksSeconds { get; init; }

    /// <summary>Making the members, and until they had settled.</summary>
    public required double SettlingSeconds { get; init; }

    public required double BroadcastSeconds { get; init; }

    /// <summary>What the process used of the processors, all of them together: what does not depend on who else uses them.</summary>
    public required double ProcessorSeconds { get; init; }

    /// <summary>Memory of the process before anything was made, and the most it had; zero where the system does not tell.</summary>
    public required long BytesBefore { get; init; }

    public required long BytesPeak { get; init; }

    public double Seconds => LinksSeconds + SettlingSeconds + BroadcastSeconds;

    public double BytesPerMember => (double)(BytesPeak - BytesBefore) / Options.Members;

    public double EventsPerSecond => Outcome.Events / Math.Max(1e-9, ProcessorSeconds);

    /// <summary>The broadcasts that stand for all: the first may build a tree, so it is left out where others follow.</summary>
    public IReadOnlyList<SeriesBroadcast> Typical => Outcome.Broadcasts.Count > 1 ? [.. Outcome.Broadcasts.Skip(1)] : Outcome.Broadcasts;
}
