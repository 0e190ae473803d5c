using System.Buffers.Binary;
using Headroom.Dissemination.Gossip;
using Headroom.Dissemination.Memory;
using Headroom.Simulation.Processes;

namespace Headroom.Dissemination.Switching;

/// <summary>
/// A broadcast that changes between tree, gossip and flooding as the network changes. Each period a member probes a random peer with the list of what it has; the
/// peer answers with what it lacks and sends what the prober lacks. So the same messages repair what any mode missed and observe the network: probes that
/// stay unanswered tell of loss and dead members, slow answers of queues. Members average their estimates with those they hear, which makes them switch at
/// about the same time; they need not, because a broadcast carries the mode that its origin chose and is spread in it to the end. Hysteresis: a mode is kept
/// for some probes, and left downwards only at a third of the loss at which it was entered. Queues come first: where more copies would only lengthen them, fewer are
/// sent whatever is lost.
/// </summary>
public readonly struct SwitchingProcess(SwitchingOptions options, SwitchingTables tables) : IProcess
{
    /// <summary>Share of the loss that leads into a mode at which it is left again.</summary>
    private const double Back = 1.0 / 3;

    private readonly SwitchingOptions _options = options;
    private readonly SwitchingTables _tables = tables;

    public static int TimerCount => 1;

    private BroadcastMemory<SpreadState> Memory => _tables.Memory;

    public void On(in ProcessInput input, ref Turn turn)
    {
        switch (input.Kind)
        {
            case InputKind.Start:
                Begin(ref turn);
                break;
            case InputKind.Recovery when input.Number < 0:
                Memory.Clear(turn.Self);
                Begin(ref turn);
                break;
            case InputKind.Request:
                Take(input.Number, turn.Self, _tables.Observations[turn.Self].Mode, input.Body, -1, ref turn);
                break;
            case InputKind.Message when SwitchingHead.TryRead(input.Head, _options.Topology.Members, out SwitchingHead head):
                Receive(head, input, ref turn);
                break;
            case InputKind.Timer:
                turn.SetTimer(0, _options.ProbeNs);
                Observe(turn.Self);
                Probe(ref turn);
                break;
        }
    }

    private void Begin(ref Turn turn)
    {
        _tables.Observations[turn.Self] = new Observation { Mode = _options.Mode };
        turn.SetTimer(0, (long)turn.Random.Below((ulong)_options.ProbeNs));
    }

    private void Receive(in SwitchingHead head, in ProcessInput input, ref Turn turn)
    {
        switch (head.Verb)
        {
            case SwitchingVerb.Payload:
                Take(head.Broadcast, head.Origin, head.Mode, input.Body, input.Peer, ref turn);
                break;
            case SwitchingVerb.Probe:
                Answer(head, input.Peer, ref turn);
                break;
            default:
                Answered(head, ref turn);
                for (int i = 0; i < head.Count; i++)
                {
                    int slot = Memory.Find(turn.Self, head[i]);
                    if (slot >= 0)
                    {
                        turn.Send(input.Peer, ComposePayload(slot, ref turn));
                    }
                }

                break;
        }
    }

    private void Take(long broadcast, int origin, SpreadMode mode, int body, int from, ref Turn turn)
    {
        int slot = Memory.Take(broadcast, body, ref turn);
        if (slot < 0)
        {
            return;
        }

        Memory.State(slot) = new SpreadState { TakenNs = turn.Clock.LocalNs, Origin = origin, Mode = mode };
        int message = ComposePayload(slot, ref turn);
        int members = _options.Topology.Members;
        switch (mode)
        {
            case SpreadMode.Tree:
                long rank = (turn.Self - origin + members) % members;
                for (long child = (rank * _options.Arity) + 1; child <= (rank * _options.Arity) + _options.Arity && child < members; child++)
                {
                    turn.Send((int)((child + origin) % members), message);
                }

                break;
            case SpreadMode.Gossip:
                RandomPeers.Send(_options.Topology, _options.Fanout, message, ref turn);
                break;
            default:
                for (int i = 0; i < members - 1; i++)
                {
                    int peer = _options.Topology.Peer(turn.Self, i);
                    if (peer != from)
                    {
                        turn.Send(peer, message);
                    }
                }

                break;
        }
    }

    private int ComposePayload(int slot, ref Turn turn)
    {
        ref SpreadState state = ref Memory.State(slot);
        Span<byte> head = stackalloc byte[SwitchingHead.PayloadLength];
        SwitchingHead.WritePayload(head, state.Mode, state.Origin, Memory.Broadcast(slot));
        return turn.Compose(head, Memory.Body(slot));
    }

    private void Probe(ref Turn turn)
    {
        ref Observation observation = ref _tables.Observations[turn.Self];
        Span<int> peer = stackalloc int[1];
        if (RandomPeers.Draw(_options.Topology, peer, ref turn) == 0)
        {
            return;
        }

        observation.HasProbed = true;
        Span<byte> head = stackalloc byte[SwitchingHead.ProbeLength + (8 * SwitchingHead.ListMax)];
        int count = Math.Min(Memory.Count(turn.Self), SwitchingHead.ListMax);
        int settled = 0;
        // The latest, the oldest of them first: those settled come before the others, because slots are in the order of taking.
        for (int i = 0; i < count; i++)
        {
            int slot = Memory.SlotAt(turn.Self, Memory.Count(turn.Self) - count + i);
            settled += IsSettled(slot, observation, turn.Clock.LocalNs) ? 1 : 0;
            BinaryPrimitives.WriteInt64LittleEndian(head[(SwitchingHead.ProbeLength + (8 * i))..], Memory.Broadcast(slot));
        }

        SwitchingHead.WriteProbe(head, SwitchingVerb.Probe, Ticks(turn), observation.Missed, observation.Queue, settled);
        turn.Send(peer[0], head[..(SwitchingHead.ProbeLength + (8 * count))]);
    }

    private bool IsSettled(int slot, in Observation observation, long nowNs) =>
        nowNs - Memory.State(slot).TakenNs >= Math.Max(_options.GraceNs, 2 * observation.ProbeNs);

    /// <summary>Sends what the prober lacks and asks for what it has had for a while and this member lacks.</summary>
    private void Answer(in SwitchingHead probe, int peer, ref Turn turn)
    {
        ref Observation observation = ref _tables.Observations[turn.Self];
        Span<byte> head = stackalloc byte[SwitchingHead.ProbeLength + (8 * SwitchingHead.ListMax)];
        int length = SwitchingHead.ProbeLength;
        for (int i = 0; i < probe.Settled; i++)
        {
            if (Memory.Find(turn.Self, probe[i]) < 0)
            {
                BinaryPrimitives.WriteInt64LittleEndian(head[length..], probe[i]);
                length += 8;
            }
        }

        SwitchingHead.WriteProbe(head, SwitchingVerb.Reply, probe.SentAt, observation.Missed, observation.Queue, 0);
        turn.Send(peer, head[..length]);
        // What is older than all that the prober lists it may have forgotten rather than lack.
        int first = Math.Max(0, Memory.Count(turn.Self) - (SwitchingHead.ListMax / 2));
        for (int i = Memory.Count(turn.Self) - 1; i >= first; i--)
        {
            int slot = Memory.SlotAt(turn.Self, i);
            if (IsSettled(slot, observation, turn.Clock.LocalNs) && !probe.Lists(Memory.Broadcast(slot)))
            {
                turn.Send(peer, ComposePayload(slot, ref turn));
            }
        }

        Learn(ref observation, probe);
    }

    private void Answered(in SwitchingHead reply, ref Turn turn)
    {
        ref Observation observation = ref _tables.Observations[turn.Self];
        // However late: an answer that took several periods tells of queues, not of loss.
        long tookNs = Math.Max(1, unchecked(Ticks(turn) - reply.SentAt) * _options.TickNs);
        if (tookNs > 1000 * _options.ProbeNs)
        {
            return;
        }

        observation.Answers++;
        observation.QuickestNs = observation.QuickestNs == 0 ? tookNs : Math.Min(observation.QuickestNs, tookNs);
        observation.ProbeNs = observation.ProbeNs == 0 ? tookNs : observation.ProbeNs + (2 * _options.Weight * (tookNs - observation.ProbeNs));
        Learn(ref observation, reply);
    }

    private uint Ticks(in Turn turn) => (uint)(turn.Clock.LocalNs / _options.TickNs);

    /// <summary>Averages with another member's estimates.</summary>
    private static void Learn(ref Observation observation, in SwitchingHead told)
    {
        const double Share = 0.25;
        observation.Missed += Share * (told.Missed - observation.Missed);
        if (observation.QuickestNs > 0)
        {
            observation.ProbeNs += Share * ((Math.Max(1, told.Queue) * observation.QuickestNs) - observation.ProbeNs);
        }
    }

    /// <summary>At the end of a period: what its probe told, and whether to switch.</summary>
    private void Observe(int self)
    {
        ref Observation observation = ref _tables.Observations[self];
        if (observation.HasProbed)
        {
            // One was sent; of those before it more than one may have been answered meanwhile.
            observation.Missed += _options.Weight * (1 - observation.Answers - observation.Missed);
            observation.Answers = 0;
        }

        observation.ProbesInMode++;
        if (_options.IsFixed)
        {
            return;
        }

        observation.IsCrowded = observation.Queue > (observation.IsCrowded ? _options.QueueFactor / 2 : _options.QueueFactor);
        SpreadMode wanted = observation.IsCrowded ? Fewer(observation.Mode) : ByLoss(observation);
        observation.ProbesWanted = wanted == observation.Wanted ? observation.ProbesWanted + 1 : 1;
        observation.Wanted = wanted;
        if (wanted != observation.Mode && observation.ProbesWanted >= _options.PersistProbes && observation.ProbesInMode >= _options.DwellProbes)
        {
            observation.Mode = wanted;
            observation.ProbesInMode = 0;
            observation.Switches++;
        }
    }

    private static SpreadMode Fewer(SpreadMode mode) => mode == SpreadMode.Flooding ? SpreadMode.Gossip : SpreadMode.Tree;

    private SpreadMode ByLoss(in Observation observation)
    {
        double gossip = _options.GossipLoss * (observation.Mode >= SpreadMode.Gossip ? Back : 1);
        double flooding = _options.FloodingLoss * (observation.Mode == SpreadMode.Flooding ? Back : 1);
        return observation.Loss >= flooding ? SpreadMode.Flooding : observation.Loss >= gossip ? SpreadMode.Gossip : SpreadMode.Tree;
    }
}
