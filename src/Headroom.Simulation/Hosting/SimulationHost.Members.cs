using Headroom.Simulation.Processes;

namespace Headroom.Simulation.Hosting;

/// <summary>Members that cannot take an input at once: those that are down lose it, those that pause or are slow take it later, in order.</summary>
public sealed partial class SimulationHost<TProcess, TObserver>
{
    private Inbox?[]? _inboxes;

    private void Postpone(int member, EventKind kind, int argument)
    {
        MemberState state = _states[member];
        // A stopped member's own timers and records wait in its memory; what comes from outside is lost.
        if ((state & (MemberState.Crashed | MemberState.Absent)) != 0 || ((state & MemberState.Stopped) != 0 && kind is not (EventKind.Timer or EventKind.Durable)))
        {
            Lose(member, kind, argument);
            return;
        }

        Inbox inbox = InboxOf(member);
        inbox.Inputs.Enqueue((kind, argument));
        _states[member] |= MemberState.Waiting;
        Work(member, inbox);
    }

    private void Lose(int member, EventKind kind, int argument)
    {
        if (kind == EventKind.TakenIn)
        {
            Drop(member, argument);
        }
    }

    /// <summary>Sees to it that the next waiting input is taken in, after the time that it takes.</summary>
    private void Work(int member, Inbox inbox)
    {
        if (inbox.IsWorking || inbox.Inputs.Count == 0 || (_states[member] & (MemberState.Down | MemberState.Paused)) != 0)
        {
            return;
        }

        inbox.IsWorking = true;
        Schedule(NowNs + inbox.DelayNs, EventKind.Work, member, inbox.Life);
    }

    private void TakeNext(int member, int life)
    {
        Inbox inbox = InboxOf(member);
        if (life != inbox.Life)
        {
            return;
        }

        inbox.IsWorking = false;
        if ((_states[member] & (MemberState.Down | MemberState.Paused)) != 0)
        {
            return;
        }

        (EventKind kind, int argument) = inbox.Inputs.Dequeue();
        if (inbox.Inputs.Count == 0)
        {
            _states[member] &= ~MemberState.Waiting;
        }

        Handle(member, kind, argument);
        Work(member, inbox);
    }

    private void Handle(int member, EventKind kind, int argument)
    {
        switch (kind)
        {
            case EventKind.TakenIn:
                HandleMessage(member, argument);
                break;
            case EventKind.Timer:
                int timer = argument & 0xFF;
                ref int setting = ref _timerSettings[(member * TProcess.TimerCount) + timer];
                // It may have been cancelled, or set anew, while it waited.
                if ((setting & 0x7FFFFF) == argument >> 8)
                {
                    setting++;
                    Step(member, new ProcessInput { Kind = InputKind.Timer, Number = timer });
                }

                break;
            case EventKind.Request:
                Ask(argument);
                break;
            case EventKind.Durable:
                MakeDurable(member, argument);
                break;
            default:
                Step(member, new ProcessInput { Kind = kind == EventKind.LinkUp ? InputKind.LinkUp : InputKind.LinkDown, Peer = argument });
                break;
        }
    }

    private void Tell(int member, EventKind kind, int peer)
    {
        if (_states[member] != MemberState.Up)
        {
            Postpone(member, kind, peer);
        }
        else
        {
            Handle(member, kind, peer);
        }
    }

    private Inbox InboxOf(int member)
    {
        _inboxes ??= new Inbox?[Members];
        return _inboxes[member] ??= new Inbox();
    }

    /// <summary>What waits is lost, and what was under way to be taken in with it.</summary>
    private void Empty(int member)
    {
        if (_inboxes?[member] is not { } inbox)
        {
            return;
        }

        inbox.Life++;
        inbox.IsWorking = false;
        _states[member] &= ~MemberState.Waiting;
        while (inbox.Inputs.TryDequeue(out (EventKind Kind, int Argument) input))
        {
            Lose(member, input.Kind, input.Argument);
        }
    }
}
