namespace Headroom.Consensus.Paxos;

/// <summary>What a read rests on.</summary>
public enum PaxosReads
{
    /// <summary>It takes a slot of its own.</summary>
    Log,

    /// <summary>A round of heartbeats that began after it: n - max(q1, q2) + 1 servers, the leader among them, still follow the leader's ballot.</summary>
    Round,

    /// <summary>A lease: n - q1 + 1 servers promise no other ballot for an election time after they answered. Clocks must run alike; without a lease, a round.</summary>
    Lease,
}
