using Headroom.Kernel.Quantities;

namespace Headroom.Audit.Studies.Broadcast;

/// <summary>Numbers in sentences.</summary>
internal static class BroadcastWords
{
    public static string Percent(double share) => $"{Print.Significant(100 * share, 6)} %";

    public static string Time(long ns) => ns == long.MaxValue ? "never" : new Quantity(ns / 1e9, Unit.Second).ToHumanString();

    public static string Number(double value) => Print.Significant(value, 4);
}
