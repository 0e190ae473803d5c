namespace Headroom.Consensus.Linearizability;

public enum LinearizabilityVerdict : byte
{
    /// <summary>There is an order of the operations that a single object could have lived through and that contradicts no precedence in time.</summary>
    Linearizable,

    /// <summary>There is none.</summary>
    NotLinearizable,

    /// <summary>The budget was spent before the one or the other was found.</summary>
    Undecided,
}
