namespace Headroom.Consensus.Paxos;

/// <summary>What a server holds of one slot.</summary>
internal struct PaxosSlot
{
    /// <summary>Under which it was accepted; the value may have been learned since.</summary>
    public Ballot Ballot;

    /// <summary>Null where nothing was accepted or learned; empty for nothing to be done.</summary>
    public byte[]? Value;

    public bool IsChosen;

    /// <summary>At the leader: who holds it.</summary>
    public ulong AcceptedBy;

    /// <summary>At the leader: when it was sent last.</summary>
    public long SentNs;
}
