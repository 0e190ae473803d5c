using Headroom.Coding.Models;
using Headroom.Coding.Repairs;
using Headroom.Kernel.Randomness;
using Headroom.Simulation.Hosting;

namespace Headroom.Coding.Durability;

/// <summary>How long repairs take that meet at the lines of nodes and the uplinks of domains, beside the closed form, which knows only the narrowest place.</summary>
public sealed record RepairContention(int Failures, double SimulatedSeconds, double ClosedFormSeconds, long Messages)
{
    /// <summary>At least 1: how much longer than the closed form.</summary>
    public double Factor => ClosedFormSeconds > 0 ? Math.Max(1, SimulatedSeconds / ClosedFormSeconds) : 1;

    /// <summary>
    /// So many nodes are lost at once and all others rebuild them, as processes on the simulator's lines (<see cref="RepairProcess"/>), each two shards at a time: for each shard its helpers, drawn
    /// at random, are asked and send their share over their own line, the uplinks of their domains and the rebuilder's line. Shards are taken larger than they are where there are more than some
    /// thousands, which the bytes do not notice. The time is until the last shard is whole, without detection. <see cref="RepairQueues"/> is what it is held against.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">No failure, or more failures than leave a repair.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static RepairContention Simulate(StorageSystem system, CodeShape code, int failures, Seed seed, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(system);
        ArgumentNullException.ThrowIfNull(code);
        system.Validate();
        ArgumentOutOfRangeException.ThrowIfLessThan(failures, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(failures + code.Helpers, system.Nodes);
        NodeLoad load = NodeLoad.Of(system, code, failures, seed);
        var host = new SimulationHost<RepairProcess, RepairObserver>(
            new SimulationOptions { Network = load.Network(), Seed = seed.Named("repair contention"), Cancellation = cancellation }, _ => new RepairProcess(load), new RepairObserver(load.Members));
        load.BodyHandle = host.Bodies.AddBlank(load.MessageBytes(0));
        foreach (int node in load.Up)
        {
            host.Request(0, node, 1);
        }

        host.Run();
        if (load.Up.Any(node => host.Observer.RepliedNs[node] < 0))
        {
            throw new InvalidOperationException($"{failures} lost nodes were not rebuilt");
        }

        return new RepairContention(failures, host.Observer.RepliedNs.Max() / 1e9, failures * RepairTimes.AloneTransferSeconds(system, code), host.Observer.Messages);
    }
}
