using Headroom.Consensus.Raft.Tracking;

namespace Headroom.Consensus.Raft;

/// <summary>Reads that go past the log and are not stale [ongaro2014, section 6.4]: heartbeats go in numbered rounds, and a read waits for one that began after it.</summary>
public sealed partial class RaftCore
{
    private const int RoundsKept = 64;

    private readonly long[] _roundStartNs = new long[RoundsKept];
    private readonly Queue<(long Token, long Index, long Round)> _reads = new();
    private readonly Queue<long> _waitingReads = new();
    private long _round;
    private long _answeredRound;
    private long _termStartIndex;
    private long _leaseEndNs = long.MinValue;
    private bool _leaseIsForfeit;

    /// <summary>Whether the application may answer a read at once, when it has applied what is committed: a lease holds.</summary>
    private bool HoldsLease => _options.Reads == ReadMode.Lease && (!_leaseIsForfeit && NowNs < _leaseEndNs || _options.Mutant == RaftMutant.StaleLease);

    /// <summary>
    /// Asks for a read; when it may be answered, and from which applied index on, <see cref="RaftReady.Reads"/> says. Dropped by who does not lead; forgotten with the leadership.
    /// </summary>
    public StepResult Read(long token)
    {
        if (Role != Role.Leader || !Configuration.IsVoter(Id))
        {
            return StepResult.Dropped;
        }

        if (_log.Committed < _termStartIndex)
        {
            // What earlier leaders committed is not known before an entry of this term is.
            _waitingReads.Enqueue(token);
        }
        else
        {
            StartRead(token);
        }

        return StepResult.Done;
    }

    private void StartRead(long token)
    {
        if (HoldsLease || _options.Mutant == RaftMutant.ReadWithoutRound || IsAlone())
        {
            _readyReads.Add((token, _log.Committed));
            return;
        }

        // A round that is under way began before the read: the read waits for the next.
        bool isIdle = _answeredRound == _round;
        _reads.Enqueue((token, _log.Committed, _round + 1));
        if (isIdle)
        {
            BroadcastHeartbeat();
        }
    }

    private bool IsAlone() => Configuration is { IsJoint: false, Voters.Count: 1 };

    private void StartWaitingReads()
    {
        if (_log.Committed < _termStartIndex)
        {
            return;
        }

        while (_waitingReads.TryDequeue(out long token))
        {
            StartRead(token);
        }
    }

    private void BeginRound()
    {
        _round++;
        _roundStartNs[_round % RoundsKept] = NowNs;
        if (_tracker[Id] is { } self)
        {
            self.AnsweredRound = _round;
        }
    }

    private void TakeRoundAnswer(Progress member, long round)
    {
        if (round <= member.AnsweredRound || round > _round)
        {
            return;
        }

        member.AnsweredRound = round;
        long answered = Math.Min(_tracker.AnsweredRound(), _round);
        if (answered <= _answeredRound)
        {
            return;
        }

        _answeredRound = answered;
        if (_round - answered < RoundsKept)
        {
            ExtendLease(_roundStartNs[answered % RoundsKept]);
        }

        while (_reads.TryPeek(out (long Token, long Index, long Round) read) && read.Round <= answered)
        {
            _readyReads.Add((read.Token, read.Index));
            _reads.Dequeue();
        }

        if (_reads.Count > 0 && answered == _round)
        {
            BroadcastHeartbeat();
        }
    }

    /// <summary>
    /// Followers count ticks from when they hear of the round, which is later than its start; of the first tick there may be next to nothing left, and their clocks may
    /// run faster than ours.
    /// </summary>
    private void ExtendLease(long startNs)
    {
        double ns = (_options.ElectionTicks - 1) * (double)TickNs * (1 - _options.DriftShareMax);
        _leaseEndNs = Math.Max(_leaseEndNs, startNs + (long)ns);
    }

    private void ResetReads()
    {
        _reads.Clear();
        _waitingReads.Clear();
        _readyReads.Clear();
        _round = 0;
        _answeredRound = 0;
        _leaseEndNs = long.MinValue;
    }
}
