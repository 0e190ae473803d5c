using System.Runtime.InteropServices;
using Headroom.Consensus.Replication;
using Headroom.Consensus.Wire;
using Headroom.Simulation.Processes;

namespace Headroom.Consensus.Chain;

/// <summary>Updates down the chain, acknowledgements up; what the tail has is applied.</summary>
public sealed partial class ChainServer
{
    /// <summary>Updates from <see cref="_first"/> on: those that may be sent again.</summary>
    private readonly List<byte[]> _updates = [];
    private long _first = 1;
    private long _durableLast;

    /// <summary>The tail has updates up to this one, and so has everybody in the chain.</summary>
    private long _stable;
    private long _stableBefore;
    private long _lastBefore;
    private long _stateSequence;

    /// <summary>Whether what is durable here is stable: there is nobody below whose word counts.</summary>
    private bool DecidesAlone => IsTail && !_waitsForJoining;

    /// <summary>Up to where the machine may go: what is stable.</summary>
    private long Applicable => _options.Mutant == ChainMutant.ReadUnstable || (IsHead && _options.Mutant == ChainMutant.AnswerAtHead) ? Math.Max(_stable, _durableLast) : Math.Min(_stable, Last);

    private void TakeCommand(int client, long number, ReadOnlySpan<byte> command, ref Turn turn)
    {
        if (!IsHead)
        {
            return;
        }

        if (_machine.IsRepeated(client, number) && _options.Mutant != ChainMutant.ApplyTwice)
        {
            // It is applied: its answer was lost.
            ClientMessage.Answer(client, number, _machine.Answer(client), ref turn);
            return;
        }

        Append(ReplicatedMachine.Entry(client, number, command));
        Written(Last, ref turn);
    }

    private void Append(byte[] update)
    {
        _updates.Add(update);
        Last++;
    }

    /// <summary>Updates from one on are new: they are written down and passed on.</summary>
    private void Written(long first, ref Turn turn)
    {
        if (_options.IsDurable)
        {
            ReadOnlySpan<byte[]> updates = Updates(first, Last);
            VarintWriter writer = BeginRecord(Room(NumberedRecord.HeadBytesMax + (3 * Varint.LengthMax) + Length(updates)), ChainRecord.Update);
            writer.Numbers(_stable, first);
            ChainWire.WriteEntries(ref writer, updates);
            Persist(writer, ref turn);
            _writing.Enqueue((Appended, Last));
        }
        else
        {
            _durableLast = Last;
        }

        SendFrom(Configuration!.After(_self), first, ref turn);
        Settle(ref turn);
    }

    private protected override void OnDurable(int records, ref Turn turn)
    {
        while (_writing.TryPeek(out (int Record, long Last) first) && first.Record <= records)
        {
            _durableLast = Math.Max(_durableLast, Math.Min(first.Last, Last));
            _writing.Dequeue();
        }

        Settle(ref turn);
    }

    /// <summary>Applies what is stable, and tells it upwards.</summary>
    private void Settle(ref Turn turn)
    {
        if (DecidesAlone)
        {
            _stable = Math.Max(_stable, _durableLast);
        }

        if (Configuration is { } chain)
        {
            if ((chain.Joining == _self ? _durableLast : _stable) > _told)
            {
                Acknowledge(ref turn);
            }

            HandOverIfDue(ref turn);
            Apply(ref turn);
            AnswerReads(ref turn);
        }
    }

    /// <summary>Up to what the tail has; of who joins up to what it has itself.</summary>
    private void Acknowledge(ref Turn turn)
    {
        ChainConfiguration chain = Configuration!;
        int before = chain.Before(_self);
        _told = chain.Joining == _self ? _durableLast : _stable;
        if (before >= 0 && (chain.Joining != _self || _hasCopy))
        {
            Send(before, new ChainMessage(ChainVerb.Acknowledgement, chain.Epoch, Sequence: _told), ref turn);
        }
    }

    private bool IsHeard(int peer, int expected, long epoch) => (Configuration is { } chain && epoch == chain.Epoch && peer == expected) || _options.Mutant == ChainMutant.NoFencing;

    private void OnUpdate(int peer, in ChainMessage message, ref Turn turn)
    {
        if (Configuration is not { } chain || !IsHeard(peer, chain.Before(_self), message.Epoch))
        {
            return;
        }

        if (chain.Joining == _self && !_hasCopy)
        {
            // The state was lost on its way.
            Send(peer, new ChainMessage(ChainVerb.Behind, chain.Epoch), ref turn);
            return;
        }

        long before = Last;
        for (int i = 0; i < _received.Count; i++)
        {
            long sequence = message.Sequence + i;
            if (sequence > Last + 1)
            {
                Send(peer, new ChainMessage(ChainVerb.Behind, chain.Epoch, Sequence: Last), ref turn);
                break;
            }

            if (sequence == Last + 1)
            {
                Append(_received[i]);
            }
        }

        if (Last > before)
        {
            Written(before + 1, ref turn);
        }
        else
        {
            // It was sent again: the acknowledgement was lost.
            Acknowledge(ref turn);
        }
    }

    private void OnAcknowledgement(int peer, in ChainMessage message, ref Turn turn)
    {
        if (Configuration is not { } chain || !IsHeard(peer, chain.After(_self), message.Epoch) || message.Sequence > Last)
        {
            return;
        }

        if (peer == chain.Joining)
        {
            _joined = Math.Max(_joined, message.Sequence);
            _waitsForJoining = true;
        }

        _stable = Math.Max(_stable, message.Sequence);
        Settle(ref turn);
    }

    private void OnBehind(int peer, in ChainMessage message, ref Turn turn)
    {
        if (Configuration is not { } chain || !IsHeard(peer, chain.After(_self), message.Epoch))
        {
            return;
        }

        if (message.Sequence + 1 >= _first && (message.Sequence > 0 || peer != chain.Joining))
        {
            SendFrom(peer, message.Sequence + 1, ref turn);
        }
        else if (peer == chain.Joining)
        {
            SendCopy(ref turn);
        }
    }

    /// <summary>What a while ago was not acknowledged and is not yet, goes down again.</summary>
    private void RetryAll(ref Turn turn)
    {
        turn.SetTimer(RetryTimer, _options.RetryNs);
        if (Configuration is not { } chain || !chain.Contains(_self))
        {
            return;
        }

        if (chain.After(_self) is >= 0 and int after && after != chain.Joining && _stable == _stableBefore && _stable < _lastBefore)
        {
            SendFrom(after, _stable + 1, ref turn);
        }

        (_stableBefore, _lastBefore) = (_stable, Last);
        JoinAgain(ref turn);
        ConfirmAgain(ref turn);
    }

    /// <summary>Updates from one on, to the next; they leave when they are durable here.</summary>
    private void SendFrom(int peer, long first, ref Turn turn)
    {
        for (long from = Math.Max(first, _first); peer >= 0 && from <= Last;)
        {
            long to = from;
            int bytes = Updates(from, from)[0].Length;
            while (to < Last && to - from < ChainWire.EntriesMax - 1 && (bytes += Updates(to + 1, to + 1)[0].Length) <= _options.MessageBytesMax)
            {
                to++;
            }

            ReadOnlySpan<byte[]> updates = Updates(from, to);
            VarintWriter writer = ChainWire.Write(Room(ChainWire.HeadBytesMax + Length(updates)), new ChainMessage(ChainVerb.Update, Configuration!.Epoch, Sequence: from));
            ChainWire.WriteEntries(ref writer, updates);
            turn.Send(peer, turn.Compose(writer.Written), urgent: _options.Mutant == ChainMutant.PassBeforeDurable);
            from = to + 1;
        }
    }

    private void Apply(ref Turn turn)
    {
        while (Applied < Applicable)
        {
            byte[] update = Updates(Applied + 1, Applied + 1)[0];
            Applied++;
            _options.Witness?.Applied(_self, Applied, update, turn.Clock.LocalNs);
            bool isCommand = _machine.TryApply(update, _options.Mutant == ChainMutant.ApplyTwice, out int client, out long number);
            if (isCommand && (IsTail || (IsHead && _options.Mutant == ChainMutant.AnswerAtHead)))
            {
                ClientMessage.Answer(client, number, _machine.Answer(client), ref turn);
            }
        }

        if (_options is { IsDurable: true, SnapshotEvery: > 0 } && Applied - _stateSequence >= _options.SnapshotEvery)
        {
            byte[] state = _machine.Save();
            _options.Witness?.Saved(_self, Applied, state, isOwn: true, turn.Clock.LocalNs);
            PersistState(state, ref turn);
        }

        long needless = Math.Min(Applied, Math.Min(_stable, (_keepFrom ?? long.MaxValue) - 1));
        int spare = (int)Math.Max(0, needless + 1 - _first);
        _updates.RemoveRange(0, spare);
        _first += spare;
    }

    /// <summary>The log on the disk begins anew: with the state, and all updates behind it.</summary>
    private void PersistState(byte[] state, ref Turn turn)
    {
        _stateSequence = Applied;
        if (_options.IsDurable)
        {
            ReadOnlySpan<byte[]> behind = _options.Mutant == ChainMutant.ForgetTail ? [] : Updates(Applied + 1, Last);
            VarintWriter writer = BeginRecord(Room(NumberedRecord.HeadBytesMax + (4 * Varint.LengthMax) + state.Length + Length(behind)), ChainRecord.State);
            writer.Numbers(_incarnation, Applied, _stable);
            writer.Sized(state);
            ChainWire.WriteEntries(ref writer, behind);
            Persist(writer, ref turn, anew: true);
        }
    }

    private ReadOnlySpan<byte[]> Updates(long from, long to) => CollectionsMarshal.AsSpan(_updates).Slice((int)(from - _first), (int)(to - from + 1));

    private static int Length(ReadOnlySpan<byte[]> updates)
    {
        int length = Varint.LengthMax;
        foreach (byte[] update in updates)
        {
            length += Varint.LengthMax + update.Length;
        }

        return length;
    }
}
