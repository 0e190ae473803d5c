using Headroom.Coding.Erasure;
using Headroom.Kernel.Randomness;

namespace Headroom.Coding.Repairs;

/// <summary>One lost shard, block by block, with all its bytes: node i has shard i, and a newcomer in the lost one's place rebuilds it by the code's own plan.</summary>
public sealed class ShardLoad : RepairLoad
{
    private readonly ShardRepairOptions _options;
    private readonly RepairPlan _plan;
    private readonly ShardStripes _stripes;
    private readonly byte[] _rebuilt;
    private readonly long[] _readNs;
    private readonly long[] _messageNs;

    /// <param name="options">What is rebuilt on what.</param>
    /// <param name="stripes">Encoded by the same code in blocks of the same size.</param>
    /// <exception cref="ArgumentException">Stripes of other options.</exception>
    public static ShardLoad Of(ShardRepairOptions options, ShardStripes stripes)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new ShardLoad(options, stripes) { Window = options.Window, PartBytes = options.PartBytes };
    }

    private ShardLoad(ShardRepairOptions options, ShardStripes stripes)
    {
        options.Validate();
        (_options, _stripes) = (options, stripes);
        if (stripes.Code != options.Code || stripes.BlockBytes != options.ExactBlockBytes)
        {
            throw new ArgumentException($"stripes of {stripes.Code} in blocks of {stripes.BlockBytes} bytes for {options.Code} in blocks of {options.ExactBlockBytes}", nameof(stripes));
        }

        _plan = PlanOf(options);
        _rebuilt = new byte[stripes.BlockBytes];
        _readNs = [.. _plan.Helpers.Select(helper => Ns((helper.Ranges(stripes.BlockBytes).Count() * options.SeekSeconds) + (helper.ReadBytes(stripes.BlockBytes) / options.DiskBytesPerSecond)))];
        _messageNs = [.. _plan.Helpers.Select(helper => helper.Forwards ? 0 : Ns(helper.ReadBytes(stripes.BlockBytes) / options.MessageBytesPerSecond))];

        // Where one helper sends the whole shard there is nothing to compute.
        bool isCopy = _plan.Helpers is [{ Forwards: true, ReadsWholeShard: true }];
        RebuildNs = isCopy ? 0 : Ns(stripes.BlockBytes / options.RebuildBytesPerSecond);
    }

    public override int Helpers => _plan.Helpers.Count;

    public override bool IsBlank => false;

    public override long RebuildNs { get; }

    /// <summary>Blocks rebuilt byte for byte as they were.</summary>
    public int RightBlocks { get; private set; }

    /// <summary>Blocks that came out otherwise.</summary>
    public int WrongBlocks { get; private set; }

    /// <summary>The plan for the lost shard, all others being there.</summary>
    public static RepairPlan PlanOf(ShardRepairOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return (RepairPlan)options.Code.PlanRepair([options.Lost], [.. Enumerable.Range(0, options.Code.TotalShards).Where(shard => shard != options.Lost)]);
    }

    public override int Block(int newcomer, int i) => newcomer == _options.Lost && i < _options.Blocks ? i : -1;

    public override void Choose(int newcomer, Span<int> helpers, ref RandomStream random)
    {
        for (int i = 0; i < helpers.Length; i++)
        {
            helpers[i] = _plan.Helpers[i].Shard;
        }
    }

    public override int NextHop(int at, int from, int to) => at == from && (uint)to < (uint)_options.Code.TotalShards ? to : -1;

    public override long ReadNs(int helper) => _readNs[helper];

    public override long MessageNs(int helper) => _messageNs[helper];

    public override int MessageBytes(int helper) => _plan.Helpers[helper].MessageBytes(_stripes.BlockBytes);

    public override ReadOnlyMemory<byte> Message(int block, int helper)
    {
        HelpingShard asked = _plan.Helpers[helper];
        ReadOnlyMemory<byte> shard = _stripes[asked.Shard, block];
        if (asked.ReadsWholeShard && asked.Forwards)
        {
            return shard;
        }

        byte[] read = new byte[asked.ReadBytes(shard.Length)];
        int at = 0;
        foreach ((int offset, int length) in asked.Ranges(shard.Length))
        {
            shard.Slice(offset, length).CopyTo(read.AsMemory(at));
            at += length;
        }

        byte[] message = new byte[asked.MessageBytes(shard.Length)];
        _plan.Message(helper, read, message);
        return message;
    }

    public override int Body(int bytes) => 0;

    public override void Rebuild(int newcomer, int block, IReadOnlyList<ReadOnlyMemory<byte>> messages)
    {
        _plan.Rebuild(messages, [_rebuilt]);
        if (_rebuilt.AsSpan().SequenceEqual(_stripes[_options.Lost, block].Span))
        {
            RightBlocks++;
        }
        else
        {
            WrongBlocks++;
        }
    }

    private static long Ns(double seconds) => (long)Math.Ceiling(Math.Min(seconds, 1e9) * 1e9);
}
