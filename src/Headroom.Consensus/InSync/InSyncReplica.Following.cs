using Headroom.Consensus.InSync.Log;
using Headroom.Consensus.InSync.Messages;
using Headroom.Simulation.Processes;

namespace Headroom.Consensus.InSync;

/// <summary>A follower: first it cuts off what the leader does not have, asking epoch by epoch [kip101], [kip279], then it fetches.</summary>
public sealed partial class InSyncReplica
{
    private long _question;
    private bool _isTruncating;
    private bool _isFollowing;

    private void Follow(ref Turn turn)
    {
        _isFollowing = State.Leader >= 0;
        _isTruncating = false;
        turn.CancelTimer(RetryTimer);
        if (!_isFollowing)
        {
            return;
        }

        if (_options.Mutant == InSyncMutant.TruncateToWatermark)
        {
            Truncate(Watermark, ref turn);
        }

        _isTruncating = Log.EndOffset > 0 && _options.Mutant is not (InSyncMutant.TruncateToWatermark or InSyncMutant.SkipEpochTruncation);
        Ask(ref turn);
    }

    private void AskAgain(ref Turn turn)
    {
        if (_isFollowing)
        {
            Ask(ref turn);
        }
    }

    private void Ask(ref Turn turn)
    {
        _question++;
        if (_isTruncating)
        {
            Send(State.Leader, new InSyncMessage { Verb = InSyncVerb.EpochQuestion, Epoch = State.LeaderEpoch, Incarnation = _incarnation, Number = _question, AskedEpoch = Log.LastEpoch }, ref turn);
            turn.SetTimer(RetryTimer, _options.RetryNs);
            return;
        }

        Send(State.Leader, new InSyncMessage
        {
            Verb = InSyncVerb.Fetch,
            Epoch = State.LeaderEpoch,
            Incarnation = _incarnation,
            Number = _question,
            Offset = Log.EndOffset,
            MinBytes = _options.FetchMinBytes,
            WaitNs = _options.FetchWaitNs,
        }, ref turn);
        turn.SetTimer(RetryTimer, _options.FetchWaitNs + _options.RetryNs);
    }

    private bool Answers(int peer, in InSyncMessage message) =>
        _isFollowing && peer == State.Leader && message.Epoch == State.LeaderEpoch && message.Number == _question && message.Status != ReplicaStatus.NotLeader;

    private void OnEpochAnswer(int peer, in InSyncMessage message, ref Turn turn)
    {
        if (!_isTruncating || !Answers(peer, message))
        {
            return;
        }

        // Of the epoch that both have (none: offset 0) the shorter of the two ends is where they part.
        (long epoch, long end) = Log.EndOf(message.AskedEpoch);
        bool isCommon = epoch == message.AskedEpoch;
        Truncate(isCommon ? Math.Min(end, message.Offset) : end, ref turn);
        _isTruncating = !isCommon && Log.EndOffset > 0;
        Ask(ref turn);
    }

    private void OnFetchAnswer(int peer, in InSyncMessage message, ref Turn turn)
    {
        if (_isTruncating || !Answers(peer, message))
        {
            return;
        }

        if (message.Status == ReplicaStatus.OutOfRange)
        {
            // The log is longer than the leader's: it cannot be, once it was cut off.
            _isTruncating = _options.Mutant is not (InSyncMutant.TruncateToWatermark or InSyncMutant.SkipEpochTruncation);
            return;
        }

        foreach (RecordBatch batch in _batches)
        {
            if (Log.Takes(batch))
            {
                Append(batch, ref turn);
            }
        }

        if (_options.Flush == FlushPolicy.Each)
        {
            WriteOut(ref turn);
        }

        Raise(Math.Min(message.Watermark, Log.EndOffset), turn.Clock.LocalNs);
        Ask(ref turn);
    }
}
