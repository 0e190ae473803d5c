namespace Headroom.Consensus.TrueTime;

/// <summary>What a leader knows of a transaction that is not over.</summary>
internal sealed class TransactionState(long number)
{
    public long Number { get; } = number;

    /// <summary>Whom to tell: the client at the coordinator, the coordinator at a participant.</summary>
    public int Owner { get; set; } = -1;

    public bool IsCoordinator { get; set; }

    public List<int> Keys { get; } = [];

    public List<int> Participants { get; } = [];

    /// <summary>Its keys are locked here.</summary>
    public bool IsPrepared { get; set; }

    public bool IsRefused { get; set; }

    public int Votes { get; set; }

    /// <summary>The greatest prepare timestamp of the participants.</summary>
    public long PrepareNs { get; set; }

    /// <summary>The clock's interval when the request to commit came in.</summary>
    public ClockInterval Arrival { get; set; }

    public long ArrivalLocalNs { get; set; }

    public long TimestampNs { get; set; }

    public bool IsReplicated { get; set; }

    public long ReplicatedNs { get; set; }

    public bool IsWaitOver { get; set; }

    public long WaitOverNs { get; set; }
}
