using Headroom.Coding.Checksums;
using Headroom.Coding.Erasure;

namespace Headroom.Coding.Files;

/// <summary>One stripe read from the files of a folder: which blocks are whole, what stripe they are of, and the data decoded from them.</summary>
internal sealed class StripeReader
{
    private readonly ShardFolder _folder;
    private readonly BlockHead?[] _heads;
    private readonly bool[] _tried;
    private (int[] Available, RepairOutcome Outcome)? _lastPlan;

    public StripeReader(ShardFolder folder)
    {
        _folder = folder;
        Buffer = new StripeBuffer(folder.Shape);
        (_heads, _tried) = (new BlockHead?[folder.Code.TotalShards], new bool[folder.Code.TotalShards]);
    }

    public StripeBuffer Buffer { get; }

    public long Number { get; private set; }

    public int Shards => _heads.Length;

    /// <summary>The head of a shard's block; null where the block is missing, damaged or not read.</summary>
    public BlockHead? this[int shard] => _heads[shard];

    /// <summary>The shards that were read and are not whole, files that are missing aside.</summary>
    public IEnumerable<int> Damaged => Enumerable.Range(0, _heads.Length).Where(i => _tried[i] && _heads[i] is null);

    public void Read(long stripe, IEnumerable<int> shards)
    {
        Number = stripe;
        Array.Clear(_heads);
        Array.Clear(_tried);
        ReadMore(shards);
    }

    public void ReadMore(IEnumerable<int> shards)
    {
        foreach (int shard in shards.Where(shard => !_tried[shard] && _folder[shard] is not null))
        {
            _tried[shard] = true;
            _heads[shard] = _folder[shard]!.TryRead(_folder.Shape, Buffer, Number, out BlockHead head) ? head : null;
        }
    }

    /// <summary>
    /// Decodes: after it, the shards of data stand in the buffer. Reads what else is needed, or all when blocks are of different contents.
    /// </summary>
    /// <param name="before">The checksum of the content before this stripe.</param>
    /// <returns>What the stripe's blocks have in common.</returns>
    /// <exception cref="ShardException">Too few whole blocks, two contents that could both be decoded, or a content that does not match its checksum.</exception>
    public BlockHead Decode(ulong before)
    {
        if (!TryDecode(out BlockHead head, out string? problem))
        {
            throw new ShardException($"{_folder.Path}: {Place()}: {problem}");
        }

        return ChecksumAfter(before, head) == head.ContentChecksum ? head
            : throw new ShardException($"{_folder.Path}: {Place()}: its blocks are whole, but what they decode to does not have the checksum they state; the shards do not belong together");
    }

    public bool TryDecode(out BlockHead head, out string problem)
    {
        if (TryDecodeRead(out head, out problem))
        {
            return true;
        }

        ReadMore(_folder.Present);
        return TryDecodeRead(out head, out problem);
    }

    /// <summary>The shards whose blocks are whole and of this stripe of this content, ascending.</summary>
    public int[] Members(BlockHead head) => [.. Enumerable.Range(0, _heads.Length).Where(i => _heads[i] is { } one && one.OfStripe == head.OfStripe)];

    public ulong ChecksumAfter(ulong before, BlockHead head)
    {
        int left = head.ContentBytes;
        foreach (Memory<byte> place in Buffer.Content(head.ShardBytes))
        {
            before = Crc64.Append(before, place.Span[..Math.Min(left, place.Length)]);
            left -= Math.Min(left, place.Length);
        }

        return before;
    }

    private bool TryDecodeRead(out BlockHead head, out string problem)
    {
        BlockHead[] contents = [.. _heads.OfType<BlockHead>().Select(one => one.OfStripe).Distinct()];
        (BlockHead Head, RepairOutcome Outcome)[] decodable = [.. contents.Select(one => (one, Plan(Members(one)))).Where(one => one.Item2 is RepairPlan)];
        (head, problem) = (default, "");
        if (decodable.Length == 1 && (contents.Length == 1 || IsAllRead()))
        {
            head = decodable[0].Head;
            if (head.ShardBytes > 0)
            {
                ((RepairPlan)decodable[0].Outcome).Run(Buffer.Shards(head.ShardBytes));
            }

            return true;
        }

        problem = decodable.Length > 1
            ? $"shards {string.Join(", ", Members(decodable[0].Head))} and shards {string.Join(", ", Members(decodable[1].Head))} hold different contents, each of which could be decoded; take one set away"
            : contents.Length == 0 ? NothingWhole()
            : Plan(Members(contents.MaxBy(one => Members(one).Length))).ToString()!;
        return false;
    }

    private RepairOutcome Plan(int[] available)
    {
        if (_lastPlan is not { } last || !last.Available.AsSpan().SequenceEqual(available))
        {
            _lastPlan = last = (available, _folder.Code.PlanDecode(available));
        }

        return last.Outcome;
    }

    private bool IsAllRead() => _folder.Present.All(shard => _tried[shard]);

    private string NothingWhole() => Number >= _folder.StripesAtMost
        ? "no file goes on to here, and no stripe before it is marked the last: all shards are cut short"
        : $"no block is whole; any {_folder.Code.DataShards} shards of {_folder.Code} would do";

    private string Place()
    {
        long first = Number * _folder.Shape.ContentBytes;
        return $"stripe {Number} (content from byte {first})";
    }
}
