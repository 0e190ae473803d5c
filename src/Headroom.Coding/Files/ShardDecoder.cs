using Headroom.Coding.Checksums;

namespace Headroom.Coding.Files;

/// <summary>
/// From the shards of a folder back to their content, in the memory of two stripes. A block whose checksum fails is an erasure; nothing leaves before the checksum of
/// all content up to there was right. Where data shards are whole, only they are read.
/// </summary>
public sealed class ShardDecoder
{
    private readonly ShardFolder _folder;
    private readonly long[] _damaged;

    public ShardDecoder(ShardFolder folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        (_folder, _damaged) = (folder, new long[folder.Code.TotalShards]);
    }

    /// <summary>By shard, the blocks that were read and found missing or damaged.</summary>
    public IReadOnlyList<long> DamagedBlocks => _damaged;

    /// <summary>Stripes of which not all data blocks could be read, so that they were decoded.</summary>
    public long DecodedStripes { get; private set; }

    /// <summary>Writes the content; returns its length.</summary>
    /// <param name="content">Where it goes; need not seek.</param>
    /// <param name="progress">Told the bytes of content done, after every stripe.</param>
    /// <param name="cancellation">Looked at between stripes.</param>
    /// <exception cref="ShardException">What is missing, and what would suffice. What was written before it is right.</exception>
    public long Decode(Stream content, IProgress<long>? progress = null, CancellationToken cancellation = default) => Continue(content, 0, Crc64.Empty, progress, cancellation);

    /// <summary>The same from a stripe on, with the checksum of the content before it.</summary>
    internal long Continue(Stream content, long stripe, ulong checksum, IProgress<long>? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(content);
        var current = new StripeReader(_folder);
        var next = new StripeReader(_folder);
        int[] wanted = Wanted();
        long done = stripe * _folder.Shape.ContentBytes;
        current.Read(stripe, wanted);
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            Task reading = Task.Run(() => next.Read(stripe + 1, wanted), CancellationToken.None);
            BlockHead head;
            try
            {
                head = current.Decode(checksum);
                Write(current, head, content);
            }
            finally
            {
                Task.WhenAny(reading).GetAwaiter().GetResult();
            }

            (checksum, done, stripe) = (head.ContentChecksum, done + head.ContentBytes, stripe + 1);
            Count(current);
            progress?.Report(done);
            if (head.IsLast)
            {
                return done;
            }

            reading.GetAwaiter().GetResult();
            (current, next) = (next, current);
        }
    }

    private static void Write(StripeReader stripe, BlockHead head, Stream content)
    {
        int left = head.ContentBytes;
        foreach (Memory<byte> place in stripe.Buffer.Content(head.ShardBytes))
        {
            content.Write(place.Span[..Math.Min(left, place.Length)]);
            left -= Math.Min(left, place.Length);
        }
    }

    private void Count(StripeReader stripe)
    {
        foreach (int shard in stripe.Damaged)
        {
            _damaged[shard]++;
        }

        DecodedStripes += DataShards().All(shard => stripe[shard] is not null) ? 0 : 1;
    }

    private int[] DataShards() => [.. _folder.Code.Data.Select(place => place.Shard).Distinct()];

    /// <summary>The data shards that are there, and what the others need; whatever else turns out to be needed is read then.</summary>
    private int[] Wanted()
    {
        int[] present = [.. DataShards().Where(shard => _folder[shard] is not null)];
        return _folder.Code.PlanDecode(_folder.Present) is Erasure.RepairPlan plan ? [.. present.Union(plan.Reads).Order()] : [.. _folder.Present];
    }
}
