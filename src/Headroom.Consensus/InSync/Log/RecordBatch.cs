namespace Headroom.Consensus.InSync.Log;

/// <summary>
/// Records that are appended, sent and cut off together: the offset of the first, how many, the epoch of the leader that appended them, who produced them (0: a producer without
/// sequences), the first one's sequence, and the records, each a length and bytes.
/// </summary>
public readonly record struct RecordBatch(long BaseOffset, int Count, long Epoch, long ProducerId, long Sequence, ReadOnlyMemory<byte> Records)
{
    /// <summary>The offset after the last record.</summary>
    public long EndOffset => BaseOffset + Count;

    /// <summary>64 bits of all but the offset.</summary>
    public ulong Digest()
    {
        ulong hash = Mix(Mix(Mix(Mix(0xCBF29CE484222325UL, (ulong)Epoch), (ulong)ProducerId), (ulong)Sequence), (ulong)Count);
        foreach (byte value in Records.Span)
        {
            hash = (hash ^ value) * 0x100000001B3UL;
        }

        return hash ^ (hash >> 31);
    }

    private static ulong Mix(ulong hash, ulong value) => (hash ^ value) * 0x9E3779B97F4A7C15UL;
}
