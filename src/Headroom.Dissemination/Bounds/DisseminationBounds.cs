using Headroom.Kernel.Bounds;

namespace Headroom.Dissemination.Bounds;

/// <summary>The theorems of this subject, one file each, listed here.</summary>
public static class DisseminationBounds
{
    public static Bound Copies => PayloadCopies.Bound;

    public static Bound CopiesUnderLoss => LossyCopies.Bound;

    public static Bound Rounds => RoundsByFanout.Bound;

    public static Bound RoundsWithOneCall => RoundsOneCall.Bound;

    public static Bound ShareReached => Reach.Bound;

    public static Bound CausalDepth => Hops.Bound;

    public static Bound Latency => LatencyEccentricity.Bound;

    public static Bound PostalTime => Postal.Bound;

    public static Bound Bytes => ReceivedBytes.Bound;

    public static Bound Rate => BroadcastRate.Bound;

    /// <summary>Mean time from a crash to its first declaration.</summary>
    public static Bound DetectionTime => DetectionDelay.Bound;

    /// <summary>Messages a member within one detection time.</summary>
    public static Bound DetectionMessages => DetectionLoad.Bound;

    public static IReadOnlyList<Bound> All { get; } = [Copies, CopiesUnderLoss, Rounds, RoundsWithOneCall, ShareReached, CausalDepth, Latency, PostalTime, Bytes, Rate, DetectionTime, DetectionMessages];
}
