using Headroom.Coding.Erasure;

namespace Headroom.Coding.Models;

/// <summary>What a write in place moves: bytes read and written by all nodes per byte that the user writes.</summary>
public static class SmallWrite
{
    /// <summary>Beyond so many coefficients a code's updates are not looked into: it is taken to rebuild.</summary>
    private const long GeneratorEntriesMax = 1 << 24;

    /// <summary>
    /// A write of so many bytes at the start of a stripe. Whole stripes are encoded afresh: the overhead. The rest takes the cheaper of two ways: update (read old data and
    /// parities where a parity mixes several shards, write new) and rebuild (read the rest of the stripe, write the changed data and every parity).
    /// A stripe is n shards cut into sub-chunks, filled in the order of the content, so a write within one sub-chunk is the least unit that parities see.
    /// For a write within one shard the update of rs(k,m) moves 2 (1 + m) bytes per byte, that of r copies r.
    /// </summary>
    public static double BytesMovedPerByte(ErasureCode code, double writeBytes, double shardBytes)
    {
        ArgumentNullException.ThrowIfNull(code);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(writeBytes);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(shardBytes);
        double partBytes = shardBytes / code.Subshards;
        double stripeBytes = code.DataSubshards * partBytes;
        double whole = Math.Floor(writeBytes / stripeBytes);
        double rest = writeBytes - (whole * stripeBytes);
        double rebuild = code.TotalShards * shardBytes;
        double moved = whole * rebuild;
        bool asks = (long)code.TotalShards * code.Subshards * code.DataSubshards <= GeneratorEntriesMax;
        return (moved + (rest > 0 ? asks ? Math.Min(Update(code, rest, partBytes), rebuild) : rebuild : 0)) / writeBytes;
    }

    private static double Update(ErasureCode code, double rest, double partBytes)
    {
        double moved = rest;
        bool mixes = false;
        foreach (int parity in Enumerable.Range(0, code.TotalShards * code.Subshards).Except(code.Data.Select(place => (place.Shard * code.Subshards) + place.Index)))
        {
            // The parity changes wherever a part that it depends on does: as far as the first of them, which is the most written.
            ReadOnlySpan<byte> row = code.Generator.Row(parity);
            int first = row.IndexOfAnyExcept((byte)0);
            bool single = first < 0 || row[(first + 1)..].IndexOfAnyExcept((byte)0) < 0;
            double touched = first < 0 ? 0 : Math.Clamp(rest - (first * partBytes), 0, partBytes);
            moved += (single ? 1 : 2) * touched;
            mixes |= !single && touched > 0;
        }

        return moved + (mixes ? rest : 0);
    }
}
