using Headroom.Kernel.Quantities;

namespace Headroom.Information.Bounds;

/// <summary>The units in which these theorems count.</summary>
internal static class Units
{
    public static Unit BitPerUse { get; } = Unit.Ratio("bit/use");

    public static Unit BitPerSymbol { get; } = Unit.Ratio("bit/symbol");

    public static Unit Probability { get; } = Unit.Ratio("probability");
}
