using Headroom.Kernel.Quantities;
using Headroom.Simulation.Networks;

namespace Headroom.Audit.Links;

/// <summary>Which share of the messages links lose: each by itself, or in bursts.</summary>
public readonly record struct LinkLoss(double Share, double? BurstMean)
{
    /// <summary>In the long run, however it falls.</summary>
    public NetworkOptions In(NetworkOptions network)
    {
        ArgumentNullException.ThrowIfNull(network);
        return BurstMean is { } mean && Share > 0
            ? network with { Loss = 0, Bursts = new BurstLoss { Mean = Share, BurstMean = mean } }
            : network with { Loss = Share, Bursts = null };
    }

    /// <summary>The loss of a network in words: <c>loss 1 %</c>, <c>loss 1 % in bursts of 8</c>.</summary>
    public static string Words(NetworkOptions network)
    {
        ArgumentNullException.ThrowIfNull(network);
        return network.Bursts is { } bursts ? $"loss {Percent(bursts.Mean)} in bursts of {Print.Significant(bursts.BurstMean, 4)}" : $"loss {Percent(network.Loss)}";
    }

    internal static string Percent(double share) => $"{Print.Significant(100 * share, 6)} %";
}
