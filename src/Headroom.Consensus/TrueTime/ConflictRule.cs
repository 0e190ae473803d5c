namespace Headroom.Consensus.TrueTime;

/// <summary>What becomes of transactions that want the same keys.</summary>
public enum ConflictRule
{
    /// <summary>Nothing is locked before the end: an attempt whose reads no longer stand, or whose keys are locked, is aborted and made again later.</summary>
    Optimistic,

    /// <summary>Keys are locked as they are read; an older transaction wounds a younger one that has a key, a younger one waits [rosenkrantz1978].</summary>
    WoundWait,
}
