using Headroom.Audit.Links;
using Headroom.Audit.Reading;
using Headroom.Simulation.Networks;

namespace Headroom.Audit.Comparisons.Grids;

/// <summary>Every combination of what links may do, whatever they join.</summary>
internal static class LinkGrid
{
    /// <summary>In the order of the options; each makes such links of plain ones.</summary>
    /// <exception cref="InputException">What is wrong, and with which option.</exception>
    public static IEnumerable<Func<NetworkOptions, NetworkOptions>> Read(LinkGridText text, ReadingContext files)
    {
        IReadOnlyList<LinkLoss> losses = AxisReader.Each("--loss", text.Loss, LinkText.Loss);
        IReadOnlyList<double> bandwidths = AxisReader.Bandwidths("--bandwidth", text.Bandwidth);
        IReadOnlyList<Jitter> jitters = AxisReader.Each("--jitter", text.Jitter, (part, place) => LinkText.Jitter(part, place, files));
        IReadOnlyList<double> duplications = AxisReader.Shares("--duplication", text.Duplication, "a share of duplicates");
        IReadOnlyList<(double Share, long DelayNs)> reorderings = AxisReader.Each("--reordering", text.Reordering, LinkText.Reordering);
        IReadOnlyList<long?> queues = AxisReader.Each("--queue", text.Queue, LinkText.Queue);
        if (text.InOrder && reorderings.Any(reordering => reordering.Share > 0))
        {
            throw AxisReader.Wrong("--in-order", "a link that is in order does not reorder: leave --reordering out");
        }

        if (queues.Any(queue => queue is not null) && bandwidths.Any(double.IsPositiveInfinity))
        {
            throw AxisReader.Wrong("--queue", "a queue fills where a line takes time: --bandwidth inf leaves it empty");
        }

        return from loss in losses
               from bandwidth in bandwidths
               from jitter in jitters
               from duplication in duplications
               from reordering in reorderings
               from queue in queues
               select (Func<NetworkOptions, NetworkOptions>)(plain => loss.In(plain with
               {
                   BandwidthBps = bandwidth,
                   Jitter = jitter,
                   Duplication = duplication,
                   Reordering = reordering.Share,
                   ReorderDelayNs = reordering.DelayNs,
                   InOrder = text.InOrder,
                   QueueBytesMax = queue,
               }));
    }
}
