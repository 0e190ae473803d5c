namespace Headroom.Lab.Maelstrom;

/// <summary>What the clients do: Maelstrom's workloads, in the subset that is supported.</summary>
public enum WorkloadKind
{
    Echo,
    UniqueIds,
    Broadcast,
    GrowOnlySet,
    GrowOnlyCounter,
    Counter,
}
