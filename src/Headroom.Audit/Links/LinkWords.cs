using System.Globalization;
using Headroom.Kernel.Quantities;
using Headroom.Simulation.Networks;

namespace Headroom.Audit.Links;

/// <summary>How links behave, in words for people and in full for the names of runs.</summary>
internal static class LinkWords
{
    /// <summary><c>5 ms</c>, <c>uniform 5 ms</c>, <c>lognormal 5 ms 0.5</c>, <c>of 1000 delays, mean 5 ms</c>.</summary>
    public static string Of(Jitter jitter) => ShapeOf(jitter) is { Length: > 0 } shape
        ? jitter.Table is { } table ? $"of {table.Count} delays, mean {Time(jitter.MeanNs)}" : $"{shape} {Time(jitter.MeanNs)}{(jitter.Sigma > 0 ? $" {Print.Significant(jitter.Sigma, 6)}" : "")}"
        : Time(jitter.MeanNs);

    /// <summary>Empty for the exponential and for none.</summary>
    public static string ShapeOf(Jitter jitter) => jitter.IsNone ? "" : jitter.Shape switch
    {
        JitterShape.Uniform => "uniform",
        JitterShape.LogNormal => "lognormal",
        JitterShape.Empirical => "empirical",
        _ => "",
    };

    /// <summary>What links do besides latency, jitter, bandwidth and loss, each with a comma before it; empty for nothing.</summary>
    public static string Further(NetworkOptions network) => string.Concat(
        network.Duplication > 0 ? $", duplication {LinkLoss.Percent(network.Duplication)}" : "",
        network.Reordering > 0 ? $", reordering {LinkLoss.Percent(network.Reordering)} by {Time(network.ReorderDelayNs)}" : "",
        network.InOrder ? ", links in order" : "",
        network.QueueBytesMax is { } bytes ? $", queues of {new Quantity(bytes, Unit.Byte).ToHumanString()}" : "");

    /// <summary>To the last bit, for the name of a run in time; empty where links do nothing that was not always in the name.</summary>
    public static string KeyInTime(NetworkOptions network)
    {
        Jitter jitter = network.Jitter;
        string shape = ShapeOf(jitter);
        return string.Create(CultureInfo.InvariantCulture, $"{(shape.Length == 0 ? "" : $" jitter {shape} {jitter.Sigma:R} {Digest(jitter)},")}{(network.Reordering > 0 ? $" reordering {network.Reordering:R} by {network.ReorderDelayNs} ns," : "")}{(network.InOrder ? " in order," : "")}{(network.QueueBytesMax is { } bytes ? $" queue {bytes} B," : "")}");
    }

    /// <summary>The same for what touches runs in rounds too.</summary>
    public static string KeyAlways(NetworkOptions network) => string.Create(CultureInfo.InvariantCulture,
        $"{(network.Bursts is { } bursts ? $" bursts {bursts.Mean:R} of {bursts.BurstMean:R}," : "")}{(network.Duplication > 0 ? $" duplication {network.Duplication:R}," : "")}");

    public static string Time(long ns) => ns == 0 ? "0" : new Quantity(ns / 1e9, Unit.Second).ToHumanString();

    private static string Digest(Jitter jitter) => jitter.Table is not { } table ? ""
        : LinkText.DigestOf(string.Join(',', Enumerable.Range(0, table.Count).Select(i => table[i].ToString(CultureInfo.InvariantCulture))));
}
