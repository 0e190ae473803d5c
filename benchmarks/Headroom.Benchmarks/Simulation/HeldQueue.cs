using Headroom.Simulation.Events;

namespace Headroom.Benchmarks.Simulation;

/// <summary>A queue in the hold model: every event that leaves schedules the next, at the next delay of a cycle of 2^k.</summary>
internal sealed class HeldQueue<TQueue>
    where TQueue : struct, IEventQueue
{
    private readonly long[] _delays;
    private TQueue _queue;
    private long _sequence;

    public HeldQueue(TQueue queue, long[] delays, int pending)
    {
        _queue = queue;
        _delays = delays;
        for (int i = 0; i < pending; i++)
        {
            Schedule(0);
        }
    }

    /// <summary>Of the order in which events left so far.</summary>
    public ulong Digest { get; private set; }

    public void Hold(int times)
    {
        ulong digest = Digest;
        for (int i = 0; i < times; i++)
        {
            _queue.TryDequeue(long.MaxValue, out SimulationEvent item);
            digest = (digest * 31) + (ulong)item.Sequence;
            Schedule(item.TimeNs);
        }

        Digest = digest;
    }

    private void Schedule(long nowNs)
    {
        long serial = _sequence++;
        _queue.Enqueue(new SimulationEvent(nowNs + _delays[(int)serial & (_delays.Length - 1)], serial, 0, (int)serial, 0));
    }
}
