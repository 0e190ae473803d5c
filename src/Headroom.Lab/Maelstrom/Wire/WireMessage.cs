namespace Headroom.Lab.Maelstrom.Wire;

/// <summary>One message on its way: its ends, its body as the bytes that were printed, and what the router wants to know of it.</summary>
internal sealed class WireMessage
{
    public required Address From { get; init; }

    public required Address To { get; init; }

    public required ReadOnlyMemory<byte> Body { get; init; }

    public string Type { get; init; } = "";

    public long? InReplyTo { get; init; }

    public long? MessageId { get; init; }

    /// <summary>Numbers of the tracked payloads that stand in the body, once for each time.</summary>
    public int[] Payloads { get; init; } = [];

    /// <summary>When the line was whole.</summary>
    public long AtNs { get; set; }

    public long Id { get; set; }

    /// <summary>What it holds of the budget of memory.</summary>
    public int Weight => Body.Length + 200;
}
