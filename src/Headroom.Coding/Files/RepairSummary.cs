namespace Headroom.Coding.Files;

/// <summary>What a repair of shards in files did.</summary>
/// <param name="Shards">The shards rebuilt.</param>
/// <param name="BytesRead">Bytes of shards read from the others' files, heads and checksums aside.</param>
/// <param name="BytesSent">What would cross a network were every shard on a machine of its own: helpers may send less than they read.</param>
/// <param name="BytesRebuilt">Bytes of shards rebuilt, by this run.</param>
public sealed record RepairSummary(IReadOnlyList<int> Shards, long BytesRead, long BytesSent, long BytesRebuilt);
