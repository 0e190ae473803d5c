using Headroom.Consensus.Raft.Membership;
using Headroom.Consensus.Replication;

namespace Headroom.Consensus.Raft.Hosting;

/// <summary>What the members of one group share: how they run and how the group began. Member m of the host is number m + 1 of the group, less what stands before the group.</summary>
public sealed record RaftGroup
{
    public required RaftOptions Options { get; init; }

    public required Configuration Founding { get; init; }

    public required Func<IStateMachine> Machine { get; init; }

    /// <summary>The host's member that is number 1 of the group.</summary>
    public int FirstMember { get; init; }

    public long TickNs { get; init; } = 50_000_000;

    /// <summary>After so many applied entries a member saves its state and drops them; 0 for never.</summary>
    public int SnapshotEvery { get; init; }

    /// <summary>Applied entries that are kept nevertheless, so that a follower which lags a little needs no snapshot.</summary>
    public int Retained { get; init; }

    /// <summary>Bytes of a snapshot in one message: what fits a datagram.</summary>
    public int SnapshotChunkBytes { get; init; } = 1 << 15;

    /// <summary>Chunks of a snapshot that are on their way to a follower at a time.</summary>
    public int SnapshotWindow { get; init; } = 8;

    /// <summary>How long a leader collects commands before it sends them together; 0 sends each at once.</summary>
    public long BatchNs { get; init; }

    /// <summary>A follower hands commands on to the leader; else it names the leader to the client.</summary>
    public bool Forwards { get; init; }

    /// <summary>This member stands for election with its first tick, so that a group's first leader is where it is wished for; null for whoever's time is up first.</summary>
    public int? FirstLeader { get; init; }

    /// <summary>An append that overtook others is held for a tick or two, and only then refused.</summary>
    public bool HoldsEarlyAppends { get; init; }

    public RaftWitness? Witness { get; init; }

    public void Validate()
    {
        Options.Validate();
        ArgumentOutOfRangeException.ThrowIfNegative(FirstMember);
        ArgumentOutOfRangeException.ThrowIfLessThan(TickNs, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(SnapshotEvery);
        ArgumentOutOfRangeException.ThrowIfNegative(Retained);
        ArgumentOutOfRangeException.ThrowIfLessThan(SnapshotChunkBytes, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(SnapshotWindow, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(BatchNs);
        if (Founding.Voters.IsEmpty || Founding.IsJoint)
        {
            throw new ArgumentException("a group is founded by voters, and not in a joint configuration", nameof(Founding));
        }
    }
}
