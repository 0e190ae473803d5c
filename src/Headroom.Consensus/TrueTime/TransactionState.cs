namespace Headroom.Consensus.TrueTime;

/// <summary>What a leader knows of a transaction that is not over.</summary>
internal sealed class TransactionState(long number, long nowNs)
{
    public long Number { get; } = number;

    /// <summary>When the leader first heard of it, by its clock.</summary>
    public long BegunNs { get; } = nowNs;

    /// <summary>The client to tell, at the coordinator.</summary>
    public int Owner { get; set; } = -1;

    /// <summary>The group that decides, at a participant; -1 where votes came before the client's request.</summary>
    public int Coordinator { get; set; } = -1;

    /// <summary>That group's term in which the transaction read from it: no leader of another decides, but for who finds it decided.</summary>
    public long CoordinatorTerm { get; set; }

    public bool IsCoordinator { get; set; }

    public List<int> Keys { get; } = [];

    /// <summary>The other groups.</summary>
    public List<int> Participants { get; } = [];

    /// <summary>Groups that have voted.</summary>
    public List<int> Voters { get; } = [];

    /// <summary>Its keys are held here.</summary>
    public bool IsPrepared { get; set; }

    /// <summary>The prepare record counts: the group has voted.</summary>
    public bool HasVoted { get; set; }

    public long VotedNs { get; set; }

    public int VotedTo { get; set; }

    /// <summary>Times that the vote went where it was sent, since it was last given anew.</summary>
    public int Redirects { get; set; }

    /// <summary>The group has heard the outcome.</summary>
    public bool IsEnding { get; set; }

    public bool IsRefused { get; set; }

    /// <summary>The greatest prepare timestamp of the participants; at one of them its own.</summary>
    public long PrepareNs { get; set; }

    /// <summary>The clock's interval when the request to commit came in.</summary>
    public ClockInterval Arrival { get; set; }

    public long ArrivalLocalNs { get; set; }

    /// <summary>When the oracle was last asked for the timestamp; null for not yet.</summary>
    public long? AskedNs { get; set; }

    public long TimestampNs { get; set; }

    public bool IsReplicated { get; set; }

    public long ReplicatedNs { get; set; }

    public bool IsWaitOver { get; set; }

    public long WaitOverNs { get; set; }

    public override string ToString() => $"transaction {Number}, heard of at {BegunNs / 1e9:0.000} s, "
        + (IsCoordinator ? $"coordinated here, {(TimestampNs == 0 ? "undecided" : $"committing at {TimestampNs}, {(IsReplicated ? "" : "not ")}replicated")}, votes of {string.Join(", ", Voters)} for {string.Join(", ", Participants)}"
            : Coordinator < 0 ? "voted for by others, and not asked for by its client"
            : $"coordinated by group {Coordinator}, {(HasVoted ? $"voted for, last at {VotedNs / 1e9:0.000} s" : "not voted for")}{(IsEnding ? ", ending" : "")}");
}
