namespace Headroom.Dissemination.Broadcasts;

/// <summary>What a series of broadcasts did, and what it took until the members had settled.</summary>
public sealed record SeriesOutcome
{
    public required int Members { get; init; }

    public required long SettlingMessages { get; init; }

    /// <summary>Bytes put on the wire while settling, headers included.</summary>
    public required long SettlingBytes { get; init; }

    public required long SettlingEvents { get; init; }

    /// <summary>Events of the simulator, those of settling among them.</summary>
    public required long Events { get; init; }

    /// <summary>Simulated time from the start to the last event.</summary>
    public required long SimulatedNs { get; init; }

    public required IReadOnlyList<SeriesBroadcast> Broadcasts { get; init; }
}
