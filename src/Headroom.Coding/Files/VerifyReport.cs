using Headroom.Coding.Erasure;

namespace Headroom.Coding.Files;

/// <summary>What a reading of all shards found.</summary>
/// <param name="Code">The code.</param>
/// <param name="ContentBytes">The content's length; null when its end could not be read.</param>
/// <param name="Stripes">How many stripes were read.</param>
/// <param name="LostStripes">Stripes that cannot be decoded.</param>
/// <param name="FirstLost">Why the first of them cannot; null without any.</param>
/// <param name="Shards">Every shard.</param>
/// <param name="Problems">Files that were set aside.</param>
public sealed record VerifyReport(
    ErasureCode Code, long? ContentBytes, long Stripes, long LostStripes, string? FirstLost, IReadOnlyList<ShardState> Shards, IReadOnlyList<string> Problems)
{
    /// <summary>Nothing is missing, damaged or set aside.</summary>
    public bool IsWhole => LostStripes == 0 && ContentBytes is not null && Problems.Count == 0 && Shards.All(shard => shard.IsWhole);

    /// <summary>The shards to rebuild.</summary>
    public IReadOnlyList<int> Lost => [.. Shards.Where(shard => !shard.IsWhole).Select(shard => shard.Shard)];
}
