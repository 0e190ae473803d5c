namespace Headroom.Dissemination.Protocols;

/// <summary>What a broadcast is measured by, each per broadcast.</summary>
public enum BroadcastMetric
{
    /// <summary>Payload copies sent.</summary>
    Payloads,

    /// <summary>Messages sent, with or without a payload.</summary>
    Messages,

    /// <summary>Bytes put on the wire, headers included.</summary>
    Bytes,

    /// <summary>Synchronous periods until the last member that delivers.</summary>
    Rounds,

    /// <summary>The longest path that the payload takes.</summary>
    Hops,

    /// <summary>Seconds until every live member has delivered; infinite where one never does.</summary>
    Latency,

    /// <summary>Share of the live members besides the origin that deliver.</summary>
    Delivered,
}
