namespace Headroom.Audit.Comparisons.Repairs;

/// <summary>The metrics as rows name them, with units and meanings.</summary>
internal static class RepairMetrics
{
    public const string Time = "repair time";
    public const string Received = "received";
    public const string Line = "line";
    public const string Disk = "disk";
    public const string Processor = "processor";

    public static IReadOnlyList<(string Name, string Unit, string Meaning)> All { get; } =
    [
        (Time, "s", "from the request to the last block rebuilt, without detection; theory: best where lines, disks and processors overlap wholly, average for the blocks under way, worst where nothing overlaps"),
        (Received, "B/B", "bytes that the newcomer received per byte rebuilt, headers included"),
    ];
}
