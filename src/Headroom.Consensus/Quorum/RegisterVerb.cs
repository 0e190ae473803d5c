namespace Headroom.Consensus.Quorum;

/// <summary>The first byte of what clients and servers of registers say to each other.</summary>
public enum RegisterVerb : byte
{
    /// <summary>What do you hold? Phase, register.</summary>
    Query = 64,

    /// <summary>Phase, register, tag, value.</summary>
    QueryAnswer,

    /// <summary>Hold this, unless you hold something newer. Phase, register, tag, value.</summary>
    Store,

    /// <summary>Phase, register.</summary>
    StoreAnswer,
}
