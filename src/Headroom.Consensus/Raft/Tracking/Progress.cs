namespace Headroom.Consensus.Raft.Tracking;

/// <summary>What a leader knows of one member's log. Next is above Match.</summary>
internal sealed class Progress(int id, int inflightMax)
{
    public int Id { get; } = id;

    /// <summary>The highest index known to be in the member's log, durably.</summary>
    public long Match { get; set; }

    /// <summary>The next index to send.</summary>
    public long Next { get; set; } = 1;

    /// <summary>The highest commit index that was sent.</summary>
    public long SentCommit { get; private set; }

    public ProgressState State { get; private set; }

    /// <summary>The index of the snapshot on its way.</summary>
    public long PendingSnapshot { get; private set; }

    /// <summary>Ticks since the snapshot was sent.</summary>
    public int SnapshotTicks { get; set; }

    /// <summary>Heard from since the quorum was last looked at.</summary>
    public bool IsRecentlyActive { get; set; }

    /// <summary>Nothing is sent until an answer or a heartbeat's answer comes.</summary>
    public bool IsFlowPaused { get; set; }

    public bool IsLearner { get; set; }

    /// <summary>The latest heartbeat round that the member answered.</summary>
    public long AnsweredRound { get; set; }

    public InflightWindow Inflights { get; } = new(inflightMax);

    public bool IsPaused => State == ProgressState.Snapshot || IsFlowPaused;

    public void Reset(long match, long next)
    {
        EnterState(ProgressState.Probe);
        (Match, Next, SentCommit, AnsweredRound) = (match, next, 0, 0);
        IsRecentlyActive = false;
    }

    public void BecomeProbe()
    {
        // After a snapshot the follower has at least that, once it answers.
        long next = State == ProgressState.Snapshot ? Math.Max(Match + 1, PendingSnapshot + 1) : Match + 1;
        EnterState(ProgressState.Probe);
        Next = next;
        SentCommit = Math.Min(SentCommit, Next - 1);
    }

    public void BecomeReplicate()
    {
        EnterState(ProgressState.Replicate);
        Next = Match + 1;
    }

    public void BecomeSnapshot(long index)
    {
        EnterState(ProgressState.Snapshot);
        PendingSnapshot = index;
        SnapshotTicks = 0;
        Next = index + 1;
        SentCommit = index;
    }

    /// <summary>The snapshot did not arrive: what it held is not presumed.</summary>
    public void ForgetSnapshot() => PendingSnapshot = 0;

    public void SentEntries(int count)
    {
        if (State == ProgressState.Replicate)
        {
            if (count > 0)
            {
                Next += count;
                Inflights.Add(Next - 1);
            }

            // With a full window every message is a probe.
            IsFlowPaused = Inflights.IsFull;
        }
        else if (count > 0)
        {
            IsFlowPaused = true;
        }
    }

    public void CommitSent(long commit) => SentCommit = commit;

    /// <summary>A commit index is worth a message of its own if none was sent that the follower could not yet make use of.</summary>
    public bool CanRaiseCommit(long commit) => commit > SentCommit && SentCommit < Next - 1;

    /// <summary>The follower has everything up to this index; false when that is no news.</summary>
    public bool Accept(long index)
    {
        if (index <= Match)
        {
            return false;
        }

        Match = index;
        Next = Math.Max(Next, index + 1);
        IsFlowPaused = false;
        return true;
    }

    /// <summary>The follower refused what followed this index and hints at the last it may have in common; false when the refusal is old.</summary>
    public bool Reject(long refused, long hint)
    {
        if (State == ProgressState.Replicate)
        {
            if (refused <= Match)
            {
                return false;
            }

            Next = Match + 1;
            SentCommit = Math.Min(SentCommit, Next - 1);
            return true;
        }

        // A probe waits for its answer: any other is an older one's.
        if (Next - 1 != refused)
        {
            return false;
        }

        Next = Math.Max(Math.Min(refused, hint + 1), Match + 1);
        SentCommit = Math.Min(SentCommit, Next - 1);
        IsFlowPaused = false;
        return true;
    }

    /// <summary>As <c>StateReplicate match=11 next=12</c>, in etcd's words so that transcripts can be compared.</summary>
    public override string ToString() => $"State{State} match={Match} next={Next}" + (IsLearner ? " learner" : "") + (IsPaused ? " paused" : "")
        + (PendingSnapshot > 0 ? $" pendingSnap={PendingSnapshot}" : "") + (IsRecentlyActive ? "" : " inactive")
        + (Inflights.Count > 0 ? $" inflight={Inflights.Count}" + (Inflights.IsFull ? "[full]" : "") : "");

    private void EnterState(ProgressState state)
    {
        State = state;
        IsFlowPaused = false;
        PendingSnapshot = 0;
        Inflights.Clear();
    }
}
