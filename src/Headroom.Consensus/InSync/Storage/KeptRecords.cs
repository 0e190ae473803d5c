using Headroom.Consensus.InSync.Log;
using Headroom.Consensus.Wire;

namespace Headroom.Consensus.InSync.Storage;

/// <summary>Which producers' records replicas would find on their disks, were they started again.</summary>
internal sealed class KeptRecords
{
    private readonly Dictionary<(long Producer, long Number), int> _copies = [];

    /// <summary>Why a replica's records are not to be used; null while all are.</summary>
    public string? Problem { get; private set; }

    /// <summary>Takes in what one replica made durable, in order.</summary>
    public void Take(int replica, IReadOnlyList<ReadOnlyMemory<byte>> durable)
    {
        var recovery = new PartitionRecovery();
        foreach (ReadOnlyMemory<byte> record in durable)
        {
            recovery.Take(record.Span);
        }

        Problem ??= recovery.Problem is { } problem ? $"server {replica}: {problem}" : null;
        var found = new HashSet<(long, long)>();
        for (int i = 0; i < recovery.Log.Count; i++)
        {
            Find(recovery.Log[i], found);
        }

        foreach ((long, long) record in found)
        {
            _copies[record] = _copies.GetValueOrDefault(record) + 1;
        }
    }

    /// <summary>Replicas on whose disks a producer's record is.</summary>
    public int Copies(int producer, int number) => _copies.GetValueOrDefault((producer, number));

    /// <summary>A record begins with its producer and its number among that one's.</summary>
    private static void Find(in RecordBatch batch, HashSet<(long, long)> found)
    {
        ReadOnlySpan<byte> rest = batch.Records.Span;
        for (int i = 0; i < batch.Count; i++)
        {
            var reader = new VarintReader(rest);
            long length = reader.Number();
            int start = rest.Length - reader.Remaining;
            if (!reader.IsGood || length > reader.Remaining)
            {
                return;
            }

            found.Add((reader.Number(), reader.Number()));
            rest = rest[(start + (int)length)..];
        }
    }
}
