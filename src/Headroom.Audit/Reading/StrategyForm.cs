using Headroom.Kernel.Quantities;

namespace Headroom.Audit.Reading;

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

/// <summary>A strategy that a kind knows: name, arguments in order, and what it does in a line.</summary>
public sealed record StrategyForm(string Name, string Summary, params StrategyParameter[] Parameters)
{
    /// <summary>How it is written: <c>push(fan-out)</c>, defaults shown.</summary>
    public string Signature => Parameters.Length == 0 ? Name : $"{Name}({string.Join(", ", Parameters.Select(Describe))})";

    public string Example => Parameters.Length == 0 ? Name : $"{Name}({string.Join(',', Parameters.Select(p => Print.Significant(p.Default ?? p.Min, 6)))})";

    private static string Describe(StrategyParameter p)
    {
        string unit = p.Unit.Symbol.Length == 0 ? "" : $" {p.Unit.Symbol}";
        return p.Default is { } value ? $"{p.Name} = {Print.Significant(value, 6)}{unit}" : p.Name;
    }
}
