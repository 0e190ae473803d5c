namespace Headroom.Coding.Models;

/// <summary>Which nodes a stripe lies on.</summary>
public enum Placement
{
    /// <summary>Each stripe on nodes of its own, drawn at random; a lost node is rebuilt by all others together.</summary>
    Spread,

    /// <summary>Disjoint groups of n nodes, a stripe within one; a lost node is rebuilt onto its one replacement.</summary>
    Groups,
}
