using Headroom.Kernel.Randomness;
using Headroom.Simulation.Hosting;
using Headroom.Simulation.Networks;

namespace Headroom.Coding.Repairs;

/// <summary>What the repair of a shard took: how long, what came to the newcomer, how long each part of it was busy, and whether all bytes are right.</summary>
public sealed record ShardRepairOutcome
{
    public required double Seconds { get; init; }

    /// <summary>With headers.</summary>
    public required long ReceivedBytes { get; init; }

    public required double LineSeconds { get; init; }

    /// <summary>Of the busiest helper.</summary>
    public required double DiskSeconds { get; init; }

    /// <summary>Of the newcomer or the busiest helper.</summary>
    public required double ProcessorSeconds { get; init; }

    public required long RebuiltBytes { get; init; }

    /// <summary>What was busy longest.</summary>
    public string Narrowest => LineSeconds >= DiskSeconds && LineSeconds >= ProcessorSeconds ? "line" : DiskSeconds >= ProcessorSeconds ? "disk" : "processor";
}

/// <summary>Runs the repair of one shard as processes on simulated time, with the bytes themselves.</summary>
public static class SimulatedShardRepair
{
    /// <exception cref="InvalidOperationException">The rebuilt shard is not the lost one: a fault of ours.</exception>
    public static ShardRepairOutcome Run(ShardRepairOptions options, ShardStripes stripes, Seed seed, CancellationToken cancellation = default)
    {
        ShardLoad load = ShardLoad.Of(options, stripes);
        var network = new NetworkOptions
        {
            Topology = Topology.Complete(options.Code.TotalShards, options.LatencyNs),
            BandwidthBps = options.BandwidthBps,
            Packets = options.Packets,
        };
        var host = new SimulationHost<RepairProcess, RepairObserver>(
            new SimulationOptions { Network = network, Seed = seed, Cancellation = cancellation }, _ => new RepairProcess(load), new RepairObserver(options.Code.TotalShards));
        host.Request(0, options.Lost, 1);
        host.Run();
        long repliedNs = host.Observer.RepliedNs[options.Lost];
        if (repliedNs < 0 || load.WrongBlocks > 0 || load.RightBlocks != options.Blocks)
        {
            throw new InvalidOperationException($"{options.Code} rebuilt {load.RightBlocks} of {options.Blocks} blocks as they were, {load.WrongBlocks} otherwise");
        }

        int[] members = [.. Enumerable.Range(0, host.Members)];
        return new ShardRepairOutcome
        {
            Seconds = repliedNs / 1e9,
            ReceivedBytes = host.Observer.ReceivedBytes[options.Lost],
            LineSeconds = double.IsPositiveInfinity(options.BandwidthBps) ? 0 : host.Observer.ReceivedBytes[options.Lost] * 8 / options.BandwidthBps,
            DiskSeconds = members.Max(member => host.Process(member).DiskNs) / 1e9,
            ProcessorSeconds = members.Max(member => host.Process(member).ProcessorNs) / 1e9,
            RebuiltBytes = (long)options.Blocks * options.ExactBlockBytes,
        };
    }
}
