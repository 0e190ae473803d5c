namespace Headroom.Coding.Models;

/// <summary>
/// How long the repair of a node takes: a delay to notice it, then C R bytes to receive, C being what a node stores and R the bytes sent per byte
/// rebuilt. Spread: all other nodes receive together and all repairs share them. Groups: each replacement receives alone.
/// </summary>
public sealed record RepairTimes(double DetectSeconds, double TransferSeconds, bool Shared)
{
    /// <summary>The mean time to full redundancy after a lone failure.</summary>
    public double AloneSeconds => DetectSeconds + TransferSeconds;

    public static RepairTimes Of(StorageSystem system, CodeShape code)
    {
        ArgumentNullException.ThrowIfNull(system);
        ArgumentNullException.ThrowIfNull(code);
        if (system.StatedRepairSeconds is { } stated)
        {
            return new RepairTimes(stated, 0, false);
        }

        double nodeBytes = system.DataBytes * code.Overhead / system.Nodes;
        bool spread = system.Placement == Placement.Spread;
        double receivers = spread ? Math.Max(1, system.Nodes - 1) : 1;
        return new RepairTimes(system.DetectSeconds, nodeBytes * code.RepairSent / (receivers * system.BandwidthBytesPerSecond), spread);
    }

    /// <summary>
    /// The mean seconds between repairs while f nodes are down, f = 1, 2, …. Down nodes are first in a delay, then in a queue whose server all
    /// share: a product-form network ([baskett1975]), so what leaves it depends on the means alone, and it may be replaced by one station of
    /// rate G(f-1)/G(f) ([chandy1975] section 3), with G(f) = sum over d = 0 … f of detect^d/d! transfer^(f-d).
    /// </summary>
    public IEnumerable<double> MeanSecondsBetweenRepairs()
    {
        // share = (detect^f/f!)/G(f), so that neither overflows: G(f)/G(f-1) = transfer + (detect/f) share.
        double share = 1;
        for (int down = 1; ; down++)
        {
            double delay = (Shared ? DetectSeconds : AloneSeconds) / down * share;
            double mean = (Shared ? TransferSeconds : 0) + delay;
            share = mean == 0 ? 0 : delay / mean;
            yield return mean;
        }
    }
}
