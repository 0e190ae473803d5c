namespace Headroom.Simulation.Events;

/// <summary>A queue that hands events back in the order of (time, sequence).</summary>
public interface IEventQueue
{
    int Count { get; }

    void Enqueue(in SimulationEvent item);

    /// <summary>Takes the first event if its time is at most <paramref name="untilNs"/>.</summary>
    bool TryDequeue(long untilNs, out SimulationEvent item);
}
