using System.Numerics;
using Headroom.Simulation.Processes;

namespace Headroom.Consensus.Paxos;

/// <summary>Phase 2, a slot each and many at a time; heartbeats, the rounds and leases that reads rest on.</summary>
public sealed partial class PaxosServer
{
    private const int RoundsKept = 64;

    private readonly long[] _heardNs;
    private readonly long[] _answeredRounds;
    private readonly long[] _roundStartNs = new long[RoundsKept];
    private readonly Queue<(int Record, Ballot Ballot, long Slot, int Count)> _ownAccepts = new();
    private long _next;
    private long _round;
    private long _confirmedRound;
    private long? _leaseEndNs;

    /// <summary>The last slot that phase 1 found: what earlier leaders may have chosen ends here.</summary>
    private long _termEnd;

    private bool HoldsLease(long nowNs) => _options.Reads == PaxosReads.Lease && _leaseEndNs is { } endNs && (nowNs < endNs || _options.Mutant == PaxosMutant.StaleLease);

    private void Propose(byte[] value, ref Turn turn)
    {
        long slot = _next++;
        _log.Accept(slot, Promised, value);
        SendAccepts(slot, slot, ref turn);
        if (_options.Mutant == PaxosMutant.ApplyBeforeChosen)
        {
            _log.Choose(slot);
        }
    }

    /// <summary>Sends what is under way from one slot to another, and writes it down meanwhile [ongaro2014, section 10.2.1]: own values count when they are durable.</summary>
    private void SendAccepts(long from, long to, ref Turn turn)
    {
        for (long slot = from; slot <= to;)
        {
            long next = GatherUnderWay(ref slot, to);
            if (_page.Count == 0)
            {
                return;
            }

            for (long sent = slot; sent < next; sent++)
            {
                _log.MarkSent(sent, turn.Clock.LocalNs);
            }

            if (_options.Mutant != PaxosMutant.SkipAcceptRecord)
            {
                Persist(PaxosRecord.Accept, Promised, slot, ref turn);
            }

            _ownAccepts.Enqueue((Appended, Promised, slot, _page.Count));
            SendToAll(ComposePage(new PaxosMessage(PaxosVerb.Accept, Promised, slot, Committed), ref turn), ref turn, isUrgent: true);
            slot = next;
        }
    }

    /// <summary>Puts slots that follow one another and are not chosen into the page, and gives the slot behind them.</summary>
    private long GatherUnderWay(ref long from, long to)
    {
        while (from <= to && _log.IsChosen(from))
        {
            from++;
        }

        long end = from;
        while (end <= to && !_log.IsChosen(end))
        {
            end++;
        }

        return Gather(from, end - 1);
    }

    private void OnAccepted(int peer, in PaxosMessage message, long nowNs)
    {
        if (Role == PaxosRole.Leading && message.Ballot == Promised)
        {
            _heardNs[peer] = nowNs;
            Count(peer, Promised, message.Slot, (int)message.Number);
        }
    }

    /// <summary>A server holds values: those that q2 hold are chosen.</summary>
    private void Count(int server, Ballot ballot, long first, int count)
    {
        if (Role != PaxosRole.Leading || ballot != Promised)
        {
            return;
        }

        long end = Math.Min(first + count, _next);
        for (long slot = Math.Max(first, Committed + 1); slot < end; slot++)
        {
            if (BitOperations.PopCount(_log.MarkAccepted(slot, server)) >= _options.Accepting)
            {
                _log.Choose(slot);
            }
        }
    }

    private void OnHeartbeatTimer(ref Turn turn)
    {
        if (Role != PaxosRole.Leading)
        {
            return;
        }

        int hearing = 1;
        long nowNs = turn.Clock.LocalNs;
        for (int server = 0; server < _options.Servers; server++)
        {
            hearing += server != _self && nowNs >= _heardNs[server] && nowNs - _heardNs[server] < _options.ElectionNs ? 1 : 0;
        }

        if (_options.StepsDown && hearing < _options.Accepting)
        {
            StepDown(-1, ref turn);
            return;
        }

        Beat(ref turn);
        SendAgain(ref turn);
    }

    /// <summary>Begins a round of heartbeats.</summary>
    private void Beat(ref Turn turn)
    {
        _round++;
        _roundStartNs[_round % RoundsKept] = turn.Clock.LocalNs;
        SendToAll(new PaxosMessage(PaxosVerb.Heartbeat, Promised, Committed: Committed, Number: _round), ref turn, isUrgent: true);
        turn.SetTimer(HeartbeatTimer, _options.HeartbeatNs);
        TakeRounds();
    }

    /// <summary>Who has not accepted what was sent a while ago gets it again.</summary>
    private void SendAgain(ref Turn turn)
    {
        long nowNs = turn.Clock.LocalNs;
        for (int server = 0; server < _options.Servers; server++)
        {
            long slot = Committed + 1;
            while (server != _self && slot < _next && !IsOverdue(slot, server, nowNs))
            {
                slot++;
            }

            if (server == _self || slot >= _next)
            {
                continue;
            }

            GatherUnderWay(ref slot, _next - 1);
            turn.Send(server, ComposePage(new PaxosMessage(PaxosVerb.Accept, Promised, slot, Committed), ref turn), urgent: true);
        }
    }

    private bool IsOverdue(long slot, int server, long nowNs)
    {
        ref readonly PaxosSlot held = ref _log[slot];
        return !held.IsChosen && (held.AcceptedBy >> server & 1) == 0 && (nowNs < held.SentNs || nowNs - held.SentNs >= _options.RetryNs);
    }

    private void OnHeartbeatAnswer(int peer, in PaxosMessage message, ref Turn turn)
    {
        if (Role != PaxosRole.Leading || message.Ballot != Promised || message.Number > _round)
        {
            return;
        }

        _heardNs[peer] = turn.Clock.LocalNs;
        if (message.Number > _answeredRounds[peer])
        {
            _answeredRounds[peer] = message.Number;
            TakeRounds();
        }
    }

    /// <summary>What the answers so far say about reads and the lease.</summary>
    private void TakeRounds()
    {
        _answeredRounds[_self] = _round;
        _confirmedRound = AnsweredBy(_options.Confirming);
        long leased = AnsweredBy(_options.Leasing);
        if (leased > 0 && _round - leased < RoundsKept)
        {
            // Servers count from when they hear of the round, which is later than its start; their clocks may run faster than ours.
            long endNs = _roundStartNs[leased % RoundsKept] + (long)(_options.ElectionNs * (1 - _options.DriftShareMax));
            _leaseEndNs = Math.Max(_leaseEndNs ?? endNs, endNs);
        }
    }

    /// <summary>The last round that so many servers have answered.</summary>
    private long AnsweredBy(int count)
    {
        Span<long> rounds = stackalloc long[PaxosOptions.ServersMax];
        rounds = rounds[.._options.Servers];
        _answeredRounds.CopyTo(rounds);
        rounds.Sort();
        return rounds[^count];
    }
}
