namespace Headroom.Lab.Maelstrom;

/// <summary>The names that Maelstrom gives its workloads, topologies and latency distributions.</summary>
public static class WorkloadNames
{
    public static IReadOnlyList<(string Name, WorkloadKind Kind)> Workloads { get; } =
    [
        ("echo", WorkloadKind.Echo),
        ("unique-ids", WorkloadKind.UniqueIds),
        ("broadcast", WorkloadKind.Broadcast),
        ("g-set", WorkloadKind.GrowOnlySet),
        ("g-counter", WorkloadKind.GrowOnlyCounter),
        ("pn-counter", WorkloadKind.Counter),
    ];

    public static string Of(WorkloadKind kind) => Workloads.First(w => w.Kind == kind).Name;
}
