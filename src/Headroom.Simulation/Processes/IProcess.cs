namespace Headroom.Simulation.Processes;

/// <summary>
/// A pure state machine: what it does follows from its state, the input, the local clock and its own random stream, all handed in; what it
/// wants done goes to the outbox of the <see cref="Turn"/>. No sockets, tasks, shared randomness or static state. One struct is one member's
/// volatile state; hosts keep them in an array.
/// </summary>
public interface IProcess
{
    /// <summary>How many timers a member has; they are numbered from 0.</summary>
    static abstract int TimerCount { get; }

    void On(in ProcessInput input, ref Turn turn);
}
