namespace Headroom.Dissemination.Protocols;

/// <summary>A cost as formulas in n (members), E (edges), f (fan-out), d (degree), p (probability): best, average and worst case.</summary>
public sealed record Complexity(string Best, string Average, string Worst);

/// <summary>What is known of a protocol: what a broadcast costs, what it promises, what it withstands, what limits it, and who says so.</summary>
public sealed record Protocol
{
    public required string Name { get; init; }

    public required string Summary { get; init; }

    /// <summary>Payload copies a broadcast.</summary>
    public required Complexity Messages { get; init; }

    public required Complexity Rounds { get; init; }

    /// <summary>Bytes a broadcast, with b bytes a payload message and c bytes a control message on the wire.</summary>
    public required Complexity Bytes { get; init; }

    /// <summary>Where the average time until everybody has it comes from, how near runs are to it, and where nothing is said and why.</summary>
    public required string Latency { get; init; }

    public required string Guarantee { get; init; }

    /// <summary>What holds between broadcasts.</summary>
    public string Consistency { get; init; } = "each broadcast by itself: delivered at most once while it is remembered, in no order with others";

    public required string FaultModel { get; init; }

    public required string ScaleLimit { get; init; }

    /// <summary>A key of references.md and the place within that source.</summary>
    public required Kernel.Bounds.Citation Citation { get; init; }
}
