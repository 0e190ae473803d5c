namespace Headroom.Consensus.Replication;

/// <summary>The first byte of what clients and members say to each other; members among themselves use kinds of message of their own, with smaller numbers.</summary>
internal enum ClientVerb : byte
{
    /// <summary>The request's number; the command.</summary>
    Command = 32,

    /// <summary>The request's number; the question.</summary>
    Question,

    /// <summary>The request's number, the status, then the answer, or the leader's number.</summary>
    Answer,

    /// <summary>The request's number, the voters, the learners, the transition.</summary>
    Reconfigure,

    /// <summary>The request's number and whom to hand over to.</summary>
    Transfer,
}
