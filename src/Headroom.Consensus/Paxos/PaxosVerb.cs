namespace Headroom.Consensus.Paxos;

/// <summary>What servers of a Multi-Paxos group say to each other; clients' verbs have larger numbers (<see cref="Replication.ClientVerb"/>).</summary>
internal enum PaxosVerb : byte
{
    None,

    /// <summary>Would you promise? Changes nothing: who cannot win disturbs nobody. The attempt's number.</summary>
    Probe,

    /// <summary>The attempt, and the promise so far.</summary>
    ProbeAnswer,

    /// <summary>Phase 1 for all slots from one on: ballot, slot.</summary>
    Prepare,

    /// <summary>Ballot; the slot asked from; what the server knows to be chosen, and has dropped; where the next page begins (0 for the last); what it accepted.</summary>
    Promise,

    /// <summary>Phase 2 for slots that follow one another: ballot, commit index, first slot, values.</summary>
    Accept,

    /// <summary>Ballot, first slot, number of slots.</summary>
    Accepted,

    /// <summary>A larger ballot was promised: this.</summary>
    Refused,

    /// <summary>Ballot, commit index, round.</summary>
    Heartbeat,

    /// <summary>Ballot, round.</summary>
    HeartbeatAnswer,

    /// <summary>Who lags asks for chosen slots: the first of them.</summary>
    Ask,

    /// <summary>First slot, values.</summary>
    Chosen,

    /// <summary>The last slot that it covers, the state.</summary>
    Snapshot,
}
