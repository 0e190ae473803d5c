namespace Headroom.Dissemination.HyParView;

/// <summary>What a membership message says. The numbers are apart from those of the broadcasts that run over it.</summary>
public enum HyParViewVerb : byte
{
    /// <summary>The sender is new: be its neighbour and tell others.</summary>
    Join = 0x40,

    /// <summary>A new member, on its way through the overlay.</summary>
    ForwardJoin = 0x41,

    /// <summary>Be my neighbour; with priority it may not be declined.</summary>
    Neighbour = 0x42,

    /// <summary>The answer: accepted or not.</summary>
    NeighbourReply = 0x43,

    /// <summary>We are neighbours no more.</summary>
    Disconnect = 0x44,

    /// <summary>Some members that the origin knows, on their way through the overlay.</summary>
    Shuffle = 0x45,

    /// <summary>As many in exchange.</summary>
    ShuffleReply = 0x46,

    /// <summary>A disconnect of one that goes for good: it is no spare either.</summary>
    Leave = 0x47,
}
