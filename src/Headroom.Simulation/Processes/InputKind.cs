namespace Headroom.Simulation.Processes;

/// <summary>What can happen to a process.</summary>
public enum InputKind
{
    /// <summary>The first input of a member's life.</summary>
    Start,

    /// <summary>A message came in: <see cref="ProcessInput.Peer"/>, <see cref="ProcessInput.Head"/>, <see cref="ProcessInput.Body"/>.</summary>
    Message,

    /// <summary>Timer <see cref="ProcessInput.Number"/> fired.</summary>
    Timer,

    /// <summary>The link to <see cref="ProcessInput.Peer"/> works again.</summary>
    LinkUp,

    /// <summary>The link to <see cref="ProcessInput.Peer"/> is known to be down.</summary>
    LinkDown,

    /// <summary>A client asks: number, head and body.</summary>
    Request,

    /// <summary>The first <see cref="ProcessInput.Number"/> persisted records are durable.</summary>
    Durable,

    /// <summary>Back after a crash, volatile state lost: once per durable record in order (<see cref="ProcessInput.Head"/>), number counting from 0; then once with number -1.</summary>
    Recovery,
}
