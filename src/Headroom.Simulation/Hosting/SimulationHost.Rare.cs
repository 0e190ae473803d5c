using Headroom.Kernel.Randomness;
using Headroom.Simulation.Events;
using Headroom.Simulation.Processes;

namespace Headroom.Simulation.Hosting;

/// <summary>Requests, durability, lying senders and dead peers: what happens seldom.</summary>
public sealed partial class SimulationHost<TProcess, TObserver>
{
    private readonly (IByzantineSender Sender, RandomStream Random)?[]? _byzantine;
    private readonly List<(int To, int Message)> _falsified = [];
    private readonly HashSet<long> _noticesPending = [];

    private void RunRareEvent(in SimulationEvent item)
    {
        switch ((EventKind)item.Kind)
        {
            case EventKind.Request or EventKind.Durable when _states[item.Target] != MemberState.Up:
                Postpone(item.Target, (EventKind)item.Kind, item.Argument);
                break;
            case EventKind.Request or EventKind.Durable:
                Handle(item.Target, (EventKind)item.Kind, item.Argument);
                break;
            case EventKind.Work:
                TakeNext(item.Target, item.Argument);
                break;
            case EventKind.DeadPeer:
                _noticesPending.Remove(PairKey(item.Target, item.Argument));
                Tell(item.Target, EventKind.LinkDown, item.Argument);
                break;
            default:
                Strike(item.Target);
                break;
        }
    }

    private void Ask(int request)
    {
        (int member, long number, byte[] head, int body) = _requests[request];
        Step(member, new ProcessInput { Kind = InputKind.Request, Peer = -1, Number = number, Head = head, Body = body });
    }

    private void MakeDurable(int member, int serial)
    {
        int records = _durable.MakeDurable(member, serial);
        if (records == 0)
        {
            return;
        }

        while (_durable.TryRelease(member, out Output output))
        {
            Emit(member, output);
            if (output.Kind is OutputKind.Send or OutputKind.Pack or OutputKind.Reply)
            {
                _messages.Release(output.Handle);
            }
        }

        Step(member, new ProcessInput { Kind = InputKind.Durable, Number = records });
    }

    /// <summary>A copy reached a member that is not there to take it.</summary>
    private void Drop(int to, int message)
    {
        ref Messages.MessagePool.Record record = ref _messages[message];
        int from = record.From;
        _observer.Dropped(from, to, record.Body, record.Tag, record.WireBytes, Networks.DropCause.ReceiverDown, NowNs);
        _messages.Release(message);
        if (_options.DeadPeerNoticeNs is { } noticeNs && _noticesPending.Add(PairKey(from, to)))
        {
            Schedule(NowNs + noticeNs, EventKind.DeadPeer, from, to);
        }
    }

    private void Falsify(int from, int to, int message)
    {
        (IByzantineSender sender, RandomStream random) = _byzantine![from]!.Value;
        sender.Send(new ByzantineTurn(from, to, message, NowNs, Bodies, _messages, _falsified, ref random));
        _byzantine[from] = (sender, random);
        foreach ((int target, int copy) in _falsified)
        {
            Transmit(from, target, copy);
            _messages.Release(copy);
        }

        _falsified.Clear();
    }

    private static (IByzantineSender, RandomStream)?[]? Byzantine(SimulationOptions options)
    {
        if (options.Byzantine is not { Count: > 0 } members)
        {
            return null;
        }

        var senders = new (IByzantineSender, RandomStream)?[options.Network.Topology.Members];
        foreach (ByzantineMember member in members)
        {
            senders[member.Member] = (member.Sender, options.Seed.Named("byzantine").At(member.Member).Stream());
        }

        return senders;
    }

    private static long PairKey(int sender, int peer) => ((long)sender << 32) | (uint)peer;
}
