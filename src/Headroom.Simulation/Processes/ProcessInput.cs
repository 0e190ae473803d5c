namespace Headroom.Simulation.Processes;

/// <summary>
/// One input. A message is a head, which the process encodes, and an optional body, which it passes on unread by its handle; how the two
/// lie on the wire is <see cref="Messages.WireFrame"/>.
/// </summary>
public readonly ref struct ProcessInput
{
    public required InputKind Kind { get; init; }

    public int Peer { get; init; }

    /// <summary>Timer, request or record number, by kind.</summary>
    public long Number { get; init; }

    public ReadOnlySpan<byte> Head { get; init; }

    /// <summary>Handle of the body; 0 when there is none.</summary>
    public int Body { get; init; }
}
