using System.Buffers.Binary;
using Headroom.Dissemination.Gossip;
using Headroom.Dissemination.Memory;
using Headroom.Simulation.Processes;

namespace Headroom.Dissemination.Mesh;

/// <summary>
/// A mesh after gossipsub v1.0 [vyzovitis2020]: members keep mesh links to D random peers, between D_lo and D_hi, by GRAFT and PRUNE at
/// each heartbeat, and flood payloads over them; each heartbeat they tell D_lazy random peers outside the mesh what they got in the last windows (IHAVE),
/// and whoever misses something asks for it (IWANT). One question a heartbeat for each broadcast; no scores, no back-off. A peer whose link is
/// known to be down is let go of; one that dies unnoticed stays a neighbour. Heartbeats go on for ever, silent when nothing is new.
/// </summary>
public readonly struct MeshProcess(MeshOptions options, MeshTables tables) : IProcess
{
    public const int DegreeHighMax = 64;

    private readonly MeshOptions _options = options;
    private readonly MeshTables _tables = tables;

    public static int TimerCount => 1;

    private BroadcastMemory<MeshState> Memory => _tables.Memory;

    public void On(in ProcessInput input, ref Turn turn)
    {
        switch (input.Kind)
        {
            case InputKind.Start:
                Begin(ref turn);
                break;
            case InputKind.Recovery when input.Number < 0:
                Memory.Clear(turn.Self);
                _tables.Known.Clear(turn.Self);
                _tables.Neighbours.Clear(turn.Self);
                Begin(ref turn);
                break;
            case InputKind.Request:
                Take(input.Number, input.Body, -1, ref turn);
                break;
            case InputKind.Message when MeshHead.TryRead(input.Head, out MeshHead head):
                Receive(head, input, ref turn);
                break;
            case InputKind.Timer:
                turn.SetTimer(0, _options.HeartbeatNs);
                Maintain(ref turn);
                Tell(ref turn);
                break;
            case InputKind.LinkDown:
                _tables.Neighbours.Remove(turn.Self, input.Peer);
                _tables.Known.Remove(turn.Self, input.Peer);
                break;
            case InputKind.LinkUp:
                _tables.Known.Add(turn.Self, input.Peer);
                break;
        }
    }

    private void Begin(ref Turn turn)
    {
        Span<int> peers = stackalloc int[2 * DegreeHighMax];
        int count = RandomPeers.Draw(_options.Topology, peers[.._options.Known], ref turn);
        foreach (int peer in peers[..count])
        {
            _tables.Known.Add(turn.Self, peer);
        }

        turn.SetTimer(0, (long)turn.Random.Below((ulong)_options.HeartbeatNs));
    }

    private void Receive(in MeshHead head, in ProcessInput input, ref Turn turn)
    {
        switch (head.Verb)
        {
            case MeshVerb.Payload:
                Take(head[0], input.Body, input.Peer, ref turn);
                break;
            case MeshVerb.IHave:
                Ask(head, input.Peer, ref turn);
                break;
            case MeshVerb.IWant:
                for (int i = 0; i < head.Count; i++)
                {
                    int slot = Memory.Find(turn.Self, head[i]);
                    if (slot >= 0 && Memory.Body(slot) != 0 && Memory.State(slot).Windows < _options.HistoryWindows)
                    {
                        turn.Send(input.Peer, Memory.ComposePayload(slot, ref turn));
                    }
                }

                break;
            case MeshVerb.Graft:
                if (!_tables.Neighbours.Add(turn.Self, input.Peer) && !_tables.Neighbours.Contains(turn.Self, input.Peer))
                {
                    turn.Send(input.Peer, [(byte)MeshVerb.Prune]);
                }

                break;
            default:
                _tables.Neighbours.Remove(turn.Self, input.Peer);
                break;
        }
    }

    private void Take(long broadcast, int body, int from, ref Turn turn)
    {
        int slot = Memory.Take(broadcast, body, ref turn);
        if (slot < 0)
        {
            return;
        }

        Memory.State(slot) = default;
        int message = Memory.ComposePayload(slot, ref turn);
        foreach (int peer in _tables.Neighbours.Of(turn.Self))
        {
            if (peer != from)
            {
                turn.Send(peer, message);
            }
        }
    }

    /// <summary>Asks for what is missing, once between two heartbeats.</summary>
    private void Ask(in MeshHead told, int peer, ref Turn turn)
    {
        Span<byte> head = stackalloc byte[1 + (8 * MeshHead.ListMax)];
        head[0] = (byte)MeshVerb.IWant;
        int length = 1;
        for (int i = 0; i < told.Count; i++)
        {
            int slot = Memory.Find(turn.Self, told[i]);
            slot = slot >= 0 ? slot : Memory.Add(turn.Self, told[i], 0);
            ref MeshState state = ref Memory.State(slot);
            if (Memory.Body(slot) == 0 && !state.IsAsked)
            {
                state.IsAsked = true;
                BinaryPrimitives.WriteInt64LittleEndian(head[length..], told[i]);
                length += 8;
            }
        }

        if (length > 1)
        {
            turn.Send(peer, head[..length]);
        }
    }

    /// <summary>Grafts up to D below D_lo, prunes down to D above D_hi, at random.</summary>
    private void Maintain(ref Turn turn)
    {
        PeerRows neighbours = _tables.Neighbours;
        if (neighbours.Count(turn.Self) < _options.DegreeLow)
        {
            Span<int> others = stackalloc int[2 * DegreeHighMax];
            int count = Others(others, ref turn);
            foreach (int peer in others[..Math.Min(count, _options.Degree - neighbours.Count(turn.Self))])
            {
                neighbours.Add(turn.Self, peer);
                turn.Send(peer, [(byte)MeshVerb.Graft]);
            }
        }

        bool isCrowded = neighbours.Count(turn.Self) > _options.DegreeHigh;
        while (isCrowded && neighbours.Count(turn.Self) > _options.Degree)
        {
            int peer = neighbours.Of(turn.Self)[turn.Random.Below(neighbours.Count(turn.Self))];
            neighbours.Remove(turn.Self, peer);
            turn.Send(peer, [(byte)MeshVerb.Prune]);
        }
    }

    /// <summary>A heartbeat's digest, and every broadcast one window older.</summary>
    private void Tell(ref Turn turn)
    {
        Span<byte> head = stackalloc byte[1 + (8 * MeshHead.ListMax)];
        head[0] = (byte)MeshVerb.IHave;
        int length = 1;
        for (int i = Memory.Count(turn.Self) - 1; i >= 0; i--)
        {
            int slot = Memory.SlotAt(turn.Self, i);
            ref MeshState state = ref Memory.State(slot);
            state.IsAsked = false;
            if (Memory.Body(slot) == 0)
            {
                continue;
            }

            if (state.Windows < _options.GossipWindows && length < head.Length)
            {
                BinaryPrimitives.WriteInt64LittleEndian(head[length..], Memory.Broadcast(slot));
                length += 8;
            }

            state.Windows = (byte)Math.Min(state.Windows + 1, _options.HistoryWindows);
        }

        if (length == 1)
        {
            return;
        }

        Span<int> others = stackalloc int[2 * DegreeHighMax];
        int known = Others(others, ref turn);
        int message = turn.Compose(head[..length]);
        foreach (int peer in others[..Math.Min(known, _options.Lazy)])
        {
            turn.Send(peer, message);
        }
    }

    /// <summary>Those known who are no neighbours, in random order, and how many.</summary>
    private int Others(scoped Span<int> room, ref Turn turn)
    {
        int count = 0;
        foreach (int peer in _tables.Known.Of(turn.Self))
        {
            if (!_tables.Neighbours.Contains(turn.Self, peer))
            {
                room[count++] = peer;
            }
        }

        turn.Random.Shuffle(room[..count]);
        return count;
    }
}
