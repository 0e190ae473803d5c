namespace Headroom.Simulation.Networks;

/// <summary>
/// How links behave. A message of w wire bytes leaves after those before it on its sender's line (w 8 / bandwidth each), travels the link's
/// minimum latency plus jitter, and is taken in by the receiver's line of the same bandwidth, which receives while bits arrive: alone it
/// takes w 8 / bandwidth + latency + jitter in all. Links may reorder. Loss is independent and strikes after the sender's line.
/// </summary>
public sealed record NetworkOptions
{
    public required Topology Topology { get; init; }

    public Jitter Jitter { get; init; } = Jitter.None;

    /// <summary>Probability that a message is lost on the way.</summary>
    public double Loss { get; init; }

    /// <summary>Bits per second of every member's line, each way; infinite by default.</summary>
    public double BandwidthBps { get; init; } = double.PositiveInfinity;

    public PacketFormat Packets { get; init; } = PacketFormat.UdpOverEthernet;

    /// <summary>Nanoseconds that so many bytes occupy a line, rounded up.</summary>
    public long SerialisationNs(long wireBytes) =>
        double.IsPositiveInfinity(BandwidthBps) ? 0 : (long)Math.Ceiling(wireBytes * (8e9 / BandwidthBps));

    /// <summary>
    /// The round-synchronous network: what is sent in a round is there when the next begins. One round is one nanosecond, so times count rounds.
    /// Lines are infinitely fast; loss stays.
    /// </summary>
    public NetworkOptions Rounds() => this with
    {
        Topology = Topology.WithUniformLatency(1),
        Jitter = Jitter.None,
        BandwidthBps = double.PositiveInfinity,
    };

    public void Validate()
    {
        ArgumentNullException.ThrowIfNull(Topology);
        ArgumentOutOfRangeException.ThrowIfNegative(Jitter.MeanNs, nameof(Jitter));
        if (!(Loss >= 0 && Loss < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(Loss), Loss, "loss is at least 0 and below 1");
        }

        if (!(BandwidthBps > 0))
        {
            throw new ArgumentOutOfRangeException(nameof(BandwidthBps), BandwidthBps, "a bandwidth is positive");
        }
    }
}
