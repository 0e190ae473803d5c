using Headroom.Audit.Systems;
using Headroom.Consensus.Agreements;
using Headroom.Kernel.Quantities;

namespace Headroom.Audit.Studies.Replicate;

/// <summary>What the bytes between regions cost. Within a region nothing leaves a site, unless the pair of a region with itself (<c>us-us</c>) has a price; where there are no regions every server is a site.</summary>
internal sealed class ReplicatePrices(ReplicateInput input, Prices prices)
{
    private AgreementPlaces Places => input.Setting.Places;

    /// <summary>Dollars a year for so many bytes of an operation from the row's region to the column's; null where a price is missing.</summary>
    public double? EgressPerYear(double[,] bytesPerOperation)
    {
        double dollars = 0;
        for (int from = 0; from < bytesPerOperation.GetLength(0); from++)
        {
            for (int to = 0; to < bytesPerOperation.GetLength(1); to++)
            {
                double bytes = bytesPerOperation[from, to];
                if (bytes > 0 && PerByte(from, to) is { } price)
                {
                    dollars += bytes * price;
                }
                else if (bytes > 0)
                {
                    return null;
                }
            }
        }

        return dollars * input.RatePerSecond * Unit.Year.Scale;
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

    private double? PerByte(int from, int to)
    {
        if (!input.HasRegions)
        {
            return prices.EgressPerByte();
        }

        (string a, string b) = (Places.Regions[from], Places.Regions[to]);
        return prices.Egress.ContainsKey($"{a}-{b}") ? prices.EgressPerByte($"{a}-{b}")
            : prices.Egress.ContainsKey($"{b}-{a}") ? prices.EgressPerByte($"{b}-{a}")
            : from == to ? (prices.Egress.Count > 0 ? 0 : null)
            : prices.EgressPerByte();
    }
}
