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

        bool spread = system.Placement == Placement.Spread;
        return new RepairTimes(system.DetectSeconds, system.Contention * AloneTransferSeconds(system, code), spread);
    }

    /// <summary>
    /// Seconds to move what the repair of one node moves, by the narrowest place alone: the lines of the nodes that rebuild it, or the uplinks of domains, which
    /// all bytes but one in so many domains cross. A floor of what a simulation gives, in which transfers meet.
    /// </summary>
    public static double AloneTransferSeconds(StorageSystem system, CodeShape code)
    {
        ArgumentNullException.ThrowIfNull(system);
        ArgumentNullException.ThrowIfNull(code);
        double bytes = system.DataBytes * code.Overhead / system.Nodes * code.RepairSent;
        double receivers = system.Placement == Placement.Spread ? system.Rebuilders(code) : 1;
        double seconds = bytes / (receivers * system.BandwidthBytesPerSecond);
        foreach (FailureDomain domain in system.Domains)
        {
            seconds = Math.Max(seconds, bytes * (domain.Count - 1) / ((double)domain.Count * domain.Count * domain.UplinkBytesPerSecond));
        }

        return seconds;
    }

    /// <summary>
    /// The mean seconds between repairs while f nodes are down, f = 1, 2, …, and so many others (of failed domains) are being rebuilt besides. Down nodes are first in a
    /// delay, then in a queue whose server all share, i of them getting i/(i + besides) of it: a product-form network ([baskett1975]), so what leaves it depends
    /// on the means alone, and it may be replaced by one station of rate G(f-1)/G(f) ([chandy1975] section 3), with
    /// G(f) = sum over d = 0 … f of detect^d/d! times the product over i = 1 … f-d of transfer (i + besides)/i.
    /// </summary>
    public IEnumerable<double> MeanSecondsBetweenRepairs(double besides = 0)
    {
        if (!Shared || besides == 0)
        {
            return Alone();
        }

        return Beside(besides);
    }

    private IEnumerable<double> Alone()
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

    /// <summary>By convolution of the terms, all of them divided by the last G.</summary>
    private IEnumerable<double> Beside(double besides)
    {
        // terms[d]: detect^d/d! times the product for f - d, over G(f).
        var terms = new List<double> { 1 };
        for (int down = 1; ; down++)
        {
            var next = new List<double>();
            for (int d = 0; d < terms.Count; d++)
            {
                int transferring = down - d;
                next.Add(terms[d] * TransferSeconds * (transferring + besides) / transferring);
            }

            next.Add(terms[^1] * DetectSeconds / down);
            double mean = next.Sum();
            for (int d = 0; d < next.Count && mean > 0; d++)
            {
                next[d] /= mean;
            }

            terms = next;
            yield return mean;
        }
    }
}
