using Headroom.Coding.Erasure;

namespace Headroom.Coding.Models;

/// <summary>What a write in place moves: bytes read and written by all nodes per byte that the user writes.</summary>
public static class SmallWrite
{
    /// <summary>
    /// A write of so many bytes at the start of a stripe. Whole stripes are encoded afresh: n/k. The rest takes the cheaper of two ways: update (read old data and
    /// parities where a parity mixes several shards, write new) and rebuild (read the rest of the stripe, write the changed data and every parity).
    /// For a write within one shard the update of rs(k,m) moves 2 (1 + m) bytes per byte, that of r copies r.
    /// </summary>
    public static double BytesMovedPerByte(ErasureCode code, double writeBytes, double shardBytes)
    {
        ArgumentNullException.ThrowIfNull(code);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(writeBytes);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(shardBytes);
        double stripeBytes = code.DataShards * shardBytes;
        double whole = Math.Floor(writeBytes / stripeBytes);
        double rest = writeBytes - (whole * stripeBytes);
        double moved = whole * code.TotalShards * shardBytes;
        return (moved + (rest > 0 ? Math.Min(Update(code, rest, shardBytes), Rebuild(code, rest, shardBytes)) : 0)) / writeBytes;
    }

    private static double Update(ErasureCode code, double rest, double shardBytes)
    {
        double moved = rest;
        bool mixes = false;
        for (int parity = code.DataShards; parity < code.TotalShards; parity++)
        {
            int[] support = [.. Enumerable.Range(0, code.DataShards).Where(shard => code.Generator[parity, shard] != 0)];

            // The parity changes wherever one of its shards does: as far as the most-written of them.
            double touched = support.Max(shard => Math.Clamp(rest - (shard * shardBytes), 0, shardBytes));
            moved += (support.Length > 1 ? 2 : 1) * touched;
            mixes |= support.Length > 1 && touched > 0;
        }

        return moved + (mixes ? rest : 0);
    }

    private static double Rebuild(ErasureCode code, double rest, double shardBytes) =>
        (code.DataShards * shardBytes) + (code.ParityShards * shardBytes);
}
