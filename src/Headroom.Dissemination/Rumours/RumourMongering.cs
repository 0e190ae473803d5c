using Headroom.Dissemination.Gossip;
using Headroom.Dissemination.Memory;
using Headroom.Dissemination.Wire;
using Headroom.Simulation.Processes;

namespace Headroom.Dissemination.Rumours;

/// <summary>
/// Rumour mongering [demers1987, section 1.4]: who has a rumour pushes it to one random peer each period until it loses interest, by a coin or a counter,
/// because those it told knew already (feedback) or in any case (blind). Feedback is a message without payload; where none comes, the push counts
/// as needed, and the counter starts again (it counts in a row, or the paper's bound on the traffic would not hold). Two pushes that reach a member at the same instant were both needed: that is what the synchronous cycles of the paper count.
/// </summary>
public struct RumourMongering(RumourOptions options, BroadcastMemory<RumourState> memory) : IProcess
{
    private const int Period = 0;
    private const int Act = 1;

    private readonly RumourOptions _options = options;
    private readonly BroadcastMemory<RumourState> _memory = memory;
    private bool _isTimerSet;

    public static int TimerCount => 2;

    public void On(in ProcessInput input, ref Turn turn)
    {
        switch (input.Kind)
        {
            case InputKind.Recovery when input.Number < 0:
                _memory.Clear(turn.Self);
                break;
            case InputKind.Request:
                Take(input.Number, input.Body, ref turn);
                break;
            case InputKind.Message when BroadcastHead.TryRead(input.Head, out BroadcastHead head):
                Receive(head, input, ref turn);
                break;
            case InputKind.Timer when input.Number == Period && _options.IsAligned:
                // Without delay: after the feedback that arrives at this instant.
                turn.SetTimer(Act, 0);
                break;
            case InputKind.Timer:
                PushAll(ref turn);
                break;
        }
    }

    private void Receive(in BroadcastHead head, in ProcessInput input, ref Turn turn)
    {
        switch (head.Verb)
        {
            case BroadcastVerb.Payload when !Take(head.Broadcast, input.Body, ref turn) && _options.HasFeedback && input.Body != 0:
                if (_memory.State(_memory.Find(turn.Self, head.Broadcast)).TakenNs < turn.Clock.LocalNs)
                {
                    turn.Send(input.Peer, new BroadcastHead(BroadcastVerb.IHave, head.Broadcast).Compose(0, ref turn));
                }

                break;
            case BroadcastVerb.IHave when _options.HasFeedback:
                int slot = _memory.Find(turn.Self, head.Broadcast);
                if (slot >= 0)
                {
                    Tire(ref _memory.State(slot), ref turn);
                }

                break;
        }
    }

    private bool Take(long broadcast, int body, ref Turn turn)
    {
        int slot = _memory.Take(broadcast, body, ref turn);
        if (slot < 0)
        {
            return false;
        }

        _memory.State(slot) = new RumourState { TakenNs = turn.Clock.LocalNs, PushesLeft = _options.PushesMax, Patience = _options.K };
        if (!_isTimerSet)
        {
            long delayNs = _options.IsAligned
                ? (_options.PeriodNs - (turn.Clock.LocalNs % _options.PeriodNs)) % _options.PeriodNs
                : (long)turn.Random.Below((ulong)_options.PeriodNs);
            SetTimer(delayNs, ref turn);
        }

        return true;
    }

    private void PushAll(ref Turn turn)
    {
        _isTimerSet = false;
        bool isInterested = false;
        Span<int> peer = stackalloc int[1];
        for (int i = 0; i < _memory.Count(turn.Self); i++)
        {
            int slot = _memory.SlotAt(turn.Self, i);
            ref RumourState state = ref _memory.State(slot);
            if (state.PushesLeft == 0 || RandomPeers.Draw(_options.Topology, peer, ref turn) == 0)
            {
                continue;
            }

            if (_options.Interest == Interest.FeedbackCounter && !state.IsAnswered)
            {
                state.Patience = _options.K;
            }

            turn.Send(peer[0], _memory.ComposePayload(slot, ref turn));
            state.IsAnswered = false;
            state.PushesLeft--;
            if (!_options.HasFeedback)
            {
                Tire(ref state, ref turn);
            }

            isInterested |= state.PushesLeft > 0;
        }

        if (isInterested)
        {
            SetTimer(_options.PeriodNs, ref turn);
        }
    }

    private readonly void Tire(ref RumourState state, ref Turn turn)
    {
        state.IsAnswered = true;
        bool isTired = _options.Interest is Interest.FeedbackCoin or Interest.BlindCoin
            ? turn.Random.Below(_options.K) == 0
            : --state.Patience <= 0;
        if (isTired)
        {
            state.PushesLeft = 0;
        }
    }

    private void SetTimer(long delayNs, ref Turn turn)
    {
        _isTimerSet = true;
        turn.SetTimer(Period, delayNs);
    }
}
