using Headroom.Kernel.Quantities;

namespace Headroom.Kernel.Bounds;

/// <summary>A figure copied from a source: with these arguments the bound is this value, to this relative tolerance.</summary>
public sealed record WorkedExample(BoundArguments Arguments, BoundValue Expected, string Source)
{
    public double RelativeTolerance { get; init; } = 1e-12;

    public WorkedExample(BoundArguments arguments, double expected, string source)
        : this(arguments, BoundValue.Of(expected), source)
    {
    }
}

/// <summary>An instance that attains the bound: what it is, its arguments, and the value reached by independent arithmetic or a run.</summary>
public sealed record Attainment(string Instance, BoundArguments Arguments, Func<double> Reached)
{
    public double RelativeTolerance { get; init; } = 1e-9;
}

/// <summary>
/// A theorem as data. From this record come <c>headroom limit</c>, its help and JSON, its page in docs/bounds.md and its tests.
/// The evaluator is pure and returns a value for every legal argument; what lies outside the theorem's regime is a value too.
/// </summary>
public sealed class Bound
{
    /// <summary>Subject and name: <c>coding.singleton</c>.</summary>
    public required string Id { get; init; }

    public required string Title { get; init; }

    public required Side Side { get; init; }

    public required Unit Unit { get; init; }

    public required IReadOnlyList<BoundParameter> Parameters { get; init; }

    /// <summary>The theorem in a sentence.</summary>
    public required string Statement { get; init; }

    public required string Formula { get; init; }

    /// <summary>What is counted, per what, under which faults, for which class of strategies.</summary>
    public required string Regime { get; init; }

    /// <summary>Where an engineer meets it, in a line.</summary>
    public required string AppearsIn { get; init; }

    /// <summary>What it means for them, in a line.</summary>
    public required string MeansForYou { get; init; }

    public required Citation Citation { get; init; }

    public required Func<BoundArguments, BoundValue> Evaluator { get; init; }

    public required IReadOnlyList<WorkedExample> Examples { get; init; }

    public Attainment? Attained { get; init; }

    /// <summary>Why the arguments are not legal (a name missing or unknown, a value outside its domain), or null.</summary>
    public string? Problem(BoundArguments arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        foreach (string name in arguments.Names)
        {
            if (!Parameters.Any(p => p.Name == name))
            {
                string? near = NearestName.Of(name, Parameters.Select(p => p.Name));
                return $"{Id} has no parameter '{name}'" + (near is null ? $" (it takes {string.Join(", ", Parameters.Select(p => p.Name))})" : $" (did you mean {near}?)");
            }
        }

        foreach (BoundParameter parameter in Parameters)
        {
            object? value = arguments.Find(parameter.Name);
            if (value is null)
            {
                if (parameter.Default is null)
                {
                    return $"{Id} needs {parameter.Name} ({parameter.Meaning})";
                }

                continue;
            }

            string? problem = Problem(parameter, value);
            if (problem is not null)
            {
                return problem;
            }
        }

        return null;
    }

    /// <summary>The bound's value. Parameters left out take their defaults.</summary>
    /// <exception cref="ArgumentException">The arguments are not legal: see <see cref="Problem(BoundArguments)"/>.</exception>
    public BoundValue Evaluate(BoundArguments arguments)
    {
        string? problem = Problem(arguments);
        if (problem is not null)
        {
            throw new ArgumentException(problem, nameof(arguments));
        }

        // A copy: the caller's arguments stay as they were given.
        var complete = new BoundArguments(arguments);
        foreach (BoundParameter parameter in Parameters)
        {
            if (!complete.Has(parameter.Name))
            {
                complete[parameter.Name] = parameter.Default!.Value;
            }
        }

        return Evaluator(complete);
    }

    public override string ToString() => Id;

    private static string? Problem(BoundParameter parameter, object value)
    {
        switch (parameter.Shape, value)
        {
            case (ParameterShape.Number or ParameterShape.Integer, double number):
                return parameter.Problem(number);
            case (ParameterShape.Vector, double[] vector):
                return vector.Length == 0 ? $"{parameter.Name} is empty" : vector.Select(parameter.Problem).FirstOrDefault(p => p is not null);
            case (ParameterShape.Matrix, double[][] matrix):
                return matrix.Length == 0 || matrix[0].Length == 0 ? $"{parameter.Name} is empty"
                    : matrix.Any(row => row.Length != matrix[0].Length) ? $"{parameter.Name} has rows of unequal length"
                    : matrix.SelectMany(row => row).Select(parameter.Problem).FirstOrDefault(p => p is not null);
            default:
                return $"{parameter.Name} is a {parameter.Shape}";
        }
    }
}
