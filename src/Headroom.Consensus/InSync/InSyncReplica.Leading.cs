using Headroom.Consensus.InSync.Messages;
using Headroom.Consensus.Wire;
using Headroom.Simulation.Processes;

namespace Headroom.Consensus.InSync;

/// <summary>
/// A leader: followers' fetches say what they have, the least of those in sync is the watermark. Who is in sync changes by proposal to the registrar; until it has spoken, the watermark
/// counts everybody who may be in sync by either answer [kip497].
/// </summary>
public sealed partial class InSyncReplica
{
    private readonly Follower[] _followers;
    private long _epochStart;
    private long _proposal;
    private uint _proposed;

    /// <summary>All who are in sync, or will be if the registrar agrees.</summary>
    private uint MaximalInSync => State.InSync | _proposed;

    private void Lead(ref Turn turn)
    {
        _isFollowing = false;
        turn.CancelTimer(RetryTimer);
        _epochStart = Log.EndOffset;
        foreach (Follower follower in _followers)
        {
            follower.Forget(turn.Clock.LocalNs);
        }

        LearnSequences();
        _witness?.Led(_self, State.LeaderEpoch, Log, turn.Clock.LocalNs);
        turn.SetTimer(LagTimer, Math.Max(1, _options.LagNs / 2));
        Advance(ref turn);
    }

    private void StopLeading(ref Turn turn)
    {
        turn.CancelTimer(LagTimer);
        turn.CancelTimer(WaitTimer);
        foreach (Waiting waiting in _waiting)
        {
            AnswerProducer(waiting.Producer, waiting.Number, ReplicaStatus.NotLeader, 0, ref turn);
        }

        _waiting.Clear();
    }

    private void OnFetch(int peer, in InSyncMessage message, ref Turn turn)
    {
        Follower follower = _followers[peer];
        if (!IsLeader || message.Epoch != State.LeaderEpoch)
        {
            Send(peer, new InSyncMessage { Verb = InSyncVerb.FetchAnswer, Status = ReplicaStatus.NotLeader, Epoch = message.Epoch, Number = message.Number }, 0, 0, ref turn);
            return;
        }

        if (message.Incarnation < follower.Incarnation || (message.Incarnation == follower.Incarnation && message.Number <= follower.Number))
        {
            return;
        }

        (follower.Incarnation, follower.Number, follower.IsWaiting) = (message.Incarnation, message.Number, false);
        if (message.Offset > Log.EndOffset)
        {
            Send(peer, new InSyncMessage { Verb = InSyncVerb.FetchAnswer, Status = ReplicaStatus.OutOfRange, Epoch = message.Epoch, Number = message.Number }, 0, 0, ref turn);
            return;
        }

        follower.Fetched(message.Offset, Log.EndOffset, turn.Clock.LocalNs);
        ConsiderJoining(peer, ref turn);
        Advance(ref turn);
        follower.Wait(message.MinBytes, turn.Clock.LocalNs + Math.Min(message.WaitNs, _options.FetchWaitNs));
        if (!AnswerIfEnough(peer, ref turn))
        {
            SetWaitTimer(ref turn);
        }
    }

    private bool AnswerIfEnough(int peer, ref Turn turn)
    {
        Follower follower = _followers[peer];
        if (!follower.IsWaiting)
        {
            return false;
        }

        long bytes = 0;
        for (int i = Log.Find(follower.Offset); i < Log.Count && bytes < follower.MinBytes; i++)
        {
            bytes += Log[i].Records.Length;
        }

        if (bytes < follower.MinBytes)
        {
            return false;
        }

        AnswerFetch(peer, ref turn);
        return true;
    }

    private void AnswerFetch(int peer, ref Turn turn)
    {
        Follower follower = _followers[peer];
        follower.IsWaiting = false;
        int from = Log.Find(follower.Offset);
        int to = from;
        int bytes = 0;
        while (to < Log.Count)
        {
            bytes += Log[to].Records.Length + InSyncWire.BatchHeadBytesMax;
            if (to > from && bytes > _options.FetchBytesMax)
            {
                break;
            }

            to++;
        }

        var answer = new InSyncMessage { Verb = InSyncVerb.FetchAnswer, Epoch = State.LeaderEpoch, Number = follower.Number, Watermark = Watermark };
        Send(peer, answer, from, to, ref turn);
        if (_options.Mutant == InSyncMutant.AdvanceWatermarkEarly && to > from)
        {
            follower.EndOffset = Log[to - 1].EndOffset;
            Advance(ref turn);
        }
    }

    private void Send(int peer, in InSyncMessage message, int from, int to, ref Turn turn)
    {
        VarintWriter writer = InSyncWire.Write(Room(InSyncWire.FixedBytesMax + InSyncWire.BatchesBytesMax(Log, from, to)), message);
        InSyncWire.WriteBatches(ref writer, Log, from, to);
        turn.Send(peer, turn.Compose(writer.Written), urgent: _options.Flush == FlushPolicy.Never);
    }

    private void AnswerOverdue(ref Turn turn)
    {
        if (!IsLeader)
        {
            return;
        }

        for (int peer = 0; peer < _followers.Length; peer++)
        {
            if (_followers[peer].IsWaiting && _followers[peer].DueNs <= turn.Clock.LocalNs)
            {
                AnswerFetch(peer, ref turn);
            }
        }

        SetWaitTimer(ref turn);
    }

    private void SetWaitTimer(ref Turn turn)
    {
        long dueNs = long.MaxValue;
        foreach (Follower follower in _followers)
        {
            dueNs = follower.IsWaiting ? Math.Min(dueNs, follower.DueNs) : dueNs;
        }

        if (dueNs < long.MaxValue)
        {
            // A clock that leapt back must not make anybody wait longer.
            turn.SetTimer(WaitTimer, Math.Clamp(dueNs - turn.Clock.LocalNs, 0, _options.FetchWaitNs));
        }
    }

    private void OnEpochQuestion(int peer, in InSyncMessage message, ref Turn turn)
    {
        bool isKnown = IsLeader && message.Epoch == State.LeaderEpoch;
        (long epoch, long end) = isKnown ? Log.EndOf(message.AskedEpoch) : default;
        Send(peer, new InSyncMessage
        {
            Verb = InSyncVerb.EpochAnswer,
            Status = isKnown ? ReplicaStatus.Done : ReplicaStatus.NotLeader,
            Epoch = message.Epoch,
            Number = message.Number,
            AskedEpoch = epoch,
            Offset = end,
        }, ref turn);
    }

    /// <summary>The watermark is the least log end among those in sync.</summary>
    private void Advance(ref Turn turn)
    {
        long least = OwnEnd;
        for (uint rest = MaximalInSync & ~(1U << _self); rest != 0; rest &= rest - 1)
        {
            least = Math.Min(least, _followers[(int)uint.TrailingZeroCount(rest)].EndOffset);
        }

        Raise(least, turn.Clock.LocalNs);
        AnswerAcknowledged(ref turn);
    }

    /// <summary>Back in sync is who has all below the watermark, and all with which this leader's epoch began.</summary>
    private void ConsiderJoining(int peer, ref Turn turn)
    {
        Follower follower = _followers[peer];
        if (_proposed == 0 && !State.IsInSync(peer) && follower.EndOffset >= Watermark && follower.EndOffset >= _epochStart)
        {
            Propose(State.InSync | (1U << peer), ref turn);
        }
    }

    private void LookForLag(ref Turn turn)
    {
        turn.SetTimer(LagTimer, Math.Max(1, _options.LagNs / 2));
        uint lagging = 0;
        for (uint rest = State.InSync & ~(1U << _self); rest != 0; rest &= rest - 1)
        {
            int peer = (int)uint.TrailingZeroCount(rest);
            Follower follower = _followers[peer];
            lagging |= follower.EndOffset != Log.EndOffset && turn.Clock.LocalNs - follower.CaughtUpNs > _options.LagNs ? 1U << peer : 0;
        }

        if (IsLeader && lagging != 0 && _proposed == 0)
        {
            Propose(State.InSync & ~lagging, ref turn);
        }
    }

    private void Propose(uint inSync, ref Turn turn)
    {
        _proposal++;
        _proposed = inSync;
        SendProposal(ref turn);
    }

    private void SendProposal(ref Turn turn)
    {
        if (_proposed == 0)
        {
            return;
        }

        Span<long> incarnations = stackalloc long[InSyncOptions.ReplicasMax];
        for (int peer = 0; peer < _options.Replicas; peer++)
        {
            incarnations[peer] = peer == _self ? _incarnation : Math.Max(_incarnations[peer], _followers[peer].Incarnation);
        }

        var proposal = new InSyncMessage { Verb = InSyncVerb.Proposal, Incarnation = _incarnation, Epoch = State.LeaderEpoch, Number = _proposal, Version = State.Version, InSync = _proposed };
        Send(_options.Replicas, proposal, ref turn, incarnations);
        turn.SetTimer(ProposalTimer, _options.RetryNs);
    }

    private void OnRefused(in InSyncMessage message, ref Turn turn)
    {
        if (IsLeader && message.Epoch == State.LeaderEpoch && message.Number == _proposal && _proposed != 0)
        {
            EndProposal(ref turn);
            Advance(ref turn);
        }
    }

    private void EndProposal(ref Turn turn)
    {
        _proposed = 0;
        turn.CancelTimer(ProposalTimer);
    }

    /// <summary>What a leader knows of a follower.</summary>
    private sealed class Follower
    {
        public long Incarnation { get; set; }

        public long Number { get; set; }

        /// <summary>Where its log ends, as far as the watermark counts; 0 until it has fetched in this epoch.</summary>
        public long EndOffset { get; set; }

        /// <summary>The last moment at which it had all that the leader had then.</summary>
        public long CaughtUpNs { get; private set; }

        public bool IsWaiting { get; set; }

        public long Offset { get; private set; }

        public long MinBytes { get; private set; }

        public long DueNs { get; private set; }

        private long FetchedNs { get; set; }

        private long LeaderEnd { get; set; }

        public void Forget(long nowNs)
        {
            (Incarnation, Number, EndOffset, IsWaiting) = (0, 0, 0, false);
            (CaughtUpNs, FetchedNs, LeaderEnd) = (nowNs, nowNs, 0);
        }

        /// <summary>Caught up now, or at its fetch before, if it now has what the leader had then.</summary>
        public void Fetched(long offset, long leaderEnd, long nowNs)
        {
            if (offset >= leaderEnd)
            {
                CaughtUpNs = nowNs;
            }
            else if (offset >= LeaderEnd)
            {
                CaughtUpNs = Math.Max(CaughtUpNs, FetchedNs);
            }

            (EndOffset, Offset, FetchedNs, LeaderEnd) = (offset, offset, nowNs, leaderEnd);
        }

        public void Wait(long minBytes, long dueNs) => (IsWaiting, MinBytes, DueNs) = (true, minBytes, dueNs);
    }
}
