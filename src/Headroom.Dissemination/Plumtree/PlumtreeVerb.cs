namespace Headroom.Dissemination.Plumtree;

/// <summary>What a message of the tree says.</summary>
public enum PlumtreeVerb : byte
{
    /// <summary>The payload follows as the body.</summary>
    Gossip = 0x20,

    /// <summary>The sender has these broadcasts.</summary>
    IHave = 0x21,

    /// <summary>Be eager towards me; and send me this broadcast, if asked for.</summary>
    Graft = 0x22,

    /// <summary>Be lazy towards me.</summary>
    Prune = 0x23,
}
