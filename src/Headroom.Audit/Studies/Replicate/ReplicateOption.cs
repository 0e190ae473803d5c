using Headroom.Consensus.Agreements;

namespace Headroom.Audit.Studies.Replicate;

/// <summary>
/// One way to replicate here: a protocol with its leader, if it has one, in a region; or two, each for a share of the operations: those that must be kept at once, and the others.
/// </summary>
public sealed record ReplicateOption(AgreementStrategy Strategy, int? LeaderRegion = null)
{
    /// <summary>Who takes the operations that need not be kept at once; null where one protocol takes all.</summary>
    public AgreementStrategy? Rest { get; init; }

    /// <summary>The region's name, where there are several.</summary>
    public string Leader { get; init; } = "";

    public string Name => (Rest is null ? Strategy.Name : $"{Strategy}+{Rest}") + (Leader.Length > 0 ? $" in {Leader}" : "");

    public override string ToString() => Name;
}
