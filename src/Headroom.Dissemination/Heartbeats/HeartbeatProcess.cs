using Headroom.Dissemination.Detection;
using Headroom.Simulation.Processes;

namespace Headroom.Dissemination.Heartbeats;

/// <summary>
/// Every member tells all others each period that it lives, and holds for dead whom it did not hear in so many whole periods of its own. A heartbeat is one
/// byte.
/// </summary>
public struct HeartbeatProcess(HeartbeatTables tables, int misses) : IProcess
{
    private const byte Verb = 0x70;

    private readonly HeartbeatTables _tables = tables;
    private readonly int _misses = misses;
    private int _period;

    public static int TimerCount => 1;

    public void On(in ProcessInput input, ref Turn turn)
    {
        switch (input.Kind)
        {
            case InputKind.Start:
            case InputKind.Recovery when input.Number < 0:
                _tables.Begin(ref turn);
                break;
            case InputKind.Timer:
                Beat(ref turn);
                break;
            case InputKind.Message when input.Head is [Verb] && (uint)input.Peer < (uint)_tables.Members:
                _tables.HeardAt(turn.Self, input.Peer) = _period;
                Hold(input.Peer, false, ref turn);
                break;
        }
    }

    private void Beat(ref Turn turn)
    {
        _period++;
        turn.SetTimer(0, _tables.PeriodNs);
        int message = turn.Compose([Verb]);
        for (int other = 0; other < _tables.Members; other++)
        {
            if (other == turn.Self)
            {
                continue;
            }

            turn.Send(other, message);
            if (_period - _tables.HeardAt(turn.Self, other) > _misses)
            {
                Hold(other, true, ref turn);
            }
        }
    }

    private readonly void Hold(int subject, bool isDead, ref Turn turn)
    {
        ref bool held = ref _tables.IsDead(turn.Self, subject);
        if (held != isDead)
        {
            held = isDead;
            StatusNotice.Tell(subject, isDead ? MemberStatus.Dead : MemberStatus.Alive, ref turn);
        }
    }
}
