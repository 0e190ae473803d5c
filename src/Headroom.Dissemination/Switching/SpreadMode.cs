namespace Headroom.Dissemination.Switching;

/// <summary>How a broadcast is spread, from the fewest copies to the most.</summary>
public enum SpreadMode : byte
{
    /// <summary>Down the complete k-ary tree over the members, counted cyclically from the origin.</summary>
    Tree = 0,

    /// <summary>Who first gets it sends it to f random members.</summary>
    Gossip = 1,

    /// <summary>Who first gets it sends it to everybody.</summary>
    Flooding = 2,
}
