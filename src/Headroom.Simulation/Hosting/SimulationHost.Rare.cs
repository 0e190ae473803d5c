using Headroom.Simulation.Events;
using Headroom.Simulation.Faults;
using Headroom.Simulation.Processes;

namespace Headroom.Simulation.Hosting;

/// <summary>Requests, faults, durability and recovery: what happens seldom.</summary>
public sealed partial class SimulationHost<TProcess, TObserver>
{
    private void RunRareEvent(in SimulationEvent item)
    {
        switch ((EventKind)item.Kind)
        {
            case EventKind.Request:
                (int member, long number, byte[] head, int body) = _requests[item.Argument];
                if (!_down[member])
                {
                    Step(member, new ProcessInput { Kind = InputKind.Request, Peer = -1, Number = number, Head = head, Body = body });
                }

                break;
            case EventKind.Durable:
                MakeDurable(item.Target, item.Argument);
                break;
            default:
                Strike(_options.Faults.Faults[item.Target]);
                break;
        }
    }

    private void MakeDurable(int member, int serial)
    {
        int records = _down[member] ? 0 : _durable.MakeDurable(member, serial);
        if (records == 0)
        {
            return;
        }

        while (_durable.TryRelease(member, out Output output))
        {
            Emit(member, output);
            if (output.Kind is OutputKind.Send or OutputKind.Reply)
            {
                _messages.Release(output.Handle);
            }
        }

        Step(member, new ProcessInput { Kind = InputKind.Durable, Number = records });
    }

    private void Strike(in Fault fault)
    {
        switch (fault.Kind)
        {
            case FaultKind.Crash:
                _down[fault.Member] = true;
                _durable.Crash(fault.Member);
                for (int timer = 0; timer < TProcess.TimerCount; timer++)
                {
                    _timerSettings[(fault.Member * TProcess.TimerCount) + timer]++;
                }

                break;
            case FaultKind.Restart when _down[fault.Member]:
                Restart(fault.Member);
                break;
            case FaultKind.LinkDown:
                if (_linksDown.Add(LinkKey(fault.Member, fault.Peer)))
                {
                    TellBoth(fault, InputKind.LinkDown);
                }

                break;
            case FaultKind.LinkUp:
                if (_linksDown.Remove(LinkKey(fault.Member, fault.Peer)))
                {
                    TellBoth(fault, InputKind.LinkUp);
                }

                break;
        }
    }

    private void Restart(int member)
    {
        _down[member] = false;
        _processes[member] = _create(member);
        IReadOnlyList<byte[]> records = _durable.Records(member);
        for (int i = 0; i < records.Count; i++)
        {
            Step(member, new ProcessInput { Kind = InputKind.Recovery, Number = i, Head = records[i] });
        }

        Step(member, new ProcessInput { Kind = InputKind.Recovery, Number = -1 });
    }

    private void TellBoth(in Fault fault, InputKind kind)
    {
        if (!_down[fault.Member])
        {
            Step(fault.Member, new ProcessInput { Kind = kind, Peer = fault.Peer });
        }

        if (!_down[fault.Peer])
        {
            Step(fault.Peer, new ProcessInput { Kind = kind, Peer = fault.Member });
        }
    }
}
