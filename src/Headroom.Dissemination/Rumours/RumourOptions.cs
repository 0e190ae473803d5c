using Headroom.Kernel.Arithmetic;
using Headroom.Simulation.Networks;

namespace Headroom.Dissemination.Rumours;

/// <summary>How a member loses interest in a rumour [demers1987, section 1.4].</summary>
public enum Interest
{
    /// <summary>After each push to somebody who knew, with probability 1/k.</summary>
    FeedbackCoin,

    /// <summary>After k pushes in a row to somebody who knew.</summary>
    FeedbackCounter,

    /// <summary>After each push, with probability 1/k, whether they knew or not.</summary>
    BlindCoin,

    /// <summary>After k pushes.</summary>
    BlindCounter,
}

/// <summary>The parameters of <see cref="RumourMongering"/>.</summary>
public sealed record RumourOptions
{
    public const int KMax = 1000;

    public required Topology Topology { get; init; }

    public required Interest Interest { get; init; }

    public required int K { get; init; }

    /// <summary>Time between two pushes of one member; with feedback it should cover a push and its answer.</summary>
    public required long PeriodNs { get; init; }

    /// <summary>A member stops after so many pushes in any case: the dead give no feedback.</summary>
    public required int PushesMax { get; init; }

    /// <summary>Exact rounds: all members push at the same instants, the multiples of the period. Else each has a random phase of its own.</summary>
    public required bool IsAligned { get; init; }

    public bool HasFeedback => Interest is Interest.FeedbackCoin or Interest.FeedbackCounter;

    /// <summary>
    /// Pushes after which a member stops in any case: 4 (log2 n + 4 k), several times what it takes to inform all and then to hear k times of it.
    /// </summary>
    public static int PushesFor(int members, int k) => 4 * ((int)Math.Ceiling(Elementary.Log2(members)) + (4 * k));

    public void Validate()
    {
        ArgumentNullException.ThrowIfNull(Topology);
        ArgumentOutOfRangeException.ThrowIfLessThan(K, 1, nameof(K));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(K, KMax, nameof(K));
        ArgumentOutOfRangeException.ThrowIfLessThan(PeriodNs, 1, nameof(PeriodNs));
        ArgumentOutOfRangeException.ThrowIfLessThan(PushesMax, 1, nameof(PushesMax));
    }
}
