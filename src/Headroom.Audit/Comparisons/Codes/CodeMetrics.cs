namespace Headroom.Audit.Comparisons.Codes;

/// <summary>The metrics as rows name them, with units and meanings.</summary>
internal static class CodeMetrics
{
    public const string Loss = "yearly loss";

    public static IReadOnlyList<(string Name, string Unit, string Meaning)> All { get; } =
    [
        ("stored", "B/B", "bytes stored per byte of data"),
        ("repair reads", "B/B", "bytes read from disks per byte rebuilt, mean over which single shard was lost"),
        ("repair traffic", "B/B", "bytes sent over the network per byte rebuilt"),
        (Loss, "probability", "probability of losing anything in a year; theory: the Markov chain, measured: importance splitting, mean over trials"),
        ("degraded read", "s", "read of an object whose node is away, mean over the sizes; p99 likewise"),
        ("small write", "B/B", "bytes read and written per byte of a write in place"),
        ("cost", "$/y", "storage, and the traffic of repairs at the price of egress"),
    ];
}
