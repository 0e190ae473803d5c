using Headroom.Kernel.Arithmetic;
using Headroom.Simulation.Networks;

namespace Headroom.Dissemination.Gossip;

/// <summary>The parameters of <see cref="CallGossip"/>.</summary>
public sealed record CallGossipOptions
{
    /// <summary>The longest that a broadcast may stay alive.</summary>
    public const int PeriodsMax = 10_000;

    public required Topology Topology { get; init; }

    /// <summary>Random peers that a member calls each period.</summary>
    public required int Calls { get; init; }

    public required long PeriodNs { get; init; }

    /// <summary>Age at which a broadcast is no longer sent to those called; 0 for pull alone.</summary>
    public required int PushPeriods { get; init; }

    /// <summary>Age at which a broadcast is no longer sent to callers.</summary>
    public required int PullPeriods { get; init; }

    /// <summary>Exact rounds: all members act in step, at the end of each round. Else each has a random phase of its own.</summary>
    public required bool IsAligned { get; init; }

    /// <summary>
    /// Periods in which pulls alone reach all of n members: 2 ceil(log2 n) to inform half of them, ceil(log2(ln n + 4)) to square the rest away, and four. In step those
    /// informed double each period; out of step, an answer one period behind its call, they grow e^0.567 = 1.76-fold, and less where calls are lost.
    /// </summary>
    public static int PeriodsFor(int members) =>
        (2 * (int)Math.Ceiling(Elementary.Log2(members))) + (int)Math.Ceiling(Elementary.Log2(Elementary.Log(members) + 4)) + 4;

    /// <summary>
    /// Periods in which pushes and pulls together inform a constant share, ceil(log_{1+2f} n) + 1: a push is worth little from then on.
    /// </summary>
    public static int PushPeriodsFor(int members, int calls) =>
        (int)Math.Ceiling(Elementary.Log(members) / Elementary.Log(1 + (2 * calls))) + 1;

    public void Validate()
    {
        ArgumentNullException.ThrowIfNull(Topology);
        ArgumentOutOfRangeException.ThrowIfLessThan(Calls, 1, nameof(Calls));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Calls, CallGossip.CallsMax, nameof(Calls));
        ArgumentOutOfRangeException.ThrowIfLessThan(PeriodNs, 1, nameof(PeriodNs));
        ArgumentOutOfRangeException.ThrowIfNegative(PushPeriods, nameof(PushPeriods));
        ArgumentOutOfRangeException.ThrowIfLessThan(PullPeriods, 1, nameof(PullPeriods));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(PullPeriods, PeriodsMax, nameof(PullPeriods));
    }
}
