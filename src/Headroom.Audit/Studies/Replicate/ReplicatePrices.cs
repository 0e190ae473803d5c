using Headroom.Audit.Systems;
using Headroom.Consensus.Agreements;
using Headroom.Kernel.Findings;
using Headroom.Kernel.Quantities;

namespace Headroom.Audit.Studies.Replicate;

/// <summary>What the bytes between regions cost. Within a region nothing leaves a site, unless the pair of a region with itself (<c>us-us</c>) has a price; where there are no regions every server is a site.</summary>
internal sealed class ReplicatePrices(ReplicateInput input, Prices prices)
{
    private AgreementPlaces Places => input.Setting.Places;

    /// <summary>What so many bytes of an operation from the row's region to the column's cost a year; null where a price is missing.</summary>
    public Money? EgressPerYear(double[,] bytesPerOperation)
    {
        double operations = input.RatePerSecond * Unit.Year.Scale;
        return input.HasRegions
            ? prices.EgressOf(Places.Regions, (from, to) => operations * bytesPerOperation[from, to])
            : Money.Of(("egress", operations * bytesPerOperation[0, 0] * prices.EgressPerByte()));
    }

    /// <summary>
    /// The least that it costs a byte of a value to come from a client to so many servers, on average over clients: the first copy in a region other than the client's comes over the cheapest line into
    /// it, from wherever, and further ones from within. A floor: nobody says that what sends the cheapest way has the value.
    /// </summary>
    public double? LeastPerByte(int holders)
    {
        double sum = 0;
        foreach (IGrouping<int, int> clients in Places.Clients.GroupBy(region => region))
        {
            if (LeastFrom(clients.Key, holders) is not { } least)
            {
                return null;
            }

            sum += least * clients.Count();
        }

        return sum / Places.Clients.Count;
    }

    /// <summary>By the number of copies, region after region.</summary>
    private double? LeastFrom(int client, int holders)
    {
        double[] least = [0, .. Enumerable.Repeat(double.PositiveInfinity, holders)];
        foreach (IGrouping<int, int> servers in Places.Servers.GroupBy(region => region))
        {
            if (EntryPerByte(servers.Key, client) is not { } entry || PerByte(servers.Key, servers.Key) is not { } within)
            {
                return null;
            }

            double[] before = [.. least];
            for (int copies = 1; copies <= Math.Min(servers.Count(), holders); copies++)
            {
                double cost = entry + ((copies - 1) * within);
                for (int all = copies; all <= holders; all++)
                {
                    least[all] = Math.Min(least[all], before[all - copies] + cost);
                }
            }
        }

        return least[holders];
    }

    /// <summary>The first copy in a region.</summary>
    private double? EntryPerByte(int region, int client)
    {
        if (region == client)
        {
            return PerByte(region, region);
        }

        double least = double.PositiveInfinity;
        foreach (int from in Places.Servers.Concat(Places.Clients).Distinct().Where(from => from != region))
        {
            if (PerByte(from, region) is not { } price)
            {
                return null;
            }

            least = Math.Min(least, price);
        }

        return least;
    }

    private double? PerByte(int from, int to) => input.HasRegions ? prices.EgressBetween(Places.Regions[from], Places.Regions[to]).PerByte : prices.EgressPerByte();
}
