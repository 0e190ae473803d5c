using Headroom.Kernel.Arithmetic;
using Headroom.Simulation.Networks;

namespace Headroom.Dissemination.Switching;

/// <summary>The parameters of <see cref="SwitchingProcess"/>.</summary>
public sealed record SwitchingOptions
{
    /// <summary>Complete: everybody reaches everybody.</summary>
    public required Topology Topology { get; init; }

    /// <summary>Children of a member in tree mode.</summary>
    public int Arity { get; init; } = 4;

    /// <summary>Peers that a member tells in gossip mode.</summary>
    public required int Fanout { get; init; }

    /// <summary>Time between two probes of a member.</summary>
    public required long ProbeNs { get; init; }

    /// <summary>A payload is offered to those who lack it once it is so old: until then it may be under way. Longer while probes take longer.</summary>
    public required long GraceNs { get; init; }

    /// <summary>The mode at first; for ever if it <see cref="IsFixed"/>.</summary>
    public SpreadMode Mode { get; init; } = SpreadMode.Tree;

    public bool IsFixed { get; init; }

    /// <summary>Observed loss from which trees give way to gossip; they come back below a third of it.</summary>
    public double GossipLoss { get; init; } = 0.03;

    /// <summary>Observed loss from which gossip gives way to flooding; it comes back below a third of it.</summary>
    public double FloodingLoss { get; init; } = 0.4;

    /// <summary>Probes that take so many times as long as the quickest show queues: fewer copies then, whatever is lost; more again below half of it.</summary>
    public double QueueFactor { get; init; } = 4;

    /// <summary>Probes for which a member keeps a mode at least.</summary>
    public int DwellProbes { get; init; } = 8;

    /// <summary>Probes in a row that must ask for another mode: one that was lost is not enough.</summary>
    public int PersistProbes { get; init; } = 4;

    /// <summary>Weight of a new observation against the estimate.</summary>
    public double Weight { get; init; } = 0.1;

    /// <summary>The unit in which probes carry the time of their sending.</summary>
    internal long TickNs => Math.Max(1, ProbeNs / 1024);

    /// <summary>Fan-out by which gossip that forwards once misses a member in n with a probability of e^-2: ceil(ln n + 2).</summary>
    public static int FanoutFor(int members) => Math.Max(1, Math.Min(members - 1, (int)Math.Ceiling(Elementary.Log(members) + 2)));

    public void Validate()
    {
        ArgumentNullException.ThrowIfNull(Topology);
        if (!Topology.IsComplete)
        {
            throw new ArgumentException("a tree over any members needs a complete topology", nameof(Topology));
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(Arity, 1, nameof(Arity));
        ArgumentOutOfRangeException.ThrowIfLessThan(Fanout, 1, nameof(Fanout));
        ArgumentOutOfRangeException.ThrowIfLessThan(ProbeNs, 1, nameof(ProbeNs));
        ArgumentOutOfRangeException.ThrowIfLessThan(GraceNs, 1, nameof(GraceNs));
        ArgumentOutOfRangeException.ThrowIfLessThan(DwellProbes, 1, nameof(DwellProbes));
        ArgumentOutOfRangeException.ThrowIfLessThan(PersistProbes, 1, nameof(PersistProbes));
        if (!(GossipLoss > 0 && GossipLoss < FloodingLoss && FloodingLoss < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(GossipLoss), GossipLoss, "losses that switch ascend between 0 and 1");
        }

        if (!(Weight > 0 && Weight <= 0.5 && QueueFactor > 1))
        {
            throw new ArgumentOutOfRangeException(nameof(Weight), Weight, "a weight lies between 0 and a half, a queue factor above 1");
        }
    }
}
