using Headroom.Audit.Systems;
using Headroom.Flow.Routing;
using Headroom.Kernel.Findings;
using Headroom.Kernel.Quantities;

namespace Headroom.Audit.Studies.Transfer;

/// <summary>
/// What a routing costs a year. Capacity: every link as it is, enlarged where the routing uses it above the target. Egress: every byte where it
/// starts, or at every site that it leaves.
/// </summary>
internal sealed class TransferMoney(TransferInput input, Prices prices)
{
    /// <summary>Bytes demanded in a year.</summary>
    public double BytesPerYear { get; } = input.Demands.TotalBps / 8 * input.ActiveShare * Unit.Year.Scale;

    public Money? Of(CarriedFlow flow) => Money.Of(("capacity", Capacity(Enlargement(flow))), ("egress", Egress(flow.MeanHops)));

    /// <summary>
    /// The least that any routing costs. With prices l of sum c l = 1 and floor f, enlarging links by D_e brings the floor to the target only when
    /// sum D_e l_e >= f / target - 1, so at least (f / target - 1) / max l is bought.
    /// </summary>
    public Money? Least(double floor, IReadOnlyList<double> linkPrices, double hopsLeast)
    {
        double highest = linkPrices.Max();
        double enlargement = highest > 0 ? Math.Max(0, ((floor / input.TargetUtilisation) - 1) / highest) : 0;
        return Money.Of(("capacity", Capacity(enlargement)), ("egress", Egress(hopsLeast)));
    }

    /// <summary>Capacity that the links lack to carry this routing at the target, bit/s.</summary>
    public double Enlargement(CarriedFlow flow)
    {
        double sum = 0;
        for (int edge = 0; edge < input.Graph.EdgeCount; edge++)
        {
            sum += Math.Max(0, (flow.LoadsBps[edge] / input.TargetUtilisation) - input.Graph.CapacitiesBps[edge]);
        }

        return sum;
    }

    private double? Capacity(double enlargementBps)
    {
        double present = 0;
        foreach (double capacity in input.Graph.CapacitiesBps)
        {
            present += capacity;
        }

        return prices.CapacityPerBpsYear * (present + enlargementBps);
    }

    private double? Egress(double hops) => prices.EgressPerByte() * BytesPerYear * (input.EgressAtEveryHop ? hops : 1);
}
