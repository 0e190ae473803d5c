using Headroom.Dissemination.Gossip;
using Headroom.Dissemination.Memory;
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
public readonly struct EpidemicBroadcastTree(EpidemicBroadcastTreeOptions options, BroadcastMemory<RepairState> memory) : IProcess
{
    private const int RepairTimer = 0;
    private const int PullTimer = 1;

    /// <summary>How often a member pulls on the strength of one digest before it waits for another.</summary>
    private const int PullsMax = 4;

    private readonly EpidemicBroadcastTreeOptions _options = options;
    private readonly BroadcastMemory<RepairState> _memory = memory;

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
                RepairDue(ref turn);
                break;
            case InputKind.Timer:
                PullDue(ref turn);
                break;
        }
    }

    private void Receive(in BroadcastHead head, in ProcessInput input, ref Turn turn)
    {
        int slot = _memory.Find(turn.Self, head.Broadcast);
        bool hasPayload = slot >= 0 && _memory.Body(slot) != 0;
        switch (head.Verb)
        {
            case BroadcastVerb.Payload:
                Take(head.Broadcast, input.Body, ref turn);
                break;
            case BroadcastVerb.IHave when !hasPayload:
                slot = slot >= 0 ? slot : _memory.Add(turn.Self, head.Broadcast, 0);
                ref RepairState state = ref _memory.State(slot);
                state.LastOffer = input.Peer;
                if (state.PullAtNs == 0)
                {
                    state.HasPulled = true;
                    state.PullsLeft = PullsMax;
                    Pull(slot, ref turn);
                    SetTimers(ref turn);
                }

                break;
            case BroadcastVerb.Pull when hasPayload:
                turn.Send(input.Peer, _memory.ComposePayload(slot, ref turn));
                break;
        }
    }

    private void Take(long broadcast, int body, ref Turn turn)
    {
        int slot = _memory.Take(broadcast, body, ref turn);
        if (slot < 0)
        {
            return;
        }

        ref RepairState state = ref _memory.State(slot);
        state.PullAtNs = 0;
        int message = state.HasPulled ? Offer(slot, ref turn) : _memory.ComposePayload(slot, ref turn);
        foreach (int child in _options.Tree.Children(turn.Self))
        {
            turn.Send(child, message);
        }

        state.PeriodsLeft = _options.RepairPeriods;
        DrawRepair(ref state, ref turn);
        SetTimers(ref turn);
    }

    /// <summary>Asks whoever offered last; a pull or its answer may be lost.</summary>
    private void Pull(int slot, ref Turn turn)
    {
        ref RepairState state = ref _memory.State(slot);
        state.PullsLeft--;
        state.PullAtNs = turn.Clock.LocalNs + _options.PullTimeoutNs;
        turn.Send(state.LastOffer, new BroadcastHead(BroadcastVerb.Pull, _memory.Broadcast(slot)).Compose(0, ref turn));
    }

    private void PullDue(ref Turn turn)
    {
        for (int i = 0; i < _memory.Count(turn.Self); i++)
        {
            int slot = _memory.SlotAt(turn.Self, i);
            ref RepairState state = ref _memory.State(slot);
            if (state.PullAtNs == 0 || state.PullAtNs > turn.Clock.LocalNs)
            {
                continue;
            }

            if (state.PullsLeft > 0)
            {
                Pull(slot, ref turn);
            }
            else
            {
                state.PullAtNs = 0;
            }
        }

        SetTimers(ref turn);
    }

    private void RepairDue(ref Turn turn)
    {
        for (int i = 0; i < _memory.Count(turn.Self); i++)
        {
            int slot = _memory.SlotAt(turn.Self, i);
            ref RepairState state = ref _memory.State(slot);
            if (state.RepairAtNs != 0 && state.RepairAtNs <= turn.Clock.LocalNs)
            {
                RandomPeers.Send(_options.Topology, _options.Fanout, Offer(slot, ref turn), ref turn);
                DrawRepair(ref state, ref turn);
            }
        }

        SetTimers(ref turn);
    }

    private int Offer(int slot, ref Turn turn) => new BroadcastHead(BroadcastVerb.IHave, _memory.Broadcast(slot)).Compose(0, ref turn);

    /// <summary>A coin of probability p in each period, thrown ahead: the periods to the next head are geometric, 1 + floor(ln U / ln(1 - p)).</summary>
    private void DrawRepair(ref RepairState state, ref Turn turn)
    {
        state.RepairAtNs = 0;
        if (state.PeriodsLeft == 0 || _options.GossipProbability == 0)
        {
            return;
        }

        double tails = Math.Floor(Elementary.Log(turn.Random.NextPositive()) / Elementary.Log1P(-_options.GossipProbability));
        if (tails >= state.PeriodsLeft)
        {
            state.PeriodsLeft = 0;
            return;
        }

        int periods = 1 + (int)tails;
        state.PeriodsLeft -= periods;
        state.RepairAtNs = turn.Clock.LocalNs + (periods * _options.PeriodNs);
    }

    /// <summary>One timer of each kind serves all broadcasts: it is set for the first that is due.</summary>
    private void SetTimers(ref Turn turn)
    {
        long repairAtNs = long.MaxValue;
        long pullAtNs = long.MaxValue;
        for (int i = 0; i < _memory.Count(turn.Self); i++)
        {
            ref RepairState state = ref _memory.State(_memory.SlotAt(turn.Self, i));
            repairAtNs = state.RepairAtNs == 0 ? repairAtNs : Math.Min(repairAtNs, state.RepairAtNs);
            pullAtNs = state.PullAtNs == 0 ? pullAtNs : Math.Min(pullAtNs, state.PullAtNs);
        }

        Set(RepairTimer, repairAtNs, ref turn);
        Set(PullTimer, pullAtNs, ref turn);
    }

    private static void Set(int timer, long atNs, ref Turn turn)
    {
        if (atNs == long.MaxValue)
        {
            turn.CancelTimer(timer);
        }
        else
        {
            turn.SetTimer(timer, Math.Max(0, atNs - turn.Clock.LocalNs));
        }
    }
}
