using Headroom.Kernel.Quantities;

namespace Headroom.Kernel.Strategies;

/// <summary>A strategy as it is known: name, arguments in order, and what it does in a line.</summary>
public sealed record StrategyForm(string Name, string Summary, params StrategyParameter[] Parameters)
{
    /// <summary>Choices by words, behind the parameters.</summary>
    public IReadOnlyList<StrategyWord> Words { get; init; } = [];

    /// <summary>How it is written: <c>push(fan-out)</c>, defaults shown.</summary>
    public string Signature => Parameters.Length + Words.Count == 0 ? Name : $"{Name}({string.Join(", ", Parameters.Select(Describe).Concat(Words.Select(word => word.ToString())))})";

    public string Example => Parameters.Length == 0 ? Name : $"{Name}({string.Join(',', Parameters.Select(p => Print.Significant(p.Default ?? p.Min, 6)))})";

    private static string Describe(StrategyParameter p)
    {
        string unit = p.Unit.Symbol.Length == 0 ? "" : $" {p.Unit.Symbol}";
        return p.Default is { } value ? $"{p.Name} = {Print.Significant(value, 6)}{unit}" : p.Name;
    }
}
