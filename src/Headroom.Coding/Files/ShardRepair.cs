using Headroom.Coding.Erasure;

namespace Headroom.Coding.Files;

/// <summary>
/// Rebuilds shards of a folder in files beside it, which take their places when all are whole. Of the helpers only what the code's plan names is read; a stripe
/// in which a helper turns out damaged is decoded from whatever is whole.
/// </summary>
public sealed class ShardRepair
{
    private readonly ShardFolder _folder;
    private readonly int[] _lost;
    private readonly StripeReader _reader;
    private readonly RepairPlan? _plan;
    private readonly byte[][] _reads = [];
    private readonly byte[][] _messages = [];
    private readonly RepairOutcome _outcome;
    private long _read;
    private long _sent;
    private long _rebuilt;

    /// <param name="folder">The shards.</param>
    /// <param name="lost">Which to rebuild: those without a file, and those known to be damaged.</param>
    public ShardRepair(ShardFolder folder, IReadOnlyCollection<int> lost)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(lost);
        (_folder, _lost, _reader) = (folder, [.. lost.Order()], new StripeReader(folder));
        // Where the whole shards do not suffice, each stripe is decoded from the blocks that are whole in it: damaged shards help where they are not.
        _outcome = folder.Code.PlanRepair(_lost, [.. folder.Present.Except(_lost)]);
        if (_outcome is RepairPlan plan)
        {
            _plan = plan;
            _reads = [.. plan.Helpers.Select(helper => new byte[helper.ReadBytes(folder.Shape.BlockBytes)])];
            _messages = [.. plan.Helpers.Select(helper => new byte[helper.MessageBytes(folder.Shape.BlockBytes)])];
        }
    }

    /// <summary>Rebuilds, and puts the files in their places. What a crash leaves unfinished is gone on with by the next run.</summary>
    /// <param name="progress">Told the stripes done.</param>
    /// <param name="cancellation">Looked at between stripes.</param>
    /// <exception cref="ShardException">They cannot be rebuilt; what would suffice.</exception>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public RepairSummary Run(IProgress<long>? progress = null, CancellationToken cancellation = default)
    {
        if (_lost.Length == 0)
        {
            return new RepairSummary([], 0, 0, 0);
        }

        string[] names = [.. _lost.Select(shard => Path.Combine(_folder.Path, _folder.NewNameOf(shard)))];
        string[] partial = [.. names.Select(name => Path.Combine(_folder.Path, $".{Path.GetFileName(name)}.partial"))];
        using (PartialShards files = PartialShards.Open(_folder.Shape,
            [.. _lost.Select((shard, i) => (partial[i], new ShardHeader(_folder.Code.ManifestName, shard, _folder.Code.TotalShards, _folder.Shape.BlockBytes)))], anew: false))
        {
            long stripe = files.Stripes;
            while (!Rebuild(stripe, files.Streams))
            {
                stripe++;
                progress?.Report(stripe);
                cancellation.ThrowIfCancellationRequested();
            }

            files.Flush();
        }

        for (int i = 0; i < names.Length; i++)
        {
            File.Move(partial[i], names[i], overwrite: true);
        }

        return new RepairSummary(_lost, _read, _sent, _rebuilt);
    }

    /// <summary>Writes one stripe's blocks; true after the last stripe.</summary>
    private bool Rebuild(long stripe, IReadOnlyList<Stream> targets)
    {
        if (!TryByPlan(stripe, out BlockHead head))
        {
            head = ByDecoding(stripe);
        }

        for (int i = 0; i < _lost.Length; i++)
        {
            int shard = _lost[i];
            (head with { Shard = shard }).Write(_reader.Buffer.Head(shard), _reader.Buffer.Shard(shard, head.ShardBytes).Span, _folder.Shape.Subshards);
            targets[i].Write(_reader.Buffer.Block(shard, head.ShardBytes).Span);
        }

        _rebuilt += (long)head.ShardBytes * _lost.Length;
        return head.IsLast;
    }

    private bool TryByPlan(long stripe, out BlockHead head)
    {
        head = default;
        for (int i = 0; i < (_plan?.Helpers.Count ?? 0); i++)
        {
            HelpingShard helper = _plan!.Helpers[i];
            if (!_folder[helper.Shard]!.TryReadHead(_folder.Shape, _reader.Buffer, stripe, out BlockHead one) || (i > 0 && one.OfStripe != head))
            {
                return false;
            }

            head = one.OfStripe;
            Memory<byte> read = _reads[i].AsMemory(0, helper.ReadBytes(head.ShardBytes));
            _read += read.Length;
            if (!_folder[helper.Shard]!.TryReadParts(_folder.Shape, _reader.Buffer, one, helper, read.Span))
            {
                return false;
            }

            Memory<byte> message = _messages[i].AsMemory(0, helper.MessageBytes(head.ShardBytes));
            _plan.Message(i, read, message);
            _sent += message.Length;
        }

        if (_plan is null || _plan.Helpers.Count == 0)
        {
            return false;
        }

        int shardBytes = head.ShardBytes;
        if (shardBytes > 0)
        {
            _plan.Rebuild([.. _plan.Helpers.Select((helper, i) => (ReadOnlyMemory<byte>)_messages[i].AsMemory(0, helper.MessageBytes(shardBytes)))],
                [.. _lost.Select(shard => _reader.Buffer.Shard(shard, shardBytes))]);
        }

        return true;
    }

    private BlockHead ByDecoding(long stripe)
    {
        _reader.Read(stripe, _folder.Present);
        if (!_reader.TryDecode(out BlockHead head, out string problem))
        {
            throw new ShardException($"{_folder.Path}: stripe {stripe}: {(_outcome is Unrecoverable && _reader.Damaged.All(_lost.Contains) ? _outcome.ToString() : problem)}");
        }

        long bytes = (long)_reader.Members(head).Length * head.ShardBytes;
        (_read, _sent) = (_read + bytes, _sent + bytes);
        if (head.ShardBytes > 0)
        {
            _folder.Code.Encode(_reader.Buffer.Shards(head.ShardBytes));
        }

        return head.OfStripe;
    }
}
