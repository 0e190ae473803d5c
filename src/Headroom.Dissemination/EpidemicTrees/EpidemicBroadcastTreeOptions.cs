using Headroom.Dissemination.Trees;
using Headroom.Kernel.Arithmetic;
using Headroom.Simulation.Networks;

namespace Headroom.Dissemination.EpidemicTrees;

/// <summary>The parameters of <see cref="EpidemicBroadcastTree"/>.</summary>
public sealed record EpidemicBroadcastTreeOptions
{
    /// <summary>Share of the digests that the length of the repair reckons with losing.</summary>
    public const double DigestsLost = 0.25;

    public required Topology Topology { get; init; }

    public required BroadcastTree Tree { get; init; }

    /// <summary>Random peers that a digest goes to.</summary>
    public int Fanout { get; init; } = 3;

    /// <summary>Probability that a member sends digests in a period.</summary>
    public double GossipProbability { get; init; } = 0.1;

    /// <summary>Length of a repair period.</summary>
    public required long PeriodNs { get; init; }

    /// <summary>Periods of repair after a member got the payload; then it falls silent.</summary>
    public required int RepairPeriods { get; init; }

    /// <summary>How long a member waits for a payload it pulled before it pulls again from whoever offered it last.</summary>
    public required long PullTimeoutNs { get; init; }

    /// <summary>
    /// Periods such that a live member is missed by all digests with probability about e^-4 / n while a quarter of the digests are lost, to dead
    /// senders or on the way: each period brings a member 0.75 p f digests on average, so ceil((ln n + 4) / (0.75 p f)); none when p is 0.
    /// </summary>
    public static int PeriodsFor(int members, int fanout, double gossipProbability) => gossipProbability <= 0
        ? 0
        : (int)Math.Ceiling((Elementary.Log(members) + 4) / ((1 - DigestsLost) * gossipProbability * fanout));

    public void Validate()
    {
        ArgumentNullException.ThrowIfNull(Topology);
        ArgumentNullException.ThrowIfNull(Tree);
        ArgumentOutOfRangeException.ThrowIfLessThan(Fanout, 1, nameof(Fanout));
        ArgumentOutOfRangeException.ThrowIfLessThan(PeriodNs, 1, nameof(PeriodNs));
        ArgumentOutOfRangeException.ThrowIfNegative(RepairPeriods, nameof(RepairPeriods));
        ArgumentOutOfRangeException.ThrowIfLessThan(PullTimeoutNs, 1, nameof(PullTimeoutNs));
        if (!(GossipProbability >= 0 && GossipProbability <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(GossipProbability), GossipProbability, "a probability lies between 0 and 1");
        }
    }
}
