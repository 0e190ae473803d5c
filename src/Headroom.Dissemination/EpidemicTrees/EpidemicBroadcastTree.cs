using Headroom.Dissemination.Gossip;
using Headroom.Dissemination.Wire;
using Headroom.Kernel.Arithmetic;
using Headroom.Simulation.Processes;

namespace Headroom.Dissemination.EpidemicTrees;

/// <summary>
/// A tree, then epidemic repair by digests (after the eager and lazy links of [leitao2007]). The payload runs down the tree. Whoever has it
/// sends, each period with probability p, a digest (IHAVE, no payload) to f random peers; who misses it pulls it from the sender. A member
/// repaired in this way offers it to its children by digest too, which heals the subtree below a dead member without a copy too many. Nobody
/// knows who is missing or who is dead: there are no acknowledgements and no failure detector.
/// </summary>
public struct EpidemicBroadcastTree(EpidemicBroadcastTreeOptions options) : IProcess
{
    private const int RepairTimer = 0;
    private const int PullTimer = 1;

    /// <summary>How often a member pulls on the strength of one digest before it waits for another.</summary>
    private const int PullsMax = 4;

    private readonly EpidemicBroadcastTreeOptions _options = options;
    private PayloadState _payload;
    private long _broadcast;
    private int _periodsLeft;
    private int _pullsLeft;
    private int _lastOffer;
    private bool _isPulling;
    private bool _hasPulled;

    public static int TimerCount => 2;

    public void On(in ProcessInput input, ref Turn turn)
    {
        switch (input.Kind)
        {
            case InputKind.Request:
                Take(input.Number, input.Body, ref turn);
                break;
            case InputKind.Message when BroadcastHead.TryRead(input.Head, out BroadcastHead head):
                Receive(head, input, ref turn);
                break;
            case InputKind.Timer when input.Number == RepairTimer:
                Repair(ref turn);
                break;
            case InputKind.Timer when _pullsLeft > 0:
                Pull(ref turn);
                break;
            case InputKind.Timer:
                _isPulling = false;
                break;
        }
    }

    private void Receive(in BroadcastHead head, in ProcessInput input, ref Turn turn)
    {
        switch (head.Verb)
        {
            case BroadcastVerb.Payload:
                Take(head.Broadcast, input.Body, ref turn);
                break;
            case BroadcastVerb.IHave when !_payload.Has:
                _lastOffer = input.Peer;
                _broadcast = head.Broadcast;
                if (!_isPulling)
                {
                    _isPulling = true;
                    _hasPulled = true;
                    _pullsLeft = PullsMax;
                    Pull(ref turn);
                }

                break;
            case BroadcastVerb.Pull when _payload.Has:
                turn.Send(input.Peer, _payload.ComposePayload(ref turn));
                break;
        }
    }

    /// <summary>Asks whoever offered last; a pull or its answer may be lost.</summary>
    private void Pull(ref Turn turn)
    {
        _pullsLeft--;
        turn.Send(_lastOffer, PayloadState.ComposePull(_broadcast, ref turn));
        turn.SetTimer(PullTimer, _options.PullTimeoutNs);
    }

    private void Take(long broadcast, int body, ref Turn turn)
    {
        if (!_payload.Take(broadcast, body, ref turn))
        {
            return;
        }

        if (_isPulling)
        {
            _isPulling = false;
            turn.CancelTimer(PullTimer);
        }

        ReadOnlySpan<int> children = _options.Tree.Children(turn.Self);
        int message = _hasPulled ? _payload.ComposeIHave(ref turn) : _payload.ComposePayload(ref turn);
        foreach (int child in children)
        {
            turn.Send(child, message);
        }

        _periodsLeft = _options.RepairPeriods;
        SetRepairTimer(ref turn);
    }

    private void Repair(ref Turn turn)
    {
        RandomPeers.Send(_options.Topology, _options.Fanout, _payload.ComposeIHave(ref turn), ref turn);
        SetRepairTimer(ref turn);
    }

    /// <summary>A coin of probability p in each period, thrown ahead: the periods to the next head are geometric, 1 + floor(ln U / ln(1 - p)).</summary>
    private void SetRepairTimer(ref Turn turn)
    {
        if (_periodsLeft == 0 || _options.GossipProbability == 0)
        {
            return;
        }

        double tails = Math.Floor(Elementary.Log(turn.Random.NextPositive()) / Elementary.Log1P(-_options.GossipProbability));
        if (tails >= _periodsLeft)
        {
            _periodsLeft = 0;
            return;
        }

        int periods = 1 + (int)tails;
        _periodsLeft -= periods;
        turn.SetTimer(RepairTimer, periods * _options.PeriodNs);
    }
}
