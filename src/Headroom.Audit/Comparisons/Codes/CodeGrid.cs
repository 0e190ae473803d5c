using Headroom.Audit.Studies.Store;
using Headroom.Audit.Systems;
using Headroom.Coding.Erasure;

namespace Headroom.Audit.Comparisons.Codes;

/// <summary>Codes to compare in one system.</summary>
public sealed record CodeGrid
{
    /// <summary>The system; its code of today is the first to be compared.</summary>
    public required StoreInput Input { get; init; }

    public required Prices Prices { get; init; }

    public required IReadOnlyList<ErasureCode> Codes { get; init; }

    /// <summary>The system in words.</summary>
    public required string Setting { get; init; }
}
