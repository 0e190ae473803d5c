using Headroom.Coding.Models;

namespace Headroom.Audit.Studies.Store;

/// <summary>How objects are read: latency and bandwidth of a node, bandwidth of the reader, share of reads whose node is away, and what a disk can do.</summary>
public sealed record StoreReading(NodeLatency Latency, double NodeBytesPerSecond, double ReaderBytesPerSecond, double Unavailable, double DiskBytes, double DiskReadsPerSecond);
