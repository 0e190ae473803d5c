namespace Headroom.Lab.Maelstrom;

/// <summary>One payload's way: how many links its origin is from the farthest node, and how long it took to reach every node, or null if the router saw it miss some.</summary>
public readonly record struct PayloadTiming(int EccentricityHops, double? LatencyMs);

/// <summary>
/// How payloads spread over the nodes, as the router saw it: payloads are recognised by their values in bodies, so this says nothing of programs
/// that encode them, abbreviate them, or pass them by another way.
/// </summary>
public sealed record SpreadMeasure
{
    /// <summary>Payloads handed to clients.</summary>
    public required int Payloads { get; init; }

    /// <summary>Of them such as some node has shown in a read.</summary>
    public required int PayloadsShown { get; init; }

    /// <summary>Mean number of nodes that have shown such a payload in a read: what was delivered, at least.</summary>
    public required double MeanMembersReached { get; init; }

    /// <summary>Payload copies in messages between servers: each value in each message.</summary>
    public required long Copies { get; init; }

    /// <summary>The most payloads in one message between servers; above 1 is batching.</summary>
    public required int PayloadsPerMessageMax { get; init; }

    /// <summary>Messages from node to node that are not neighbours in the offered topology.</summary>
    public required long OffTopology { get; init; }

    /// <summary>Messages with a service that held a payload.</summary>
    public required long ThroughServices { get; init; }

    /// <summary>One a payload whose way was followed, in order of its broadcast. Eccentricities are those of the offered topology, or 1 where messages left it or went by services.</summary>
    public required IReadOnlyList<PayloadTiming> Timings { get; init; }
}
