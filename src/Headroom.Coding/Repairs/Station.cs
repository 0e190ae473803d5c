using Headroom.Simulation.Processes;

namespace Headroom.Coding.Repairs;

/// <summary>Something to be done at a disk or a processor, for a block of another member or one's own.</summary>
internal readonly record struct Chore(bool IsReading, int Block, int Helper, int Newcomer, long Ns);

/// <summary>A disk or a processor: first come, first served, one at a time, by a timer of its member's.</summary>
internal struct Station(int timer)
{
    private readonly int _timer = timer;
    private Queue<Chore>? _waiting;
    private Chore _now;
    private bool _isBusy;

    /// <summary>How long it has worked.</summary>
    public long BusyNs { get; private set; }

    public void Add(in Chore chore, ref Turn turn)
    {
        if (_isBusy)
        {
            (_waiting ??= new Queue<Chore>()).Enqueue(chore);
        }
        else
        {
            Begin(chore, ref turn);
        }
    }

    /// <summary>The timer fired: what is done now. The next begins.</summary>
    public Chore Finish(ref Turn turn)
    {
        Chore done = _now;
        _isBusy = false;
        if (_waiting is not null && _waiting.TryDequeue(out Chore next))
        {
            Begin(next, ref turn);
        }

        return done;
    }

    private void Begin(in Chore chore, ref Turn turn)
    {
        (_now, _isBusy) = (chore, true);
        BusyNs += chore.Ns;
        turn.SetTimer(_timer, chore.Ns);
    }
}
