namespace Headroom.Consensus.Agreements;

/// <summary>What agreement is measured by, reads and writes apart.</summary>
public enum AgreementMetric
{
    /// <summary>Messages sent for an operation, the client's own and those that flow anyway included.</summary>
    Messages,

    /// <summary>Bytes put on the wire for an operation, headers included.</summary>
    Bytes,

    /// <summary>Message delays in sequence from the client's request to its answer.</summary>
    Rounds,

    /// <summary>Seconds from when an operation was due until it was answered; infinite where it never is.</summary>
    Latency,

    /// <summary>Share of the operations that are answered.</summary>
    Answered,
}
