namespace Headroom.Consensus.Chain;

/// <summary>What servers of a chain and their registrar say to each other; clients' verbs have larger numbers (<see cref="Replication.ClientVerb"/>).</summary>
internal enum ChainVerb : byte
{
    None,

    /// <summary>To the registrar: incarnation, epoch, number.</summary>
    Heartbeat,

    /// <summary>From the registrar: incarnation, and the number of the heartbeat from whose sending on a session's time may be read.</summary>
    Lease,

    /// <summary>From the registrar: incarnation, epoch, who joins plus one, the chain.</summary>
    Configuration,

    /// <summary>To the registrar: is the epoch still the last? Epoch, number.</summary>
    Confirm,

    /// <summary>It was: epoch, number.</summary>
    Confirmed,

    /// <summary>From the tail to the registrar: who joins has everything. Incarnation, for one that starts again decides alone once more; epoch.</summary>
    CaughtUp,

    /// <summary>Down the chain: epoch, the first one's number, updates.</summary>
    Update,

    /// <summary>Up the chain: epoch, and up to which update all below have it.</summary>
    Acknowledgement,

    /// <summary>Up the chain: updates are missing. Epoch, the last that is there; of who joins 0 for nothing, the state too.</summary>
    Behind,

    /// <summary>From the tail to who joins: epoch, the last update in the state, the state.</summary>
    Copy,

    /// <summary>A client's command, to the head: client, number, command.</summary>
    Command,

    /// <summary>A client's question, to the tail: client, number, question.</summary>
    Question,

    /// <summary>How far is the tail? Epoch, number.</summary>
    Version,

    /// <summary>Epoch, number, the last update that it has applied.</summary>
    VersionAnswer,
}
