using Headroom.Consensus.Agreements;

namespace Headroom.Audit.Comparisons.Agreements;

/// <summary>The metrics as rows name them, with units and meanings.</summary>
internal static class AgreementMetrics
{
    public static IReadOnlyList<(AgreementMetric Metric, string Name, string Unit, string Meaning)> All { get; } =
    [
        (AgreementMetric.Messages, "messages", "messages", "messages sent for an operation, clients' own and those that flow anyway (heartbeats, waiting fetches) included; p99 over runs"),
        (AgreementMetric.Bytes, "bytes", "B", "bytes put on the wire for an operation, packet headers included; p99 over runs"),
        (AgreementMetric.Rounds, "rounds", "delays", "message delays in sequence from the client's request to its answer: time over latency of runs apart, where all links are alike and nothing else takes time; p99 pooled over operations"),
        (AgreementMetric.Latency, "latency", "s", "time from when an operation was due until it was answered, infinite in a run where one never is; p99 pooled over the operations of all runs"),
        (AgreementMetric.Answered, "answered", "share", "share of the operations that are answered; 99 % of the runs answer at least p99"),
    ];
}
