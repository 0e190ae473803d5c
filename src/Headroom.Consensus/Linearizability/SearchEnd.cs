namespace Headroom.Consensus.Linearizability;

/// <summary>How a search ended.</summary>
internal enum SearchEnd : byte
{
    Found,
    None,
    StepsSpent,
    MemorySpent,
}
