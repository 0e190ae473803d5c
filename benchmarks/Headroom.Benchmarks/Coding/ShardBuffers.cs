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
        int[] places = [.. Places(count, shardBytes, linesApart)];

        // One room for all: how far they lie apart does not depend on what the heap had free.
        byte[] room = GC.AllocateArray<byte>(PageBytes + places[^1] + shardBytes, pinned: true);
        nint start = Marshal.UnsafeAddrOfPinnedArrayElement(room, 0);
        int first = (int)(-(long)start & (PageBytes - 1));
        for (int i = 0; i < count; i++)
        {
            Shards[i] = room.AsMemory(first + places[i], shardBytes);
            Addresses[i] = start + first + places[i];
        }

        Fill(Shards.AsSpan(0, filled));
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

    private static IEnumerable<int> Places(int count, int shardBytes, int linesApart)
    {
        int page = 0;
        for (int i = 0; i < count; i++)
        {
            int inPage = i * linesApart * LineBytes % PageBytes;
            yield return page + inPage;
            int pages = ((inPage + shardBytes + PageBytes - 1) / PageBytes) + 1 + (PagesStep * i % PagesApartMax);
            page += pages * PageBytes;
        }
    }

    private static void Fill(ReadOnlySpan<Memory<byte>> shards)
    {
        RandomStream random = new Seed(1).Named("shards").Stream();
        foreach (Memory<byte> shard in shards)
        {
            foreach (ref ulong word in MemoryMarshal.Cast<byte, ulong>(shard.Span))
            {
                word = random.NextUInt64();
            }
        }
    }
}
