namespace Headroom.Dissemination.Regions;

/// <summary>How a payload spreads within a region once its relay has it.</summary>
public enum RegionSpread
{
    /// <summary>Down a tree of bounded arity, every copy acknowledged, dead parents replaced.</summary>
    Tree,

    /// <summary>Who first gets it sends it to so many random members of the region, and nobody acknowledges.</summary>
    Push,

    /// <summary>Who first gets it sends it to all others of the region, and nobody acknowledges.</summary>
    Flooding,
}
