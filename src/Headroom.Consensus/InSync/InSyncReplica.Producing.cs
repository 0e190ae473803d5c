using Headroom.Consensus.InSync.Log;
using Headroom.Consensus.InSync.Messages;
using Headroom.Simulation.Processes;

namespace Headroom.Consensus.InSync;

/// <summary>Producers' batches: appended once, acknowledged as they wish. Consumers' fetches: answered by the leader, at once, with what lies below the watermark.</summary>
public sealed partial class InSyncReplica
{
    private readonly List<Waiting> _waiting = [];
    private readonly Dictionary<long, LastBatch> _lastBatches = [];

    /// <summary>A producer's last batch, and the sequence that must come next, as the log says.</summary>
    private void LearnSequences()
    {
        _lastBatches.Clear();
        for (int i = 0; i < Log.Count && _options.Mutant != InSyncMutant.ForgetSequences; i++)
        {
            Learn(Log[i]);
        }
    }

    private void Learn(in RecordBatch batch)
    {
        if (batch.ProducerId > 0)
        {
            _lastBatches[batch.ProducerId] = new LastBatch(batch.Sequence, batch.Sequence + batch.Count, batch.BaseOffset, batch.EndOffset);
        }
    }

    private void OnProduce(int peer, in InSyncMessage message, ref Turn turn)
    {
        if (!IsLeader)
        {
            Answer(peer, message, ReplicaStatus.NotLeader, 0, ref turn);
            return;
        }

        if (message.Acks == Acknowledgement.All && State.InSyncCount < _options.MinInSync && _options.Mutant != InSyncMutant.AcknowledgeBelowMinInSync)
        {
            Answer(peer, message, ReplicaStatus.NotEnoughReplicas, 0, ref turn);
            return;
        }

        // A producer that this log does not know begins at 0, with the mutant anywhere.
        bool isKnown = _lastBatches.TryGetValue(message.ProducerId, out LastBatch last);
        if (message.ProducerId > 0 && message.Sequence != last.NextSequence && (isKnown || _options.Mutant != InSyncMutant.ForgetSequences))
        {
            OnUnexpected(peer, message, last, ref turn);
            return;
        }

        var batch = new RecordBatch(Log.EndOffset, message.Count, State.LeaderEpoch, message.ProducerId, message.Sequence, message.Records);
        Append(batch, ref turn);
        Learn(batch);
        if (_options.Flush == FlushPolicy.Each)
        {
            WriteOut(ref turn);
        }

        Acknowledge(peer, message, batch.BaseOffset, batch.EndOffset, ref turn);
        Advance(ref turn);
        for (int follower = 0; follower < _followers.Length; follower++)
        {
            _ = AnswerIfEnough(follower, ref turn);
        }
    }

    /// <summary>A batch that came before is not appended again; one that comes too early is refused.</summary>
    private void OnUnexpected(int peer, in InSyncMessage message, in LastBatch last, ref Turn turn)
    {
        if (message.Sequence > last.NextSequence)
        {
            Answer(peer, message, ReplicaStatus.OutOfOrder, 0, ref turn);
        }
        else if (message.Sequence == last.Sequence)
        {
            Acknowledge(peer, message, last.BaseOffset, last.EndOffset, ref turn);
            AnswerAcknowledged(ref turn);
        }

        // An older batch: its producer has gone on, and waits for nothing.
    }

    private void Acknowledge(int peer, in InSyncMessage message, long baseOffset, long endOffset, ref Turn turn)
    {
        if (message.Acks == Acknowledgement.All)
        {
            _waiting.Add(new Waiting(peer, message.Number, baseOffset, endOffset));
        }
        else
        {
            Answer(peer, message, ReplicaStatus.Done, baseOffset, ref turn);
        }
    }

    /// <summary>Batches from the offset on until they have the bytes that are wanted; at least one where there is one.</summary>
    private void OnRead(int consumer, in InSyncMessage message, ref Turn turn)
    {
        int from = 0;
        int to = 0;
        if (IsLeader)
        {
            from = to = Log.Find(message.Offset);
            long bytes = 0;
            while (to < Log.Count && Log[to].EndOffset <= Watermark && (to == from || bytes < message.MinBytes)
                && (to == from || bytes + Log[to].Records.Length <= _options.FetchBytesMax))
            {
                bytes += Log[to++].Records.Length + InSyncWire.BatchHeadBytesMax;
            }
        }

        Send(consumer, new InSyncMessage { Verb = InSyncVerb.FetchAnswer, Status = IsLeader ? ReplicaStatus.Done : ReplicaStatus.NotLeader, Epoch = State.LeaderEpoch, Number = message.Number, Watermark = Watermark }, from, to, ref turn);
    }

    /// <summary>Answers those whose records are below the watermark.</summary>
    private void AnswerAcknowledged(ref Turn turn)
    {
        int kept = 0;
        bool isEnough = (int)uint.PopCount(MaximalInSync) >= _options.MinInSync || _options.Mutant == InSyncMutant.AcknowledgeBelowMinInSync;
        for (int i = 0; i < _waiting.Count; i++)
        {
            Waiting waiting = _waiting[i];
            if (waiting.EndOffset > Watermark)
            {
                _waiting[kept++] = waiting;
                continue;
            }

            AnswerProducer(waiting.Producer, waiting.Number, isEnough ? ReplicaStatus.Done : ReplicaStatus.NotEnoughReplicasAfterAppend, waiting.BaseOffset, ref turn);
        }

        _waiting.RemoveRange(kept, _waiting.Count - kept);
    }

    private void Answer(int peer, in InSyncMessage message, ReplicaStatus status, long offset, ref Turn turn)
    {
        if (message.Acks != Acknowledgement.None)
        {
            AnswerProducer(peer, message.Number, status, offset, ref turn);
        }
    }

    private void AnswerProducer(int peer, long number, ReplicaStatus status, long offset, ref Turn turn) =>
        Send(peer, new InSyncMessage { Verb = InSyncVerb.ProduceAnswer, Status = status, Number = number, Offset = offset, Leader = State.Leader + 1 }, ref turn);

    private readonly record struct Waiting(int Producer, long Number, long BaseOffset, long EndOffset);

    private readonly record struct LastBatch(long Sequence, long NextSequence, long BaseOffset, long EndOffset);
}
