using Headroom.Kernel.Findings;
using Headroom.Kernel.Quantities;

namespace Headroom.Audit.Studies.Replicate;

/// <summary>Numbers in words.</summary>
internal static class ReplicateWords
{
    public static string Servers(int count) => count == 1 ? "1 server" : $"{count} servers";

    public static string Number(double value) => Print.Significant(value, 4);

    public static string Time(double seconds) => double.IsPositiveInfinity(seconds) ? "never" : new Quantity(seconds, Unit.Second).ToHumanString();

    public static string Bytes(double bytes) => new Quantity(bytes, Unit.Byte).ToHumanString();

    public static string Shown(double value, Metric metric) => double.IsPositiveInfinity(value) ? "never" : new Quantity(value, metric.Unit).ToHumanString();
}
