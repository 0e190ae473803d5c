using Headroom.Coding.Checksums;

namespace Headroom.Coding.Files;

/// <summary>Reads every block of every shard: checksums, and whether the parities are those of the data.</summary>
public static class ShardVerifier
{
    /// <param name="folder">The shards.</param>
    /// <param name="progress">Told the stripes done.</param>
    /// <param name="cancellation">Looked at between stripes.</param>
    public static VerifyReport Verify(ShardFolder folder, IProgress<long>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(folder);
        var tally = new Tally(folder);
        var reader = new StripeReader(folder);
        var expected = new StripeBuffer(folder.Shape);
        ulong checksum = Crc64.Empty;
        for (long stripe = 0; stripe < folder.StripesAtMost && tally.ContentBytes is null; stripe++)
        {
            cancellation.ThrowIfCancellationRequested();
            reader.Read(stripe, folder.Present);
            // After a stripe that is lost the checksum goes on from what the blocks state.
            if (!reader.TryDecode(out BlockHead head, out string problem))
            {
                tally.Lose(reader, problem);
                checksum = StatedChecksum(reader, checksum);
            }
            else if (reader.ChecksumAfter(checksum, head) != head.ContentChecksum && !tally.LostBefore)
            {
                tally.Lose(reader, "its blocks are whole, but what they decode to does not have the checksum they state");
                checksum = head.ContentChecksum;
            }
            else
            {
                tally.Add(reader, head, Disagreeing(folder, reader, head, expected));
                checksum = head.ContentChecksum;
            }

            progress?.Report(stripe + 1);
        }

        return tally.Report();
    }

    private static ulong StatedChecksum(StripeReader reader, ulong before)
    {
        for (int i = 0; i < reader.Shards; i++)
        {
            if (reader[i] is { } head)
            {
                return head.ContentChecksum;
            }
        }

        return before;
    }

    /// <summary>Of the shards whose blocks are whole, those that are not what the data encode to.</summary>
    private static HashSet<int> Disagreeing(ShardFolder folder, StripeReader reader, BlockHead head, StripeBuffer expected)
    {
        int[] members = reader.Members(head);
        if (head.ShardBytes == 0)
        {
            return [.. Enumerable.Range(0, folder.Code.TotalShards).Except(members)];
        }

        foreach (int shard in folder.Code.Data.Select(place => place.Shard).Distinct())
        {
            reader.Buffer.Shard(shard, head.ShardBytes).CopyTo(expected.Shard(shard, head.ShardBytes));
        }

        folder.Code.Encode(expected.Shards(head.ShardBytes));
        return [.. Enumerable.Range(0, folder.Code.TotalShards).Where(shard => !members.Contains(shard)
            || !reader.Buffer.Shard(shard, head.ShardBytes).Span.SequenceEqual(expected.Shard(shard, head.ShardBytes).Span))];
    }

    private sealed class Tally(ShardFolder folder)
    {
        private readonly long[] _damaged = new long[folder.Code.TotalShards];
        private readonly long[] _first = [.. Enumerable.Repeat(-1L, folder.Code.TotalShards)];
        private long _stripes;
        private long _lost;
        private string? _firstLost;
        private long _endBytes;

        public long? ContentBytes { get; private set; }

        public bool LostBefore { get; private set; }

        public void Add(StripeReader reader, BlockHead head, HashSet<int> disagreeing)
        {
            LostBefore = false;
            Damage(disagreeing, reader.Number);
            _stripes++;
            if (head.IsLast)
            {
                ContentBytes = (head.Stripe * folder.Shape.ContentBytes) + head.ContentBytes;
                _endBytes = folder.Shape.OffsetOf(head.Stripe) + folder.Shape.HeadBytes + head.ShardBytes;
            }
        }

        public void Lose(StripeReader reader, string problem)
        {
            LostBefore = true;
            Damage([.. Enumerable.Range(0, _damaged.Length).Where(shard => reader[shard] is null)], reader.Number);
            _stripes++;
            _lost++;
            _firstLost ??= $"stripe {reader.Number}: {problem}";
        }

        public VerifyReport Report()
        {
            if (ContentBytes is null)
            {
                _firstLost ??= $"stripe {_stripes}: no stripe before it is marked the last: all shards are cut short";
            }

            return new VerifyReport(folder.Code, ContentBytes, _stripes, _lost, _firstLost, [.. Enumerable.Range(0, _damaged.Length).Select(State)], folder.Problems);
        }

        private ShardState State(int shard) => new(shard, folder[shard] is { } file ? Path.GetFileName(file.Path) : null, _damaged[shard], _first[shard],
            ContentBytes is null ? 0 : Math.Max(0, (folder[shard]?.Length ?? 0) - _endBytes));

        private void Damage(HashSet<int> shards, long stripe)
        {
            foreach (int shard in shards)
            {
                _damaged[shard]++;
                _first[shard] = _first[shard] < 0 ? stripe : _first[shard];
            }
        }
    }
}
