using Headroom.Consensus.Replication;

namespace Headroom.Consensus.Paxos;

/// <summary>How a group runs Multi-Paxos with flexible quorums [howard2016]. Servers are members 0 to n-1 of the host, clients follow.</summary>
public sealed record PaxosOptions
{
    public const int ServersMax = 63;

    public required int Servers { get; init; }

    /// <summary>Servers that promise before a leader begins (q1); a majority if null.</summary>
    public int? Phase1Quorum { get; init; }

    /// <summary>Servers that accept before a value is chosen (q2); a majority if null.</summary>
    public int? Phase2Quorum { get; init; }

    public required Func<IStateMachine> Machine { get; init; }

    public long HeartbeatNs { get; init; } = 100_000_000;

    /// <summary>Who hears no leader for this, and up to as much again, drawn each time, stands for election.</summary>
    public long ElectionNs { get; init; } = 500_000_000;

    /// <summary>Who heard a leader within an election time promises no other, and a candidate first asks whether enough would promise: who cannot win disturbs nobody. Without it, as the papers have it.</summary>
    public bool DefendsLeader { get; init; } = true;

    /// <summary>Who stands for election as soon as all start for the first time; null for whose time comes first.</summary>
    public int? FirstLeader { get; init; }

    /// <summary>A leader that hears from fewer than q2 for an election time steps down.</summary>
    public bool StepsDown { get; init; } = true;

    /// <summary>What is not answered for so long is sent, or asked for, again.</summary>
    public long RetryNs { get; init; } = 100_000_000;

    /// <summary>Slots that are under way at a time; commands beyond wait at the leader.</summary>
    public int Window { get; init; } = 256;

    /// <summary>Bytes of values in one message; a single larger value is sent alone.</summary>
    public int MessageBytesMax { get; init; } = 4096;

    public PaxosReads Reads { get; init; } = PaxosReads.Round;

    /// <summary>A part of the lease that is not used, because clocks drift: of two clocks the one may be so much faster than the other.</summary>
    public double DriftShareMax { get; init; } = 0.005;

    /// <summary>After so many applied slots a server saves its state and drops them; 0 for never.</summary>
    public int SnapshotEvery { get; init; }

    /// <summary>Applied slots that are kept nevertheless, so that a server which lags a little needs no snapshot.</summary>
    public int Retained { get; init; }

    public ReplicaWitness? Witness { get; init; }

    internal PaxosMutant Mutant { get; init; }

    public int Promising => Phase1Quorum ?? ((Servers / 2) + 1);

    public int Accepting => Phase2Quorum ?? ((Servers / 2) + 1);

    /// <summary>
    /// Servers that must follow a ballot still, so that no later one has chosen anything: they meet every phase-1 quorum, or every phase-2 quorum. (With phase 1: who answers has not promised more, so that the
    /// later leader is none yet. With phase 2: who answers has accepted nothing of a later leader.)
    /// </summary>
    public int Confirming => Servers - Math.Max(Promising, Accepting) + 1;

    /// <summary>Servers whose refusal to promise keeps every other from leading: they meet every phase-1 quorum.</summary>
    public int Leasing => Servers - Promising + 1;

    /// <exception cref="ArgumentException">Quorums that may miss each other (q1 + q2 is at most n): a new leader need not hear of what was chosen then.</exception>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Servers, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Servers, ServersMax);
        ArgumentOutOfRangeException.ThrowIfLessThan(Promising, 1, nameof(Phase1Quorum));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Promising, Servers, nameof(Phase1Quorum));
        ArgumentOutOfRangeException.ThrowIfLessThan(Accepting, 1, nameof(Phase2Quorum));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Accepting, Servers, nameof(Phase2Quorum));
        ArgumentOutOfRangeException.ThrowIfLessThan(HeartbeatNs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(ElectionNs, HeartbeatNs);
        ArgumentOutOfRangeException.ThrowIfLessThan(RetryNs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Window, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Window, PaxosLog.SlotsMax / 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(MessageBytesMax, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(SnapshotEvery);
        ArgumentOutOfRangeException.ThrowIfNegative(Retained);
        if (!(DriftShareMax is >= 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(DriftShareMax), DriftShareMax, "a share is at least 0 and below 1");
        }

        if (Reads == PaxosReads.Lease && !DefendsLeader)
        {
            throw new ArgumentException("a lease rests on servers that defend their leader", nameof(Reads));
        }

        if (Promising + Accepting <= Servers && Mutant != PaxosMutant.SmallQuorums)
        {
            throw new ArgumentException($"{Promising} servers to promise and {Accepting} to accept, of {Servers}, may have none in common: the two must be more than {Servers} together");
        }
    }
}
