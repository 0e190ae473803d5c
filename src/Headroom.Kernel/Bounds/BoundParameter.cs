using Headroom.Kernel.Quantities;

namespace Headroom.Kernel.Bounds;

/// <summary>The shape of an argument.</summary>
public enum ParameterShape
{
    Number,
    Integer,

    /// <summary>Numbers separated by commas: <c>p=0.5,0.25,0.25</c>.</summary>
    Vector,

    /// <summary>Rows separated by semicolons: <c>channel=0.9,0.1;0.1,0.9</c>; a graph is given by its capacity or latency matrix.</summary>
    Matrix,
}

/// <summary>
/// One argument of a bound: its name, what it means, its domain (ends included) and, where it has one, its unit. Numbers are handed to the
/// evaluator in that unit. A parameter with a default may be left out.
/// </summary>
public sealed record BoundParameter(string Name, ParameterShape Shape, string Meaning)
{
    public double Min { get; init; } = double.NegativeInfinity;

    public double Max { get; init; } = double.PositiveInfinity;

    public Unit Unit { get; init; } = Unit.One;

    public double? Default { get; init; }

    public static BoundParameter Integer(string name, string meaning, double min = 0, double max = 9e15) =>
        new(name, ParameterShape.Integer, meaning) { Min = min, Max = max };

    public static BoundParameter Number(string name, string meaning, double min = 0, double max = double.PositiveInfinity, Unit? unit = null) =>
        new(name, ParameterShape.Number, meaning) { Min = min, Max = max, Unit = unit ?? Unit.One };

    public static BoundParameter Probability(string name, string meaning) =>
        new(name, ParameterShape.Number, meaning) { Min = 0, Max = 1 };

    public static BoundParameter Vector(string name, string meaning, double min = 0, double max = double.PositiveInfinity) =>
        new(name, ParameterShape.Vector, meaning) { Min = min, Max = max };

    public static BoundParameter Matrix(string name, string meaning, double min = 0, double max = double.PositiveInfinity) =>
        new(name, ParameterShape.Matrix, meaning) { Min = min, Max = max };

    /// <summary>Why the value is not legal here, or null.</summary>
    public string? Problem(double value) =>
        double.IsNaN(value) ? $"{Name} is not a number"
        : value < Min ? $"{Name} = {Print.Significant(value, 6)} is below {Print.Significant(Min, 6)}"
        : value > Max ? $"{Name} = {Print.Significant(value, 6)} is above {Print.Significant(Max, 6)}"
        : Shape == ParameterShape.Integer && value != Math.Floor(value) ? $"{Name} = {Print.Significant(value, 6)} is not a whole number"
        : null;
}
