namespace Headroom.Simulation.Processes;

/// <summary>What a process that wraps another does with the outputs of the inner one: see <see cref="OutputRevision"/>.</summary>
public interface IOutputReviser
{
    /// <summary>A message to send instead, the same, or -1 for none. The head lives only during the call.</summary>
    int Send(int peer, int message, ReadOnlySpan<byte> head, int body, ref Turn turn);

    /// <summary>Whether the delivery takes place now. The reviser may add others to the turn; they follow.</summary>
    bool Deliver(int body, ref Turn turn);
}
