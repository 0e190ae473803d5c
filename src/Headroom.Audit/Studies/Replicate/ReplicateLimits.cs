using Headroom.Audit.Comparisons.Agreements;
using Headroom.Consensus.Agreements;
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
    private readonly AgreementLimits _promised = Promised(input);
    private readonly Dictionary<int, Limit> _byRegion = input.Setting.Places.Clients.Distinct().ToDictionary(region => region, region => Promised(input).LatencyFrom(region, isRead: false));

    /// <summary>Servers that must hold a write before it is answered.</summary>
    private int Holders => input.Goals.Survive + 1;

    private double WriteShare => 1 - (_setting.Load.ReadsPercent / 100.0);

    private static AgreementLimits Promised(ReplicateInput input) => new(input.Setting, input.Goals.Survive + 1, input.Goals.Survive, input.Goals.IsDurable, isConsensus: false, trusts: true);

    /// <summary>Every holder takes the value in, taken for unpredictable. Reads add nothing: a client may know the value already, and need only hear that it still is.</summary>
    public Limit Bytes()
    {
        double deliveries = WriteShare * Holders;
        double? perByte = new ReplicatePrices(input, context.Prices).LeastPerByte(Holders);
        double? egress = perByte * WriteShare * _setting.Load.ValueBytes * input.RatePerSecond * Unit.Year.Scale;
        return Limit.Of(DisseminationBounds.Bytes, new BoundArguments { ["deliveries"] = deliveries, ["entropy"] = 8.0 * _setting.Load.ValueBytes },
            Money.Of(("egress", egress), ("latency", context.Prices.LatencyPerSecondYear is null ? null : WriteShare * MeanWriteFloor() * context.Prices.LatencyPerSecondYear)));
    }

    public Limit Delays() => _promised.Rounds(isRead: false);

    public Limit WriteLatency(double quantile)
    {
        // Each client makes as many operations as the others.
        Limit[] each = [.. _setting.Places.Clients.Select(region => _byRegion[region]).OrderBy(limit => limit.Value.Number)];
        return each[(int)Math.Floor((quantile > 0.5 ? P99At : MedianAt) * (each.Length - 1))];
    }

    private double MeanWriteFloor() => _setting.Places.Clients.Average(region => _byRegion[region].Value.Number!.Value);
}
