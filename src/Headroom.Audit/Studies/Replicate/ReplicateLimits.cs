using Headroom.Consensus.Agreements;
using Headroom.Consensus.Bounds;
using Headroom.Dissemination.Bounds;
using Headroom.Kernel.Bounds;
using Headroom.Kernel.Findings;
using Headroom.Kernel.Quantities;

namespace Headroom.Audit.Studies.Replicate;

/// <summary>What no way to replicate that keeps the goals can undercut.</summary>
internal sealed class ReplicateLimits(ReplicateInput input, StudyContext context)
{
    /// <summary>Of the floors of all clients the median and the 99th percentile are taken a little lower, so that the luck of who writes how often in a run crosses neither.</summary>
    private const double MedianAt = 0.45;
    private const double P99At = 0.98;

    private readonly AgreementSetting _setting = input.Setting;

    /// <summary>Servers that must hold a write before it is answered.</summary>
    private int Holders => input.Goals.Survive + 1;

    private double WriteShare => 1 - (_setting.Load.ReadsPercent / 100.0);

    /// <summary>Every holder takes the value in, taken for unpredictable. Reads add nothing: a client may know the value already, and need only hear that it still is.</summary>
    public Limit Bytes()
    {
        double deliveries = WriteShare * Holders;
        double? perByte = new ReplicatePrices(input, context.Prices).LeastPerByte(Holders);
        double? egress = perByte * WriteShare * _setting.Load.ValueBytes * input.RatePerSecond * Unit.Year.Scale;
        return Limit.Of(DisseminationBounds.Bytes, new BoundArguments { ["deliveries"] = deliveries, ["entropy"] = 8.0 * _setting.Load.ValueBytes },
            Money.Of(("egress", egress), ("latency", context.Prices.LatencyPerSecondYear is null ? null : WriteShare * MeanWriteFloor() * context.Prices.LatencyPerSecondYear)));
    }

    public Limit? Delays() => Limit.Of(ConsensusBounds.Delays, new BoundArguments { ["members"] = _setting.Servers, ["crashes"] = input.Goals.Survive });

    public Limit WriteLatency(double quantile)
    {
        (double Seconds, BoundArguments Arguments)[] floors = [.. _setting.Places.Clients.Distinct().Select(region => (WriteFloor(region, out BoundArguments arguments), arguments))];
        // Each client makes as many operations as the others.
        double[] each = [.. _setting.Places.Clients.Select(region => floors[IndexOf(region)].Seconds).Order()];
        double seconds = each[(int)Math.Floor((quantile > 0.5 ? P99At : MedianAt) * (each.Length - 1))];
        Limit limit = Limit.Of(ConsensusBounds.QuorumTime, floors.First(floor => floor.Seconds == seconds).Arguments);
        // The theorem counts milliseconds.
        return limit with { Value = BoundValue.Of(seconds) };
    }

    private int IndexOf(int region) => Array.IndexOf([.. _setting.Places.Clients.Distinct()], region);

    private double MeanWriteFloor() => _setting.Places.Clients.Average(region => WriteFloor(region, out _));

    /// <summary>
    /// A client that is answered knows for certain that so many servers hold its value: it is the proposer of the theorem, the one member of the matrix that holds it from the start.
    /// </summary>
    private double WriteFloor(int region, out BoundArguments arguments)
    {
        int[] members = [region, .. _setting.Places.Servers];
        double[][] latency = [.. members.Select((from, i) => members.Select((to, j) => i == j ? 0 : _setting.Places.LatenciesNs[from, to] / 1e6).ToArray())];
        arguments = new BoundArguments { { "latency", latency }, { "quorum", Holders + 1 }, { "leader", 0 }, { "durable", input.Goals.IsDurable ? _setting.DurabilityNs / 1e6 : 0 } };
        return ConsensusBounds.QuorumTime.Evaluate(arguments).Number!.Value / 1e3;
    }
}
