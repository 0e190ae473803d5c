using System.Runtime.InteropServices;
using Headroom.Kernel.Randomness;

namespace Headroom.Benchmarks.Coding;

/// <summary>
/// Shards for benchmarks: each begins at a cache line, some lines further on in its page than the one before, and some pages further on from it than its length. At
/// the same place in their pages more than twelve shards compete for the same twelve ways of a first-level cache; at regular distances in memory, those read and those
/// written compete for the same bank: both halve the rate of whoever encodes. A storage system places its buffers apart, and so do we for all contestants.
/// </summary>
internal sealed class ShardBuffers
{
    private const int PageBytes = 4096;
    private const int LineBytes = 64;
    private const int PagesStep = 7;
    private const int PagesApartMax = 16;

    /// <param name="count">Shards.</param>
    /// <param name="shardBytes">Length of each.</param>
    /// <param name="linesApart">By how many lines each begins later in its page than the one before.</param>
    /// <param name="filled">How many hold random bytes; the others zeros.</param>
    public ShardBuffers(int count, int shardBytes, int linesApart, int filled)
    {
        Shards = new Memory<byte>[count];
        Addresses = new nint[count];
        RandomStream random = new Seed(1).Named("shards").Stream();
        for (int i = 0; i < count; i++)
        {
            int shift = i * linesApart * LineBytes;
            int pages = 1 + (PagesStep * i % PagesApartMax);
            byte[] room = GC.AllocateArray<byte>(shardBytes + shift + (pages * PageBytes), pinned: true);
            int start = (int)(-(long)Marshal.UnsafeAddrOfPinnedArrayElement(room, 0) & (PageBytes - 1)) + shift;
            Shards[i] = room.AsMemory(start, shardBytes);
            Addresses[i] = Marshal.UnsafeAddrOfPinnedArrayElement(room, start);
            Span<ulong> words = MemoryMarshal.Cast<byte, ulong>(Shards[i].Span);
            for (int j = 0; i < filled && j < words.Length; j++)
            {
                words[j] = random.NextUInt64();
            }
        }
    }

    public Memory<byte>[] Shards { get; }

    public nint[] Addresses { get; }

    /// <exception cref="InvalidOperationException">A shard differs.</exception>
    public static void CheckEqual(string what, IReadOnlyList<Memory<byte>> ours, IReadOnlyList<Memory<byte>> expected)
    {
        for (int i = 0; i < ours.Count; i++)
        {
            if (!ours[i].Span.SequenceEqual(expected[i].Span))
            {
                throw new InvalidOperationException($"{what}: shard {i} differs");
            }
        }
    }
}
