using Headroom.Flow;
using Headroom.Graphs;
using Headroom.Kernel.Strategies;

namespace Headroom.Audit.Studies.Transfer;

/// <summary>What a transfer is: a network, who sends how much to whom, what runs now, what it must meet and how it is paid.</summary>
public sealed record TransferInput
{
    public required DirectedGraph Graph { get; init; }

    public required DemandMatrix Demands { get; init; }

    /// <summary>Both files, for provenance: <c>nightly.demands on backbone.graph</c>.</summary>
    public required string Source { get; init; }

    public required StrategyCall Now { get; init; }

    public double? UtilisationGoal { get; init; }

    public double? LatencyGoalSeconds { get; init; }

    /// <summary>Links are bought so that none is used above this.</summary>
    public required double TargetUtilisation { get; init; }

    /// <summary>The share of the time in which the demands flow.</summary>
    public required double ActiveShare { get; init; }

    /// <summary>Egress is paid at every site that a byte leaves, not only where it starts.</summary>
    public required bool EgressAtEveryHop { get; init; }

    public IReadOnlyList<string> Notes { get; init; } = [];
}
