namespace Headroom.Lab.Groups;

/// <summary>What was sent: messages, and their bytes as they lie in the datagram or the stream (<see cref="Simulation.Messages.WireFrame"/>, and four bytes of length before each in a stream).</summary>
public readonly record struct WireCounts(long Messages, long Bytes)
{
    public static WireCounts operator +(WireCounts a, WireCounts b) => new(a.Messages + b.Messages, a.Bytes + b.Bytes);

    public static WireCounts operator -(WireCounts a, WireCounts b) => new(a.Messages - b.Messages, a.Bytes - b.Bytes);
}
