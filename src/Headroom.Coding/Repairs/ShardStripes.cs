using Headroom.Coding.Erasure;
using Headroom.Kernel.Randomness;

namespace Headroom.Coding.Repairs;

/// <summary>Encoded random stripes, a few more than are under way at a time: block i of a shard is that of stripe i modulo their number.</summary>
public sealed class ShardStripes
{
    private readonly Memory<byte>[][] _stripes;

    public ShardStripes(ShardRepairOptions options, Seed seed)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        (Code, BlockBytes) = (options.Code, options.ExactBlockBytes);
        RandomStream random = seed.Named("stripes").Stream();
        _stripes = new Memory<byte>[Math.Min(options.Blocks, options.Window + 1)][];
        byte[] content = new byte[Striping.ContentBytesMax(Code, BlockBytes)];
        for (int i = 0; i < _stripes.Length; i++)
        {
            for (int at = 0; at < content.Length; at++)
            {
                content[at] = (byte)random.Below(256);
            }

            _stripes[i] = Striping.Encode(Code, content);
        }
    }

    public ErasureCode Code { get; }

    public int BlockBytes { get; }

    /// <summary>A block of a shard.</summary>
    public ReadOnlyMemory<byte> this[int shard, int block] => _stripes[block % _stripes.Length][shard];
}
