using System.Numerics;
using Headroom.Simulation.Processes;

namespace Headroom.Consensus.Paxos;

/// <summary>Who leads: the silence of a leader, a probe, phase 1.</summary>
public sealed partial class PaxosServer
{
    private readonly Dictionary<long, PaxosEntry> _found = [];
    private int _leader = -1;
    private long _leaderHeardNs;
    private long _quietNs;
    private long _timeoutNs;
    private long _attempt;
    private long _roundMax;
    private ulong _voters;
    private int _promiseRecord;

    /// <summary>Slots up to this one some server that promised has dropped: they must be learned before leading.</summary>
    private long _reach;

    /// <summary>A leader was heard so lately that no other is to be helped: who cannot hear it disturbs nobody, and a lease may rest on it.</summary>
    private bool IsHeld(long nowNs) => _options.DefendsLeader && nowNs >= _leaderHeardNs && nowNs - _leaderHeardNs < _options.ElectionNs;

    /// <summary>Waits for a leader's word, a new time.</summary>
    private void Rest(ref Turn turn)
    {
        _quietNs = turn.Clock.LocalNs;
        _timeoutNs = _options.ElectionNs + (long)turn.Random.Below((ulong)_options.ElectionNs);
        turn.SetTimer(ElectionTimer, _timeoutNs);
    }

    private void StandFirst(ref Turn turn)
    {
        _leader = _options.FirstLeader ?? -1;
        if (_leader == _self)
        {
            Prepare(ref turn);
        }
    }

    private void OnElectionTimer(ref Turn turn)
    {
        long quietNs = turn.Clock.LocalNs - _quietNs;
        if (Role == PaxosRole.Leading)
        {
            return;
        }

        if (quietNs >= 0 && quietNs < _timeoutNs)
        {
            turn.SetTimer(ElectionTimer, _timeoutNs - quietNs);
            return;
        }

        Rest(ref turn);
        _leader = -1;
        if (!_options.DefendsLeader)
        {
            Prepare(ref turn);
            return;
        }

        (Role, _voters) = (PaxosRole.Probing, 1UL << _self);
        _attempt++;
        SendToAll(new PaxosMessage(PaxosVerb.Probe, Number: _attempt), ref turn, isUrgent: true);
        CountProbes(ref turn);
    }

    private void OnProbe(int peer, in PaxosMessage message, ref Turn turn)
    {
        if (Role != PaxosRole.Leading && !IsHeld(turn.Clock.LocalNs))
        {
            Send(peer, new PaxosMessage(PaxosVerb.ProbeAnswer, Promised, Number: message.Number), ref turn, isUrgent: true);
        }
    }

    private void OnProbeAnswer(int peer, in PaxosMessage message, ref Turn turn)
    {
        _roundMax = Math.Max(_roundMax, message.Ballot.Round);
        if (Role == PaxosRole.Probing && message.Number == _attempt)
        {
            _voters |= 1UL << peer;
            CountProbes(ref turn);
        }
    }

    private void CountProbes(ref Turn turn)
    {
        if (BitOperations.PopCount(_voters) >= _options.Promising)
        {
            Prepare(ref turn);
        }
    }

    private void Prepare(ref Turn turn)
    {
        Role = PaxosRole.Preparing;
        _roundMax = Math.Max(_roundMax, Promised.Round) + 1;
        (_voters, _reach) = (0, 0);
        _found.Clear();
        // The ballot is durable before anybody hears of it: after a crash it must not be used for other values.
        Promise(new Ballot(_roundMax, _self), ref turn);
        _promiseRecord = Appended;
        SendToAll(new PaxosMessage(PaxosVerb.Prepare, Promised, Committed + 1), ref turn);
    }

    /// <summary>Promises a larger ballot, durably.</summary>
    private void Promise(Ballot ballot, ref Turn turn)
    {
        Promised = ballot;
        _told = 0;
        if (_options.Mutant != PaxosMutant.ForgetPromise)
        {
            _page.Clear();
            Persist(PaxosRecord.Promise, ballot, 0, ref turn);
        }
    }

    private void OnPrepare(int peer, in PaxosMessage message, ref Turn turn)
    {
        if (message.Ballot < Promised)
        {
            Send(peer, new PaxosMessage(PaxosVerb.Refused, Promised), ref turn);
            return;
        }

        if (message.Ballot > Promised)
        {
            if (IsHeld(turn.Clock.LocalNs) && _leader != peer)
            {
                return;
            }

            StepDown(-1, ref turn);
            Promise(message.Ballot, ref turn);
            _quietNs = turn.Clock.LocalNs;
        }

        long from = Math.Max(message.Slot, _log.First);
        long next = Gather(from, _log.Last);
        var answer = new PaxosMessage(PaxosVerb.Promise, message.Ballot, message.Slot, Committed, _log.First - 1, next <= _log.Last ? next : 0);
        turn.Send(peer, ComposePage(answer, ref turn), urgent: _options.Mutant == PaxosMutant.AnswerBeforeDurable);
    }

    private void OnPromise(int peer, in PaxosMessage message, ref Turn turn)
    {
        long first = Math.Max(message.Slot, message.Dropped + 1);
        if (Role != PaxosRole.Preparing || message.Ballot != Promised || first + _received.Count > Committed + PaxosLog.SlotsMax)
        {
            return;
        }

        Find(first, ref turn);
        if (message.Dropped > Committed)
        {
            _reach = Math.Max(_reach, message.Dropped);
            Send(peer, new PaxosMessage(PaxosVerb.Ask, Slot: Committed + 1), ref turn);
        }

        if (message.Next > 0)
        {
            Send(peer, new PaxosMessage(PaxosVerb.Prepare, Promised, message.Next), ref turn);
        }
        else
        {
            _voters |= 1UL << peer;
        }
    }

    /// <summary>What is chosen is learned; of what was accepted that of the largest ballot counts.</summary>
    private void Find(long first, ref Turn turn)
    {
        for (int i = 0; i < _received.Count; i++)
        {
            PaxosEntry entry = _received[i];
            if (entry.Value is not null && entry.Ballot > default(Ballot) && (!_found.TryGetValue(first + i, out PaxosEntry other) || entry.Ballot > other.Ballot))
            {
                _found[first + i] = entry;
            }
        }

        int from = 0;
        while (from < _received.Count)
        {
            int to = from;
            while (to < _received.Count && _received[to] is { Value: not null, Ballot.Round: 0 })
            {
                to++;
            }

            if (to > from)
            {
                Learn(first + from, _received.GetRange(from, to - from), ref turn);
            }

            from = to + 1;
        }
    }

    private void TryLead(ref Turn turn)
    {
        bool isOwnDurable = _promiseRecord <= _durable;
        _log.Advance();
        if (!isOwnDurable || BitOperations.PopCount(_voters) + 1 < _options.Promising || Committed < _reach)
        {
            return;
        }

        long nowNs = turn.Clock.LocalNs;
        (Role, _leader) = (PaxosRole.Leading, _self);
        _termEnd = Math.Max(_log.Last, Committed);
        foreach (long slot in _found.Keys)
        {
            _termEnd = Math.Max(_termEnd, slot);
        }

        _next = _termEnd + 1;
        Array.Fill(_heardNs, nowNs);
        Array.Clear(_answeredRounds);
        (_round, _confirmedRound, _leaseEndNs) = (0, 0, null);
        _options.Witness?.Led(_self, Promised.Round, nowNs);
        for (long slot = Committed + 1; slot <= _termEnd; slot++)
        {
            if (!_log.IsChosen(slot))
            {
                _log.Accept(slot, Promised, ValueOf(slot));
            }
        }

        SendAccepts(Committed + 1, _termEnd, ref turn);
        _found.Clear();
        turn.CancelTimer(ElectionTimer);
        Beat(ref turn);
    }

    /// <summary>The value that was accepted under the largest ballot, here or at those who promised; where there is none, nothing to be done fills the gap.</summary>
    private byte[] ValueOf(long slot)
    {
        PaxosSlot own = slot <= _log.Last ? _log[slot] : default;
        bool isFound = _found.TryGetValue(slot, out PaxosEntry found);
        if (own.Value is not null && (!isFound || own.Ballot >= found.Ballot || _options.Mutant == PaxosMutant.PreferOwnValue))
        {
            return own.Value;
        }

        return isFound ? found.Value! : [];
    }

    private void OnRefused(in PaxosMessage message, ref Turn turn)
    {
        _roundMax = Math.Max(_roundMax, message.Ballot.Round);
        if (message.Ballot > Promised && Role != PaxosRole.Follower)
        {
            StepDown(-1, ref turn);
        }
    }

    /// <summary>Leads no more, nor wants to: what waits here is sent to whoever may lead.</summary>
    private void StepDown(int leader, ref Turn turn)
    {
        bool wasLeading = Role == PaxosRole.Leading;
        Role = PaxosRole.Follower;
        _leader = leader;
        if (wasLeading)
        {
            turn.CancelTimer(HeartbeatTimer);
            SendWaitingElsewhere(ref turn);
            Rest(ref turn);
        }
    }
}
