namespace Headroom.Simulation.Networks;

/// <summary>
/// How links behave. A message of w wire bytes leaves after those before it on its sender's line (w 8 / bandwidth each), travels the link's
/// minimum latency plus lag and jitter, and is taken in by the receiver's line of the same bandwidth, which receives while bits arrive: alone it
/// takes w 8 / bandwidth + latency + jitter in all. Links may reorder unless they are <see cref="InOrder"/>. Loss strikes after the sender's line.
/// Nothing below the process repeats what is lost, unless <see cref="RepeatNs"/> says so.
/// </summary>
public sealed record NetworkOptions
{
    public required Topology Topology { get; init; }

    public Jitter Jitter { get; init; } = Jitter.None;

    /// <summary>
    /// What machines add to every message's way, which no protocol knows of: periods are not made for it. Without it an answer comes just in time
    /// for a period of a round trip; a real one comes just too late.
    /// </summary>
    public long LagNs { get; init; }

    /// <summary>Probability that a message is lost on the way, each by itself.</summary>
    public double Loss { get; init; }

    /// <summary>Loss in bursts, besides <see cref="Loss"/>; null for none.</summary>
    public BurstLoss? Bursts { get; init; }

    /// <summary>
    /// A transport below the process sends what links lose again: so long after it was sent, and after twice as long each further time, so that loss is delay (with <see cref="InOrder"/>, as TCP has
    /// it, for all behind it too). Repeats take no time on lines and are not counted among bytes. Null: what is lost is lost.
    /// </summary>
    public long? RepeatNs { get; init; }

    /// <summary>Probability that a message which is not lost arrives twice, the second copy with a jitter of its own.</summary>
    public double Duplication { get; init; }

    /// <summary>Probability that a message is held back on the way by <see cref="ReorderDelayNs"/>, so that later ones overtake it.</summary>
    public double Reordering { get; init; }

    public long ReorderDelayNs { get; init; }

    /// <summary>Each directed link hands messages over in the order in which they were sent: who comes early waits for those before it (not for lost ones).</summary>
    public bool InOrder { get; init; }

    /// <summary>Bits per second of every member's line, each way; infinite by default.</summary>
    public double BandwidthBps { get; init; } = double.PositiveInfinity;

    /// <summary>
    /// Members whose lines are unlike the others': gateways, uplinks. Null where all are alike. <see cref="BandwidthBps"/> must be finite then.
    /// </summary>
    public IReadOnlyList<MemberLine>? Lines { get; init; }

    /// <summary>
    /// Wire bytes that a sender's line holds at most, the message now on the line counted by what is left of it; a message that does not fit is dropped
    /// (<see cref="DropCause.Overflow"/>). Null: no limit. Held to the nanosecond that each message's time on the line is rounded up to.
    /// </summary>
    public long? QueueBytesMax { get; init; }

    public PacketFormat Packets { get; init; } = PacketFormat.UdpOverEthernet;

    /// <summary>Nanoseconds that so many bytes occupy a line, rounded up.</summary>
    public long SerialisationNs(long wireBytes) =>
        double.IsPositiveInfinity(BandwidthBps) ? 0 : (long)Math.Ceiling(wireBytes * (8e9 / BandwidthBps));

    /// <summary>
    /// The round-synchronous network: what is sent in a round is there when the next begins. One round is one nanosecond, so times count rounds.
    /// Lines are infinitely fast and nothing is late; loss and duplication stay.
    /// </summary>
    public NetworkOptions Rounds() => this with
    {
        Topology = Topology.WithUniformLatency(1),
        Jitter = Jitter.None,
        LagNs = 0,
        Reordering = 0,
        RepeatNs = null,
        BandwidthBps = double.PositiveInfinity,
        Lines = null,
    };

    public void Validate()
    {
        ArgumentNullException.ThrowIfNull(Topology);
        Jitter.Validate();
        Bursts?.Validate();
        RequireShare(Loss, nameof(Loss));
        RequireShare(Duplication, nameof(Duplication));
        RequireShare(Reordering, nameof(Reordering));
        ArgumentOutOfRangeException.ThrowIfNegative(LagNs);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(LagNs, Jitter.DelayNsMax);
        ArgumentOutOfRangeException.ThrowIfLessThan(RepeatNs ?? 1, 1, nameof(RepeatNs));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(RepeatNs ?? 1, Jitter.DelayNsMax, nameof(RepeatNs));
        ArgumentOutOfRangeException.ThrowIfNegative(ReorderDelayNs);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ReorderDelayNs, Jitter.DelayNsMax);
        if (Reordering > 0 && (InOrder || ReorderDelayNs == 0))
        {
            throw new ArgumentException(InOrder ? "a link that is in order does not reorder" : "reordering needs a delay", nameof(Reordering));
        }

        if (!(BandwidthBps > 0))
        {
            throw new ArgumentOutOfRangeException(nameof(BandwidthBps), BandwidthBps, "a bandwidth is positive");
        }

        foreach (MemberLine line in Lines ?? [])
        {
            line.Validate(Topology.Members, BandwidthBps);
        }

        if (QueueBytesMax is < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(QueueBytesMax), QueueBytesMax, "a line holds at least one byte");
        }
    }

    private static void RequireShare(double value, string name)
    {
        if (!(value >= 0 && value < 1))
        {
            throw new ArgumentOutOfRangeException(name, value, $"{name.ToLowerInvariant()} is at least 0 and below 1");
        }
    }
}
