using Headroom.Dissemination.Memory;
using Headroom.Simulation.Processes;

namespace Headroom.Dissemination.Regions;

/// <summary>
/// Broadcast through relays. A region's relay is its lowest member not held for dead. The origin tells its relay, the relay those of the other regions,
/// and each of them its region down a tree of bounded arity. Every copy is acknowledged; who does not acknowledge in time is told again, and then held for dead:
/// the next member becomes the relay, and a dead child's children are adopted by its parent. So a payload crosses between two regions once, and it takes
/// n - 1 copies and as many acknowledgements where nothing fails and the origin is its region's relay, one more where it is not (it is a leaf or an inner member
/// of its own region's tree). A relay that dies after it acknowledged and before it told anybody takes the broadcast with it. Silent between broadcasts. Within a region members may also
/// push or flood instead (<see cref="RegionSpread"/>), unacknowledged.
/// </summary>
public struct RelayProcess(RelayOptions options, RelayTables tables) : IProcess
{
    /// <summary>The most members that one pushes to.</summary>
    public const int PushMax = 64;

    private readonly RelayOptions _options = options;
    private readonly RelayTables _tables = tables;

    /// <summary>When the timer goes off; 0 while it is not set.</summary>
    private long _dueNs;

    public static int TimerCount => 1;

    private readonly BroadcastMemory<RelayState> Memory => _tables.Memory;

    private readonly RegionMap Map => _options.Map;

    public void On(in ProcessInput input, ref Turn turn)
    {
        switch (input.Kind)
        {
            case InputKind.Recovery when input.Number < 0:
                _tables.Clear(turn.Self);
                break;
            case InputKind.Request:
                Ask(input.Number, input.Body, ref turn);
                break;
            case InputKind.Message when RegionHead.TryRead(input.Head, out RegionHead head):
                _tables.Suspects.Remove(turn.Self, input.Peer);
                Receive(head, input, ref turn);
                break;
            case InputKind.Timer:
                _dueNs = 0;
                Repeat(ref turn);
                break;
            case InputKind.LinkDown:
                _tables.Suspects.Push(turn.Self, input.Peer);
                break;
            case InputKind.LinkUp:
                _tables.Suspects.Remove(turn.Self, input.Peer);
                break;
        }
    }

    private void Ask(long broadcast, int body, ref Turn turn)
    {
        int slot = Memory.Take(broadcast, body, ref turn);
        if (slot >= 0)
        {
            TellRelay(slot, Map.RegionOf(turn.Self), 0, ref turn);
        }
    }

    private void Receive(in RegionHead head, in ProcessInput input, ref Turn turn)
    {
        if (head.Verb == RegionVerb.Acknowledge)
        {
            Acknowledged(head.Broadcast, input.Peer, turn.Self);
            return;
        }

        int region = Map.RegionOf(turn.Self);
        if (input.Body == 0 || head.Root >= Map.Size(region))
        {
            return;
        }

        if (head.Verb == RegionVerb.Spread)
        {
            int taken = Memory.Take(head.Broadcast, input.Body, ref turn);
            if (taken >= 0)
            {
                SpreadInRegion(taken, input.Peer, ref turn);
            }

            return;
        }

        turn.Send(input.Peer, new RegionHead(RegionVerb.Acknowledge, head.Broadcast, 0).Compose(0, ref turn));
        int slot = Memory.Take(head.Broadcast, input.Body, ref turn);
        slot = slot >= 0 ? slot : Memory.Find(turn.Self, head.Broadcast);
        switch (head.Verb)
        {
            case RegionVerb.Everywhere:
                TellEverywhere(slot, ref turn);
                break;
            case RegionVerb.Region:
                Descend(slot, Map.PositionOf(turn.Self), ref turn);
                break;
            default:
                Descend(slot, head.Root, ref turn);
                break;
        }
    }

    /// <summary>To the first member of a region from a place on that is not held for dead; itself, perhaps.</summary>
    private void TellRelay(int slot, int region, int from, ref Turn turn)
    {
        int size = Map.Size(region);
        int position = from;
        while (position < size && Map.Member(region, position) != turn.Self && _tables.Suspects.Contains(turn.Self, Map.Member(region, position)))
        {
            position++;
        }

        // If all are suspected, the first is tried all the same.
        position = position < size ? position : from;
        if (position >= size)
        {
            return;
        }

        int relay = Map.Member(region, position);
        if (relay == turn.Self)
        {
            TellEverywhere(slot, ref turn);
        }
        else
        {
            Send(slot, relay, region == Map.RegionOf(turn.Self) ? RegionVerb.Everywhere : RegionVerb.Region, 0, 0, ref turn);
        }
    }

    private void TellEverywhere(int slot, ref Turn turn)
    {
        if (Memory.State(slot).IsEverywhere)
        {
            return;
        }

        Memory.State(slot).IsEverywhere = true;
        int own = Map.RegionOf(turn.Self);
        for (int region = 0; region < Map.Count; region++)
        {
            if (region != own)
            {
                TellRelay(slot, region, 0, ref turn);
            }
        }

        Descend(slot, Map.PositionOf(turn.Self), ref turn);
    }

    /// <summary>To the member's children in the tree of that root, once for each root.</summary>
    private void Descend(int slot, int root, ref Turn turn)
    {
        ref RelayState state = ref Memory.State(slot);
        if (state.Root == root + 1)
        {
            return;
        }

        state.Root = root + 1;
        if (_options.Spread != RegionSpread.Tree)
        {
            SpreadInRegion(slot, turn.Self, ref turn);
            return;
        }

        TellChildren(slot, Map.PositionOf(turn.Self), root, ref turn);
    }

    /// <summary>
    /// To the children of a member of the own region, one's own or those of a child held for dead. The tree: the region's places counted cyclically from the
    /// root, in breadth-first order.
    /// </summary>
    private void TellChildren(int slot, int parent, int root, ref Turn turn)
    {
        int region = Map.RegionOf(turn.Self);
        int size = Map.Size(region);
        long rank = (parent - root + size) % size;
        for (long child = (rank * _options.Arity) + 1; child <= (rank * _options.Arity) + _options.Arity && child < size; child++)
        {
            int position = (int)((child + root) % size);
            int member = Map.Member(region, position);
            bool isSuspect = _tables.Suspects.Contains(turn.Self, member);
            Send(slot, member, RegionVerb.Down, root, isSuspect ? _options.SuspectAfter : 0, ref turn);
            if (isSuspect)
            {
                TellChildren(slot, position, root, ref turn);
            }
        }
    }

    /// <summary>To random others of the region, or to all but the one it came from.</summary>
    private readonly void SpreadInRegion(int slot, int from, ref Turn turn)
    {
        int region = Map.RegionOf(turn.Self);
        int others = Map.Size(region) - 1;
        int count = _options.Spread == RegionSpread.Push ? Math.Min(_options.Arity, others) : others;
        int message = new RegionHead(RegionVerb.Spread, Memory.Broadcast(slot), 0).Compose(Memory.Body(slot), ref turn);
        // Distinct places after its own, by the chain of [bentley1987]; all of them in order where all are told.
        Span<int> drawn = stackalloc int[count <= PushMax ? count : 0];
        for (int i = 0; i < count; i++)
        {
            int step = i;
            if (drawn.Length == count && count < others)
            {
                int last = others - count + i;
                step = turn.Random.Below(last + 1);
                step = drawn[..i].Contains(step) ? last : step;
                drawn[i] = step;
            }

            int peer = Map.Member(region, (Map.PositionOf(turn.Self) + 1 + step) % (others + 1));
            if (peer != from)
            {
                turn.Send(peer, message);
            }
        }
    }

    private void Send(int slot, int peer, RegionVerb verb, int root, int sendingsBefore, ref Turn turn)
    {
        long broadcast = Memory.Broadcast(slot);
        turn.Send(peer, new RegionHead(verb, broadcast, root).Compose(Memory.Body(slot), ref turn));
        long dueNs = turn.Clock.LocalNs + _options.TimeoutNs;
        _tables.Pending.Add(turn.Self, new PendingCopy { Broadcast = broadcast, Peer = peer, Verb = verb, Root = root, Sendings = (byte)(sendingsBefore + 1), DueNs = dueNs });
        if (_dueNs == 0)
        {
            _dueNs = dueNs;
            turn.SetTimer(0, _options.TimeoutNs);
        }
    }

    private readonly void Acknowledged(long broadcast, int peer, int self)
    {
        Span<PendingCopy> pending = _tables.Pending.Of(self);
        for (int i = pending.Length - 1; i >= 0; i--)
        {
            if (pending[i].Peer == peer && pending[i].Broadcast == broadcast)
            {
                _tables.Pending.RemoveAt(self, i);
            }
        }
    }

    /// <summary>Sends again what was not acknowledged in time; those before it in the list may move others into its place, so it goes from the end.</summary>
    private void Repeat(ref Turn turn)
    {
        long now = turn.Clock.LocalNs;
        for (int i = _tables.Pending.Count(turn.Self) - 1; i >= 0; i--)
        {
            PendingCopy pending = _tables.Pending.Of(turn.Self)[i];
            if (pending.DueNs > now)
            {
                continue;
            }

            _tables.Pending.RemoveAt(turn.Self, i);
            int slot = Memory.Find(turn.Self, pending.Broadcast);
            if (slot >= 0)
            {
                Repeat(slot, pending, ref turn);
            }
        }

        long nextNs = long.MaxValue;
        foreach (ref readonly PendingCopy pending in _tables.Pending.Of(turn.Self))
        {
            nextNs = Math.Min(nextNs, pending.DueNs);
        }

        if (nextNs != long.MaxValue)
        {
            _dueNs = nextNs;
            turn.SetTimer(0, Math.Max(0, nextNs - now));
        }
    }

    private void Repeat(int slot, in PendingCopy pending, ref Turn turn)
    {
        int position = Map.PositionOf(pending.Peer);
        if (pending.Sendings == _options.SuspectAfter)
        {
            _tables.Suspects.Push(turn.Self, pending.Peer);
            if (pending.Verb != RegionVerb.Down)
            {
                TellRelay(slot, Map.RegionOf(pending.Peer), position + 1, ref turn);
                return;
            }

            TellChildren(slot, position, pending.Root, ref turn);
        }

        if (pending.Sendings < _options.SendingsMax)
        {
            Send(slot, pending.Peer, pending.Verb, pending.Root, pending.Sendings, ref turn);
        }
    }
}
