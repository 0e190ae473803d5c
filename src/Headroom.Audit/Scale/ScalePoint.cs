namespace Headroom.Audit.Scale;

/// <summary>One size of a protocol, as it was kept: means over the broadcasts after the first.</summary>
public sealed record ScalePoint
{
    public required string Protocol { get; init; }

    public required string Topology { get; init; }

    public required double Members { get; init; }

    /// <summary>Of this machine, for the whole run.</summary>
    public required double Seconds { get; init; }

    public required double ProcessorSeconds { get; init; }

    public required double MemoryBytesPerMember { get; init; }

    /// <summary>Of processor time.</summary>
    public required double EventsPerSecond { get; init; }

    public required double MessagesPerMember { get; init; }

    public required double PayloadsPerMember { get; init; }

    public required double WireBytesPerMember { get; init; }

    public required double ShareDelivered { get; init; }

    public required double Hops { get; init; }

    public required double P99Seconds { get; init; }

    public required double LastSeconds { get; init; }
}
