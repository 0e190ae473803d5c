namespace Headroom.Consensus.Raft;

/// <summary>How one group of members runs. Times are in ticks; a tick is the host's.</summary>
public sealed record RaftOptions
{
    /// <summary>A follower that hears nothing stands for election after this many ticks or more (<see cref="ElectionSpreadTicks"/>), drawn anew each time.</summary>
    public required int ElectionTicks { get; init; }

    /// <summary>Over so many ticks, from <see cref="ElectionTicks"/> on, election timeouts are spread; 0 for as many as those.</summary>
    public int ElectionSpreadTicks { get; init; }

    /// <summary>
    /// A member that learns of a higher term waits a whole timeout again, as in etcd. As the paper has it only a leader's word or a vote that is granted begins the time anew,
    /// so that a candidate which cannot win delays nobody.
    /// </summary>
    public bool TermResetsTimeout { get; init; } = true;

    public required int HeartbeatTicks { get; init; }

    /// <summary>An election begins with a question that changes nobody's term [ongaro2014, section 9.6].</summary>
    public bool PreVote { get; init; } = true;

    /// <summary>A leader that hears from no quorum for an election timeout steps down, and followers that hear from a leader vote for nobody else [ongaro2014, section 6.2].</summary>
    public bool CheckQuorum { get; init; } = true;

    public ReadMode Reads { get; init; } = ReadMode.Index;

    /// <summary>A part of the lease that is not used, because clocks drift: of two clocks the one may be so much faster than the other.</summary>
    public double DriftShareMax { get; init; } = 0.005;

    /// <summary>Bytes of entries in one message; a single larger entry is sent alone.</summary>
    public int MessageBytesMax { get; init; } = 4096;

    /// <summary>Messages with entries that are on their way to one follower at a time.</summary>
    public int InflightMax { get; init; } = 64;

    /// <summary>
    /// Who refuses a vote says how far it knows the log to be committed, so that a candidate which has those entries commits them too. etcd does not. Without it a group can be
    /// stuck for good: a leader that removed itself and stepped down has the longest log, and the others, which do not know yet that it is out, need its vote.
    /// </summary>
    public bool TellsCommit { get; init; } = true;

    /// <summary>
    /// Who hears from a leader of an earlier term says so, as in the paper [ongaro2014, section 3.3]. etcd does so only with <see cref="PreVote"/> or <see cref="CheckQuorum"/>, for else a candidate tells the leader; one that
    /// does not know the leader for a voter, because it lacks the change that made it one, does not, and a group can be stuck for good.
    /// </summary>
    public bool TellsTerm { get; init; } = true;

    /// <summary>A snapshot that is not answered after so many ticks counts as lost and the follower is probed again; 0 for never: then the host must say so (<see cref="RaftCore.ReportSnapshot"/>).</summary>
    public int SnapshotTicksMax { get; init; } = 20;

    /// <summary>A new commit index is sent at once, as etcd does; else it travels with the next append or heartbeat, which halves the messages and delays followers.</summary>
    public bool SendsCommitAtOnce { get; init; } = true;

    /// <summary>A leader that is no longer a voter steps down when the change that removed it is applied.</summary>
    public bool StepDownOnRemoval { get; init; } = true;

    /// <summary>Writes are acknowledged later, by <see cref="Messages.MessageKind.Written"/>, and only durable entries are applied; else with <see cref="RaftCore.Advance"/>.</summary>
    public bool IsAsync { get; init; } = true;

    /// <summary>A fault put in on purpose, to see that it is caught: reached by tests and by the torture's own proof only.</summary>
    internal RaftMutant Mutant { get; init; }

    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(HeartbeatTicks, 1);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(ElectionTicks, HeartbeatTicks);
        ArgumentOutOfRangeException.ThrowIfNegative(ElectionSpreadTicks);
        ArgumentOutOfRangeException.ThrowIfLessThan(MessageBytesMax, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(InflightMax, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(SnapshotTicksMax);
        if (!(DriftShareMax is >= 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(DriftShareMax), DriftShareMax, "a share is at least 0 and below 1");
        }

        if (Reads == ReadMode.Lease && (!CheckQuorum || ElectionTicks < 3))
        {
            throw new ArgumentException("a lease rests on followers that defend their leader: it needs CheckQuorum, and an election timeout of three ticks", nameof(Reads));
        }
    }
}
