using Headroom.Simulation.Processes;

namespace Headroom.Consensus.Paxos;

/// <summary>Accepting, and learning what is chosen: from the commit index of a leader whose values are held, or by asking.</summary>
public sealed partial class PaxosServer
{
    /// <summary>The largest commit index that the leader of the promised ballot has told.</summary>
    private long _told;
    private bool _isAsking;

    /// <summary>Heeds the leader of a ballot. False, and an answer that says why, where a larger one is promised.</summary>
    private bool TryFollow(int peer, Ballot ballot, ref Turn turn, out bool isNew)
    {
        isNew = ballot > Promised;
        if (ballot < Promised)
        {
            Send(peer, new PaxosMessage(PaxosVerb.Refused, Promised), ref turn);
            return false;
        }

        if (isNew || Role != PaxosRole.Follower)
        {
            StepDown(peer, ref turn);
        }

        _leader = peer;
        _quietNs = _leaderHeardNs = turn.Clock.LocalNs;
        return true;
    }

    private void OnAccept(int peer, in PaxosMessage message, ref Turn turn)
    {
        bool isBelow = message.Ballot < Promised && _options.Mutant == PaxosMutant.AcceptBelowPromise;
        bool isNew = false;
        if (message.Slot + _received.Count > Committed + PaxosLog.SlotsMax || (!isBelow && !TryFollow(peer, message.Ballot, ref turn, out isNew)))
        {
            return;
        }

        if (isNew)
        {
            (Promised, _told) = (message.Ballot, 0);
        }

        bool hasChanged = Take(message, out long first);
        if (hasChanged && _options.Mutant != PaxosMutant.SkipAcceptRecord)
        {
            // The record of accepted values is one of the promise too.
            Persist(PaxosRecord.Accept, message.Ballot, first, ref turn);
        }
        else if (isNew)
        {
            Promise(message.Ballot, ref turn);
        }

        Send(peer, new PaxosMessage(PaxosVerb.Accepted, message.Ballot, message.Slot, Number: _received.Count), ref turn, isUrgent: _options.Mutant == PaxosMutant.AnswerBeforeDurable);
        if (!isBelow)
        {
            LearnTold(message.Committed, ref turn);
        }
    }

    /// <summary>Accepts what came, but for what is chosen already; true if anything is new, which the page then holds from a slot on.</summary>
    private bool Take(in PaxosMessage message, out long first)
    {
        bool hasChanged = false;
        first = Math.Max(message.Slot, Committed + 1);
        _page.Clear();
        for (int i = (int)Math.Min(first - message.Slot, _received.Count); i < _received.Count; i++)
        {
            long slot = message.Slot + i;
            byte[] value = _received[i].Value!;
            _page.Add(new PaxosEntry(default, value));
            bool isHeld = _log.IsChosen(slot) || (slot <= _log.Last && _log[slot].Value is not null && _log[slot].Ballot == message.Ballot);
            if (!isHeld)
            {
                _log.Accept(slot, message.Ballot, value);
                hasChanged = true;
            }
        }

        return hasChanged;
    }

    private void OnHeartbeat(int peer, in PaxosMessage message, ref Turn turn)
    {
        if (!TryFollow(peer, message.Ballot, ref turn, out bool isNew))
        {
            return;
        }

        if (isNew)
        {
            Promise(message.Ballot, ref turn);
        }

        Send(peer, new PaxosMessage(PaxosVerb.HeartbeatAnswer, message.Ballot, Number: message.Number), ref turn);
        LearnTold(message.Committed, ref turn);
    }

    /// <summary>
    /// Up to the commit index every slot is chosen; that its value is the one held here is certain only of values accepted under the leader's own ballot. (Under an earlier one another value may have been chosen since.)
    /// </summary>
    private void LearnTold(long committed, ref Turn turn)
    {
        _told = Math.Max(_told, committed);
        for (long slot = Committed + 1; slot <= _told && slot <= _log.Last; slot++)
        {
            if (_log.IsChosen(slot))
            {
                continue;
            }

            if (_log[slot].Value is null || (_log[slot].Ballot != Promised && _options.Mutant != PaxosMutant.LearnAnyBallot))
            {
                break;
            }

            _log.Choose(slot);
        }

        _log.Advance();
        AskLater(ref turn);
    }

    /// <summary>What is missing may be on its way still: it is asked for when it has not come for a while.</summary>
    private void AskLater(ref Turn turn)
    {
        if (Committed < _told && !_isAsking)
        {
            _isAsking = true;
            turn.SetTimer(AskTimer, _options.RetryNs);
        }
    }

    private void OnAskTimer(ref Turn turn)
    {
        _isAsking = false;
        if (Role == PaxosRole.Follower && _leader >= 0 && Committed < _told)
        {
            Send(_leader, new PaxosMessage(PaxosVerb.Ask, Slot: Committed + 1), ref turn);
            AskLater(ref turn);
        }
    }

    private void OnAsk(int peer, in PaxosMessage message, ref Turn turn)
    {
        if (message.Slot < _log.First)
        {
            _page.Clear();
            Wire.VarintWriter writer = PaxosWire.Write(Room(PaxosWire.HeadBytesMax + _snapshot.Length), new PaxosMessage(PaxosVerb.Snapshot, Slot: _snapshotSlot));
            writer.Bytes(_snapshot);
            turn.Send(peer, turn.Compose(writer.Written));
        }
        else if (message.Slot <= Committed)
        {
            Gather(message.Slot, Committed);
            turn.Send(peer, ComposePage(new PaxosMessage(PaxosVerb.Chosen, Slot: message.Slot), ref turn));
        }
    }

    /// <summary>A leader counts for itself: what it learned otherwise might have been chosen under a ballot after its own, of which its followers know nothing.</summary>
    private void OnChosen(int peer, in PaxosMessage message, ref Turn turn)
    {
        if (Role == PaxosRole.Leading || message.Slot + _received.Count > Committed + PaxosLog.SlotsMax)
        {
            return;
        }

        long before = Committed;
        Learn(message.Slot, _received, ref turn);
        _log.Advance();
        if (Committed > before && Committed < Math.Max(_told, _reach))
        {
            Send(peer, new PaxosMessage(PaxosVerb.Ask, Slot: Committed + 1), ref turn);
        }
    }

    private void Learn(long slot, List<PaxosEntry> values, ref Turn turn)
    {
        long first = Math.Max(slot, Committed + 1);
        int skipped = (int)Math.Min(first - slot, values.Count);
        if (skipped == values.Count)
        {
            return;
        }

        _page.Clear();
        for (int i = skipped; i < values.Count; i++)
        {
            _log.Learn(slot + i, values[i].Value!);
            _page.Add(values[i]);
        }

        Persist(PaxosRecord.Learn, default, first, ref turn);
    }

    private void OnSnapshot(int peer, in PaxosMessage message, ref Turn turn)
    {
        if (Role == PaxosRole.Leading || message.Slot <= Committed)
        {
            return;
        }

        byte[] state = _received[0].Value!;
        if (!_machine.TryLoad(state))
        {
            Refuse($"the snapshot at slot {message.Slot} that server {peer} sent has no form", turn.Clock.LocalNs);
            return;
        }

        _log.DropUpTo(message.Slot);
        (_snapshotSlot, _snapshot, _applied) = (message.Slot, state, message.Slot);
        _options.Witness?.Saved(_self, message.Slot, state, isOwn: false, turn.Clock.LocalNs);
        _page.Clear();
        Persist(PaxosRecord.Snapshot, default, message.Slot, ref turn, state);
        if (Committed < Math.Max(_told, _reach))
        {
            Send(peer, new PaxosMessage(PaxosVerb.Ask, Slot: Committed + 1), ref turn);
        }
    }
}
