using Headroom.Simulation.Messages;

namespace Headroom.Coding.Repairs;

/// <summary>
/// What the repair of a shard takes by arithmetic: b blocks pass the helpers' disks and processors, the newcomer's line and its processor one after another, t_i seconds of each.
/// If all overlap, b max t_i (best); as w blocks under way allow, c + (b - 1) max(max t_i, c/w), c being the time of a block alone (average); if none does, b c (worst).
/// </summary>
public sealed record ShardRepairTheory(double BestSeconds, double AverageSeconds, double WorstSeconds, double LineSeconds, double DiskSeconds, double ProcessorSeconds, double ReceivedBytes)
{
    /// <summary>The speed of lines in bits a second above which disks or processors take longer.</summary>
    public double CrossingBps(double bandwidthBps) => Math.Max(DiskSeconds, ProcessorSeconds) is > 0 and { } other ? bandwidthBps * LineSeconds / other : double.PositiveInfinity;

    public static ShardRepairTheory Of(ShardRepairOptions options, RepairLoad load)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(load);
        int[] helpers = [.. Enumerable.Range(0, load.Helpers)];
        double bytes = helpers.Sum(helper => Enumerable.Range(0, load.Parts(helper))
            .Sum(part => (double)options.Packets.WireBytes(WireFrame.Length(RepairHead.Bytes + load.BytesOfPart(helper, part), 0))));
        double line = double.IsPositiveInfinity(options.BandwidthBps) ? 0 : bytes * 8 / options.BandwidthBps;
        double disk = helpers.Max(load.ReadNs) / 1e9;
        double message = helpers.Max(load.MessageNs) / 1e9;
        double rebuild = load.RebuildNs / 1e9;
        double narrowest = Math.Max(Math.Max(line, disk), Math.Max(message, rebuild));
        double alone = line + disk + message + rebuild + (2 * options.LatencyNs / 1e9);
        int blocks = options.Blocks;
        return new ShardRepairTheory(blocks * narrowest, alone + ((blocks - 1) * Math.Max(narrowest, alone / options.Window)), blocks * alone,
            blocks * line, blocks * disk, blocks * Math.Max(message, rebuild), blocks * bytes);
    }
}
