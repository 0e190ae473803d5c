using Headroom.Consensus.Agreements;

namespace Headroom.Audit.Comparisons.Agreements;

/// <summary>What is to be compared: each of the ways of agreeing in each of the settings.</summary>
public sealed record AgreementGrid
{
    public required IReadOnlyList<AgreementStrategy> Protocols { get; init; }

    public required IReadOnlyList<AgreementCase> Cases { get; init; }

    /// <summary>Files that were read.</summary>
    public required IReadOnlyList<string> Inputs { get; init; }

    /// <summary>What was passed over, in words.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
