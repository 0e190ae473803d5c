namespace Headroom.Consensus.InSync.Messages;

/// <summary>The first byte of every message; Raft's members and clients use smaller ones.</summary>
internal enum InSyncVerb : byte
{
    Fetch = 64,
    FetchAnswer,
    EpochQuestion,
    EpochAnswer,
    Produce,
    ProduceAnswer,
    Heartbeat,
    State,
    Proposal,
    ProposalRefused,
}
