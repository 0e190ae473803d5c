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
    /// The least that bytes from clients to so many servers cost an operation and byte: each holder takes the value in over the cheapest line into its region, of the cheapest servers.
    /// A floor: copies may come from anywhere.
    /// </summary>
    public double? LeastPerByte(int holders)
    {
        var least = new List<double>();
        int[] regions = [.. Places.Servers.Concat(Places.Clients).Distinct()];
        foreach (int server in Places.Servers)
        {
            double cheapest = double.PositiveInfinity;
            foreach (int from in regions)
            {
                if (PerByte(from, server) is not { } price)
                {
                    return null;
                }

                cheapest = Math.Min(cheapest, price);
            }

            least.Add(cheapest);
        }

        return least.Order().Take(holders).Sum();
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
