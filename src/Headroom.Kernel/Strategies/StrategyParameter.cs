using Headroom.Kernel.Quantities;

namespace Headroom.Kernel.Strategies;

/// <summary>
/// One argument of a strategy: <c>new("fan-out", 1, 1000) { Default = 3 }</c>. With a unit the argument is a quantity (<c>16 kB</c>)
/// and is handed over in that unit.
/// </summary>
public sealed record StrategyParameter(string Name, double Min, double Max)
{
    public double? Default { get; init; }

    public bool IsWhole { get; init; } = true;

    public Unit Unit { get; init; } = Unit.One;
}
