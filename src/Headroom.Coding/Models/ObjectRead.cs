using Headroom.Coding.Erasure;

namespace Headroom.Coding.Models;

/// <summary>What the reading of an object asks of nodes: how many, the bytes that the busiest sends, and all bytes.</summary>
public sealed record ObjectRead(int Nodes, double BytesEach, double Bytes)
{
    /// <summary>
    /// With all nodes there. An object that is a stripe of its own is read from every shard of data; one that lies in shards of a fixed size from as many as it covers.
    /// </summary>
    public static ObjectRead Whole(ErasureCode code, double objectBytes, double? shardBytes)
    {
        int shards = DataShards(code, objectBytes, shardBytes);
        return new ObjectRead(shards, objectBytes / shards, objectBytes);
    }

    /// <summary>
    /// With the node of its first shard away: its part of that shard is rebuilt by the code's own plan, all helpers at once, and the other shards are read beside, a
    /// shard that is both once. A code of several sub-chunks is rebuilt at the same share of each of them.
    /// </summary>
    /// <returns>Null where the code does not survive it.</returns>
    public static ObjectRead? Degraded(ErasureCode code, double objectBytes, double? shardBytes)
    {
        ArgumentNullException.ThrowIfNull(code);
        int shards = DataShards(code, objectBytes, shardBytes);
        int[] data = [.. code.Data.Select(place => place.Shard).Distinct().Take(shards)];
        if (code.FailuresSurvived == 0 || code.PlanRepair([data[0]], [.. Enumerable.Range(0, code.TotalShards).Where(shard => shard != data[0])]) is not RepairPlan plan)
        {
            return null;
        }

        double part = objectBytes / shards;
        var sent = data[1..].ToDictionary(shard => shard, _ => part);
        foreach (HelpingShard helper in plan.Helpers)
        {
            sent[helper.Shard] = Math.Max(sent.GetValueOrDefault(helper.Shard), part * helper.Sends / code.Subshards);
        }

        return new ObjectRead(sent.Count, sent.Values.Max(), sent.Values.Sum());
    }

    /// <summary>
    /// The slowest of its nodes' latencies, then bytes by the narrower of one node's line and the reader's: latency of small objects, bandwidth of large ones. Mean and 99th percentile, seconds.
    /// </summary>
    public (double Mean, double P99) Seconds(NodeLatency latency, double nodeBytesPerSecond, double readerBytesPerSecond)
    {
        ArgumentNullException.ThrowIfNull(latency);
        double flow = Math.Max(BytesEach / nodeBytesPerSecond, Bytes / readerBytesPerSecond);
        return (latency.SlowestMean(Nodes) + flow, latency.SlowestQuantile(Nodes, 0.99) + flow);
    }

    /// <summary>How long it keeps disks busy, all together: a seek on each node, and its bytes.</summary>
    public double DiskSeconds(double readsPerSecond, double diskBytesPerSecond) => (Nodes / readsPerSecond) + (Bytes / diskBytesPerSecond);

    private static int DataShards(ErasureCode code, double objectBytes, double? shardBytes)
    {
        ArgumentNullException.ThrowIfNull(code);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(objectBytes);
        int all = code.Data.Select(place => place.Shard).Distinct().Count();
        return shardBytes is { } shard ? (int)Math.Clamp(Math.Ceiling(objectBytes / shard), 1, all) : all;
    }
}
