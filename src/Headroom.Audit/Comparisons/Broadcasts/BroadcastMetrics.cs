using Headroom.Dissemination.Protocols;

namespace Headroom.Audit.Comparisons.Broadcasts;

/// <summary>The metrics as rows name them, with units and meanings.</summary>
internal static class BroadcastMetrics
{
    public static IReadOnlyList<(BroadcastMetric Metric, string Name, string Unit, string Meaning)> All { get; } =
    [
        (BroadcastMetric.Payloads, "payloads", "copies", "payload copies sent; p99 over runs"),
        (BroadcastMetric.Messages, "messages", "messages", "messages of any kind sent; p99 over runs"),
        (BroadcastMetric.Bytes, "bytes", "B", "bytes put on the wire, packet headers included; p99 over runs"),
        (BroadcastMetric.Rounds, "rounds", "rounds", "synchronous rounds until the last member that delivers; p99 over runs"),
        (BroadcastMetric.Hops, "hops", "hops", "links that the payload crossed to the deepest member it reached; p99 pooled over the live members of all runs, infinite for one never reached"),
        (BroadcastMetric.Latency, "latency", "s", "time until every live member has it, infinite in a run where one never gets it; p99 pooled over the live members of all runs"),
        (BroadcastMetric.Delivered, "delivered", "share", "share of the live members besides the origin that get it; 99 % of the runs deliver at least p99"),
    ];
}
