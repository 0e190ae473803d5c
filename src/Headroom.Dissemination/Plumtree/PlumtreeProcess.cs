using Headroom.Dissemination.HyParView;
using Headroom.Dissemination.Memory;
using Headroom.Simulation.Processes;

namespace Headroom.Dissemination.Plumtree;

/// <summary>
/// Epidemic broadcast trees [leitao2007]: a member sends the payload at once on its eager links and announces it on its lazy ones. A copy too many makes
/// its link lazy on both sides (PRUNE), so that after one broadcast the eager links of a quiet network form a tree; a member told of a payload that does
/// not come asks for it (GRAFT), which makes that link eager and mends the tree. A payload that took many more hops than an announcement changes parent.
/// <para>Where the paper asks each announcer once, here the first four are asked in turn until the payload comes, since a question or its answer
/// may be lost.</para>
/// </summary>
public readonly struct PlumtreeProcess(PlumtreeTables tables) : IProcess, IForeseeing
{
    private const int MissingTimer = HyParViewMembership.TimerCount;
    private const int AnnounceTimer = MissingTimer + 1;
    private const int None = MemberRows.None;

    private readonly PlumtreeTables _tables = tables;

    public static int TimerCount => HyParViewMembership.TimerCount + 2;

    private BroadcastMemory<PlumtreeState> Memory => _tables.Memory;

    private MemberRows Links => _tables.Links;

    public void Foresee(int member)
    {
        Memory.Foresee(member);
        Links.Foresee(member);
    }

    public void On(in ProcessInput input, ref Turn turn)
    {
        switch (input.Kind)
        {
            case InputKind.Message when PlumtreeHead.TryRead(input.Head, out PlumtreeHead head):
                Receive(head, input, ref turn);
                break;
            case InputKind.Message when _tables.Membership is { } views && HyParViewHead.TryRead(input.Head, Links.Members, out HyParViewHead head):
                views.Receive(input.Peer, head, ref turn);
                break;
            case InputKind.Timer when input.Number == MissingTimer:
                MissingDue(ref turn);
                break;
            case InputKind.Timer when input.Number == AnnounceTimer:
                AnnounceDue(ref turn);
                break;
            case InputKind.Timer:
                _tables.Membership?.TimerFired((int)input.Number, ref turn);
                break;
            case InputKind.Request when _tables.Membership is { } views && input.Head.SequenceEqual(HyParViewMembership.LeaveRequest):
                views.Leave(ref turn);
                break;
            case InputKind.Request:
                Take(input.Number, input.Body, -1, None, 0, ref turn);
                break;
            default:
                Change(input, ref turn);
                break;
        }
    }

    /// <summary>Starts, recoveries and links that come and go.</summary>
    private void Change(in ProcessInput input, ref Turn turn)
    {
        switch (input.Kind)
        {
            case InputKind.Start:
                _tables.Clear(turn.Self);
                _tables.Membership?.Start(ref turn);
                break;
            case InputKind.Recovery when input.Number < 0:
                _tables.Clear(turn.Self);
                _tables.Membership?.Restart(ref turn);
                break;
            case InputKind.LinkDown when _tables.Membership is { } views:
                views.LinkDown(input.Peer, ref turn);
                break;
            case InputKind.LinkDown:
                Links.Remove(turn.Self, input.Peer);
                break;
            case InputKind.LinkUp when _tables.Membership is { } views:
                views.LinkUp(input.Peer, ref turn);
                break;
            case InputKind.LinkUp:
                Links.Add(turn.Self, input.Peer);
                break;
        }
    }

    private void Receive(in PlumtreeHead head, in ProcessInput input, ref Turn turn)
    {
        int link = Links.IndexOf(turn.Self, input.Peer);
        if (link == None)
        {
            _tables.Membership?.Meet(input.Peer, ref turn);
        }

        switch (head.Verb)
        {
            case PlumtreeVerb.Gossip:
                Gossip(head, input, link, ref turn);
                break;
            case PlumtreeVerb.IHave:
                for (int i = 0; i < head.Count; i++)
                {
                    Announced(input.Peer, head.Broadcast(i), head.Hops(i), ref turn);
                }

                break;
            case PlumtreeVerb.Graft:
                SetLazy(link, false, ref turn);
                int slot = head.WantsPayload ? Memory.Find(turn.Self, head.Broadcast()) : None;
                if (slot != None && Memory.Body(slot) != 0)
                {
                    turn.Send(input.Peer, ComposeGossip(slot, ref turn));
                }

                break;
            default:
                SetLazy(link, true, ref turn);
                break;
        }
    }

    private void Gossip(in PlumtreeHead head, in ProcessInput input, int link, ref Turn turn)
    {
        if (input.Body == 0 || Take(head.Broadcast(), input.Body, input.Peer, link, head.Hops(), ref turn))
        {
            return;
        }

        // The network may bring a copy of its source twice: that is no reason to part with it.
        if (link != None && Memory.State(Memory.Find(turn.Self, head.Broadcast())).Source != input.Peer)
        {
            SetLazy(link, true, ref turn);
            PlumtreeHead.SendPrune(input.Peer, ref turn);
        }
    }

    /// <summary>Takes a payload in and passes it on; false when the member has it already.</summary>
    private bool Take(long broadcast, int body, int source, int link, int hops, ref Turn turn)
    {
        int slot = Memory.Take(broadcast, body, ref turn);
        if (slot == None)
        {
            return false;
        }

        ref PlumtreeState state = ref Memory.State(slot);
        state.MissingAtNs = 0;
        state.Source = source;
        state.Hops = (ushort)hops;
        SetLazy(link, false, ref turn);
        if (link != None)
        {
            Optimise(slot, link, ref turn);
        }

        Forward(slot, ref turn);
        return true;
    }

    /// <summary>An announcement that took fewer hops than the payload, by the threshold, has come along a better branch.</summary>
    private void Optimise(int slot, int link, ref Turn turn)
    {
        ref PlumtreeState state = ref Memory.State(slot);
        int best = None;
        for (int i = 0; i < state.AnnouncerCount; i++)
        {
            if (state.Announced[i].Hops + _tables.Options.HopsSaved <= state.Hops && (best == None || state.Announced[i].Hops < state.Announced[best].Hops))
            {
                best = i;
            }
        }

        int better = best == None ? None : Links.IndexOf(turn.Self, state.Announced[best].Peer);
        if (better == None || better == link)
        {
            return;
        }

        SetLazy(better, false, ref turn);
        PlumtreeHead.SendGraft(state.Announced[best].Peer, false, Memory.Broadcast(slot), state.Announced[best].Hops, ref turn);
        SetLazy(link, true, ref turn);
        PlumtreeHead.SendPrune(state.Source, ref turn);
    }

    private void Forward(int slot, ref Turn turn)
    {
        ref PlumtreeState state = ref Memory.State(slot);
        int self = turn.Self;
        int count = Links.Count(self);
        bool isAtOnce = _tables.Options.AnnounceDelayNs == 0;
        int eager = None;
        int lazy = None;
        for (int i = 0; i < count; i++)
        {
            int peer = Links[self, i];
            if (peer == state.Source)
            {
                continue;
            }

            if (!Links.IsMarked(self, i))
            {
                eager = eager == None ? ComposeGossip(slot, ref turn) : eager;
                turn.Send(peer, eager);
            }
            else if (isAtOnce)
            {
                lazy = lazy == None ? PlumtreeHead.ComposeIHave(Memory.Broadcast(slot), state.Hops + 1, ref turn) : lazy;
                turn.Send(peer, lazy);
            }
        }

        state.IsAnnounceDue = !isAtOnce;
        if (!isAtOnce && !_tables.IsAnnounceTimerSet[self])
        {
            _tables.IsAnnounceTimerSet[self] = true;
            turn.SetTimer(AnnounceTimer, _tables.Options.AnnounceDelayNs);
        }
    }

    /// <summary>What was taken in since the timer was set is announced together.</summary>
    private void AnnounceDue(ref Turn turn)
    {
        int self = turn.Self;
        _tables.IsAnnounceTimerSet[self] = false;
        Span<byte> bytes = stackalloc byte[PlumtreeHead.IHaveLength(PlumtreeHead.EntriesMax)];
        int entries = 0;
        int source = None;
        for (int i = 0; i < Memory.Count(self); i++)
        {
            int slot = Memory.SlotAt(self, i);
            ref PlumtreeState state = ref Memory.State(slot);
            if (!state.IsAnnounceDue)
            {
                continue;
            }

            state.IsAnnounceDue = false;
            source = entries == 0 ? state.Source : None;
            PlumtreeHead.WriteEntry(bytes[PlumtreeHead.IHaveLength(entries)..], Memory.Broadcast(slot), state.Hops + 1);
            if (++entries == PlumtreeHead.EntriesMax)
            {
                Announce(bytes, entries, source, ref turn);
                entries = 0;
            }
        }

        if (entries > 0)
        {
            Announce(bytes, entries, source, ref turn);
        }
    }

    private void Announce(scoped Span<byte> bytes, int entries, int except, ref Turn turn)
    {
        PlumtreeHead.BeginIHave(bytes, entries);
        int message = turn.Compose(bytes[..PlumtreeHead.IHaveLength(entries)]);
        for (int i = 0; i < Links.Count(turn.Self); i++)
        {
            int peer = Links[turn.Self, i];
            if (Links.IsMarked(turn.Self, i) && peer != except)
            {
                turn.Send(peer, message);
            }
        }
    }

    private void Announced(int peer, long broadcast, int hops, ref Turn turn)
    {
        int slot = Memory.Find(turn.Self, broadcast);
        if (slot == None)
        {
            slot = Memory.Add(turn.Self, broadcast, 0);
            Memory.State(slot).Source = None;
        }
        else if (Memory.Body(slot) != 0)
        {
            return;
        }

        ref PlumtreeState state = ref Memory.State(slot);
        if (state.AnnouncerCount < PlumtreeState.AnnouncersMax)
        {
            state.Announced[state.AnnouncerCount++] = new PlumtreeState.Announcer { Peer = peer, Hops = hops };
        }

        if (state.MissingAtNs == 0)
        {
            state.GraftsLeft = (byte)_tables.Options.Grafts;
            state.MissingAtNs = turn.Clock.LocalNs + _tables.Options.FirstTimeoutNs;
            SetMissingTimer(state.MissingAtNs, ref turn);
        }
    }

    private void MissingDue(ref Turn turn)
    {
        int self = turn.Self;
        _tables.MissingTimersNs[self] = 0;
        long nextNs = long.MaxValue;
        for (int i = 0; i < Memory.Count(self); i++)
        {
            int slot = Memory.SlotAt(self, i);
            ref PlumtreeState state = ref Memory.State(slot);
            if (state.MissingAtNs != 0 && state.MissingAtNs <= turn.Clock.LocalNs)
            {
                Graft(slot, ref turn);
            }

            nextNs = state.MissingAtNs == 0 ? nextNs : Math.Min(nextNs, state.MissingAtNs);
        }

        if (nextNs != long.MaxValue)
        {
            SetMissingTimer(nextNs, ref turn);
        }
    }

    /// <summary>Asks the next announcer, one that is still a neighbour if there is any.</summary>
    private void Graft(int slot, ref Turn turn)
    {
        ref PlumtreeState state = ref Memory.State(slot);
        state.MissingAtNs = 0;
        if (state.GraftsLeft == 0)
        {
            return;
        }

        int chosen = None;
        int link = None;
        for (int i = 0; i < state.AnnouncerCount && link == None; i++)
        {
            int candidate = (state.NextAnnouncer + i) % state.AnnouncerCount;
            link = Links.IndexOf(turn.Self, state.Announced[candidate].Peer);
            chosen = chosen == None || link != None ? candidate : chosen;
        }

        state.NextAnnouncer = (byte)((chosen + 1) % state.AnnouncerCount);
        state.GraftsLeft--;
        state.MissingAtNs = turn.Clock.LocalNs + _tables.Options.NextTimeoutNs;
        SetLazy(link, false, ref turn);
        PlumtreeHead.SendGraft(state.Announced[chosen].Peer, true, Memory.Broadcast(slot), state.Announced[chosen].Hops, ref turn);
    }

    /// <summary>One timer serves all broadcasts: it is set for the first that is due, and finds nothing due when the payload came.</summary>
    private void SetMissingTimer(long atNs, ref Turn turn)
    {
        ref long setNs = ref _tables.MissingTimersNs[turn.Self];
        if (setNs == 0 || setNs > atNs)
        {
            setNs = atNs;
            turn.SetTimer(MissingTimer, Math.Max(0, atNs - turn.Clock.LocalNs));
        }
    }

    private int ComposeGossip(int slot, ref Turn turn) => PlumtreeHead.ComposeGossip(Memory.Broadcast(slot), Memory.State(slot).Hops + 1, Memory.Body(slot), ref turn);

    private void SetLazy(int link, bool isLazy, ref Turn turn)
    {
        if (link != None)
        {
            Links.Mark(turn.Self, link, isLazy);
        }
    }
}
