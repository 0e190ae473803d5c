using System.Buffers.Binary;
using Headroom.Dissemination.Memory;
using Headroom.Simulation.Processes;

namespace Headroom.Dissemination.Gossip;

/// <summary>
/// Gossip by random calls [karp2000]: every period each member calls random peers, lists the broadcasts it needs no more, and is sent the others that
/// are still young (pull); while a broadcast is younger still, the caller also sends it along (push). A broadcast's age counts periods since its
/// origin had it and travels with it, so that all let go of it at about the same time. Members call whether anything is new or not, so this never
/// falls silent. In exact rounds pushes arrive before the calls of the same round, and a call is answered with all that its callee then has: the share
/// not informed follows the recursion of the telephone model, though a call takes two rounds there and back.
/// </summary>
public readonly struct CallGossip(CallGossipOptions options, BroadcastMemory<ushort> memory) : IProcess
{
    public const int CallsMax = 64;

    private const int Period = 0;
    private const int Push = 1;
    private const int Pull = 2;

    private readonly CallGossipOptions _options = options;

    // The state of a broadcast is its age.
    private readonly BroadcastMemory<ushort> _memory = memory;

    public static int TimerCount => 3;

    public void On(in ProcessInput input, ref Turn turn)
    {
        switch (input.Kind)
        {
            case InputKind.Start:
                Begin(ref turn);
                break;
            case InputKind.Recovery when input.Number < 0:
                _memory.Clear(turn.Self);
                Begin(ref turn);
                break;
            case InputKind.Request:
                _memory.Take(input.Number, input.Body, ref turn);
                break;
            case InputKind.Message when CallHead.TryRead(input.Head, out CallHead head):
                Receive(head, input, ref turn);
                break;
            case InputKind.Timer:
                Fire((int)input.Number, ref turn);
                break;
        }
    }

    private void Begin(ref Turn turn) =>
        turn.SetTimer(Period, _options.IsAligned ? 0 : (long)turn.Random.Below((ulong)_options.PeriodNs));

    private void Fire(int timer, ref Turn turn)
    {
        if (!_options.IsAligned)
        {
            turn.SetTimer(Period, _options.PeriodNs);
            GrowOlder(turn.Self);
            Call(isPush: true, ref turn);
            Call(isPush: false, ref turn);
            return;
        }

        // A timer without delay comes after all that arrives at this instant; the next one after all that others do in theirs.
        switch (timer)
        {
            case Period:
                turn.SetTimer(Push, 0);
                break;
            case Push:
                GrowOlder(turn.Self);
                Call(isPush: true, ref turn);
                turn.SetTimer(Pull, 0);
                break;
            default:
                Call(isPush: false, ref turn);
                turn.SetTimer(Period, _options.PeriodNs);
                break;
        }
    }

    private void Receive(in CallHead head, in ProcessInput input, ref Turn turn)
    {
        if (head.HasPayload)
        {
            int slot = _memory.Take(head.Broadcast, input.Body, ref turn);
            if (slot >= 0)
            {
                _memory.State(slot) = head.Age;
            }
        }

        if (!head.IsCall)
        {
            return;
        }

        int answers = 0;
        for (int i = _memory.Count(turn.Self) - 1; i >= 0 && answers < CallHead.ListMax; i--)
        {
            int slot = _memory.SlotAt(turn.Self, i);
            int age = _memory.State(slot);
            if (age < _options.PullPeriods && !head.Lists(_memory.Broadcast(slot)) && !(head.HasPayload && head.Broadcast == _memory.Broadcast(slot)))
            {
                // It arrives a period later than what the caller would have been pushed now.
                turn.Send(input.Peer, CallHead.ComposePayload(_memory.Broadcast(slot), age + 1, _memory.Body(slot), ref turn));
                answers++;
            }
        }
    }

    private void GrowOlder(int self)
    {
        for (int i = 0; i < _memory.Count(self); i++)
        {
            ref ushort age = ref _memory.State(_memory.SlotAt(self, i));
            age = (ushort)Math.Min(ushort.MaxValue, age + 1);
        }
    }

    /// <summary>One period's calls: those that push are made first, and the others only if there were none.</summary>
    private void Call(bool isPush, ref Turn turn)
    {
        int newest = Newest(turn.Self);
        if (isPush != (newest >= 0))
        {
            return;
        }

        Span<int> peers = stackalloc int[CallsMax];
        peers = peers[..RandomPeers.Draw(_options.Topology, peers[.._options.Calls], ref turn)];
        Send(peers, ComposeCall(newest, ref turn), ref turn);
        for (int i = 0; isPush && i < _memory.Count(turn.Self); i++)
        {
            int slot = _memory.SlotAt(turn.Self, i);
            if (slot != newest && IsPushed(slot))
            {
                Send(peers, CallHead.ComposePayload(_memory.Broadcast(slot), _memory.State(slot), _memory.Body(slot), ref turn), ref turn);
            }
        }
    }

    private bool IsPushed(int slot) => _memory.State(slot) <= _options.PushPeriods;

    /// <summary>The latest broadcast that is still pushed, or <see cref="BroadcastMemory{TState}.None"/>.</summary>
    private int Newest(int self)
    {
        for (int i = _memory.Count(self) - 1; i >= 0 && _options.PushPeriods > 0; i--)
        {
            int slot = _memory.SlotAt(self, i);
            if (IsPushed(slot))
            {
                return slot;
            }
        }

        return BroadcastMemory<ushort>.None;
    }

    /// <summary>A call that carries a broadcast's payload, if there is one to push, and lists what others may still answer with.</summary>
    private int ComposeCall(int pushed, ref Turn turn)
    {
        Span<byte> head = stackalloc byte[CallHead.LengthMax];
        int length = 1;
        head[0] = (byte)CallVerb.Call;
        if (pushed >= 0)
        {
            CallHead.WritePayload(head, CallVerb.PayloadAndCall, _memory.Broadcast(pushed), _memory.State(pushed));
            length = CallHead.PayloadLength;
        }

        int listed = 0;
        for (int i = _memory.Count(turn.Self) - 1; i >= 0 && listed < CallHead.ListMax; i--)
        {
            // Phases differ: others may hold for young what is old here.
            int slot = _memory.SlotAt(turn.Self, i);
            if (slot != pushed && _memory.State(slot) < 2 * _options.PullPeriods)
            {
                BinaryPrimitives.WriteInt64LittleEndian(head[length..], _memory.Broadcast(slot));
                length += 8;
                listed++;
            }
        }

        return turn.Compose(head[..length], pushed >= 0 ? _memory.Body(pushed) : 0);
    }

    private static void Send(scoped ReadOnlySpan<int> peers, int message, ref Turn turn)
    {
        foreach (int peer in peers)
        {
            turn.Send(peer, message);
        }
    }
}
