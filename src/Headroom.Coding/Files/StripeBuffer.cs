using Headroom.Coding.Erasure;

namespace Headroom.Coding.Files;

/// <summary>Room for one block of each shard. A head lies directly before its shard's bytes, which begin on a cache line.</summary>
internal sealed class StripeBuffer
{
    private const int Line = 64;
    private readonly StripeShape _shape;
    private readonly Memory<byte>[] _blocks;

    public StripeBuffer(StripeShape shape)
    {
        _shape = shape;
        _blocks = new Memory<byte>[shape.Code.TotalShards];
        for (int i = 0; i < _blocks.Length; i++)
        {
            byte[] room = GC.AllocateUninitializedArray<byte>(shape.HeadBytes + shape.BlockBytes + (2 * Line), pinned: true);
            long payload = System.Runtime.InteropServices.Marshal.UnsafeAddrOfPinnedArrayElement(room, 0) + shape.HeadBytes;
            int skipped = (int)(((payload + Line - 1) / Line * Line) - payload);
            _blocks[i] = room.AsMemory(skipped, shape.HeadBytes + shape.BlockBytes);
        }
    }

    /// <summary>Head and bytes of the shard.</summary>
    public Memory<byte> Block(int shard, int shardBytes) => _blocks[shard][..(_shape.HeadBytes + shardBytes)];

    public Span<byte> Head(int shard) => _blocks[shard].Span[.._shape.HeadBytes];

    public Memory<byte> Shard(int shard, int shardBytes) => _blocks[shard].Slice(_shape.HeadBytes, shardBytes);

    public Memory<byte>[] Shards(int shardBytes) => [.. Enumerable.Range(0, _blocks.Length).Select(i => Shard(i, shardBytes))];

    /// <summary>Where the content stands in a stripe of shards of this length, in order.</summary>
    public IEnumerable<Memory<byte>> Content(int shardBytes) =>
        Striping.Runs(_shape.Code, shardBytes).Select(run => Shard(run.Shard, shardBytes).Slice(run.Offset, run.Length));
}
