using Headroom.Audit.Reading;
using Headroom.Coding.Models;
using Headroom.Kernel.Quantities;

namespace Headroom.Audit.Studies.Store;

/// <summary>Reads what a system may say besides: where nodes lie, how objects are read, and how warm the data are.</summary>
internal static class StoreSettings
{
    private static readonly Unit BytesPerSecond = Unit.Parse("B/s");

    /// <summary>The largest first; every level in equal parts of the one before.</summary>
    public static IReadOnlyList<FailureDomain> Domains(Section activity, int nodes)
    {
        var domains = new List<FailureDomain>();
        int parts = 1;
        foreach (Key<Section> key in (Key<Section>[])[StoreKeys.Sites, StoreKeys.Racks, StoreKeys.Hosts])
        {
            if (!activity.TryGet(key, out Section? section))
            {
                continue;
            }

            int count = (int)section.Get(StoreKeys.DomainCount);
            if (count % parts != 0 || nodes % count != 0)
            {
                throw section.Fail(StoreKeys.DomainCount, $"{nodes} nodes{(parts > 1 ? $" in {parts} {domains[^1].Name}" : "")} do not lie in {count} equal {key.Name}");
            }

            double uplink = section.TryGet(StoreKeys.Uplink, out Quantity line) ? line.In(BytesPerSecond) : double.PositiveInfinity;
            domains.Add(new FailureDomain(key.Name, count, section.Get(StoreKeys.DomainMttf).In(Unit.Second)) { UplinkBytesPerSecond = uplink });
            parts = count;
            if (activity.Get(StoreKeys.Placement) == "groups")
            {
                throw activity.Fail(key, $"groups of nodes are not spread over {key.Name}: leave out 'placement: groups'");
            }
        }

        return domains;
    }

    public static long? Copysets(Section activity) => !activity.TryGet(StoreKeys.Copysets, out long sets) ? null
        : activity.Get(StoreKeys.Placement) != "groups" ? sets
        : throw activity.Fail(StoreKeys.Copysets, "groups are copysets already: leave out one of 'copysets' and 'placement: groups'");

    public static StoreReading? Reading(Section activity)
    {
        if (!activity.TryGet(StoreKeys.Reading, out Section? reading))
        {
            return null;
        }

        double median = reading.Get(StoreKeys.ReadLatency).In(Unit.Second);
        double p99 = reading.Get(StoreKeys.ReadP99).In(Unit.Second);
        return p99 < median ? throw reading.Fail(StoreKeys.ReadP99, "'p99' cannot be below 'latency', which is the median")
            : new StoreReading(new NodeLatency(median, p99), reading.Get(StoreKeys.ReadBandwidth).In(BytesPerSecond), reading.Get(StoreKeys.ReaderBandwidth).In(BytesPerSecond),
                reading.Get(StoreKeys.Unavailable), reading.Get(StoreKeys.Disk).In(Unit.Byte), reading.Get(StoreKeys.DiskReads).In(Unit.PerSecond));
    }

    public static IReadOnlyList<(double Bytes, double Share)> Sizes(Section activity)
    {
        bool reads = activity.IsGiven(StoreKeys.Reading);
        if (!activity.TryGet(StoreKeys.Sizes, out IReadOnlyList<Section>? sizes))
        {
            return !reads ? []
                : activity.TryGet(StoreKeys.ObjectSize, out Quantity size) ? [(size.In(Unit.Byte), 1)]
                : throw activity.Fail(StoreKeys.Reading, "'reading' needs 'sizes' (or 'object'): the bytes of the objects that are read");
        }

        (double Bytes, double Share)[] read = [.. sizes.Select(size => (size.Get(StoreKeys.SizeOf).In(Unit.Byte), size.Get(StoreKeys.SizeShare)))];
        return read.Length > 0 && Math.Abs(read.Sum(size => size.Share) - 1) < 1e-9 ? read
            : throw activity.Fail(StoreKeys.Sizes, $"the shares of 'sizes' sum to {Print.Significant(100 * read.Sum(size => size.Share), 6)} %, not 100 %");
    }

    public static IReadOnlyList<StoreTier> Tiers(Section activity)
    {
        if (!activity.TryGet(StoreKeys.Tiers, out IReadOnlyList<Section>? tiers))
        {
            return [];
        }

        if (!activity.IsGiven(StoreKeys.Reading))
        {
            throw activity.Fail(StoreKeys.Tiers, "'tiers' need 'reading': what a disk can serve");
        }

        StoreTier[] read = [.. tiers.Select(tier => new StoreTier(tier.Get(StoreKeys.TierName), tier.Get(StoreKeys.Accesses), tier.Get(StoreKeys.TierShare)))];
        return read.Length > 0 && Math.Abs(read.Sum(tier => tier.Share) - 1) < 1e-9 ? read
            : throw activity.Fail(StoreKeys.Tiers, $"the shares of 'tiers' sum to {Print.Significant(100 * read.Sum(tier => tier.Share), 6)} %, not 100 %");
    }
}
