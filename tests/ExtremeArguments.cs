using Headroom.Kernel.Bounds;

namespace Headroom.Tests;

/// <summary>The ends of every parameter's domain, and numbers so large or small that careless arithmetic leaves the doubles.</summary>
internal static class ExtremeArguments
{
    private static readonly double[] Tried = [0, 1e-300, 0.5, 1, 3, 1e7, 1e300, double.MaxValue, double.PositiveInfinity];

    /// <summary>Evaluates the bound at every combination; what throws or falls below 0 is returned, the first few.</summary>
    public static IReadOnlyList<string> Problems(Bound bound)
    {
        var problems = new List<string>();
        foreach (BoundArguments arguments in Combinations(bound.Parameters, 0, []))
        {
            if (bound.Problem(arguments) is not null)
            {
                continue;
            }

            try
            {
                if (bound.Evaluate(arguments) is BoundValue.Finite { Value: < 0 } negative)
                {
                    problems.Add($"{arguments}: {negative.Value:R}");
                }
            }
            catch (Exception defect) when (defect is not OutOfMemoryException)
            {
                problems.Add($"{arguments}: {defect.GetType().Name} {defect.Message}");
            }
        }

        return [.. problems.Take(5)];
    }

    private static IEnumerable<BoundArguments> Combinations(IReadOnlyList<BoundParameter> parameters, int next, List<(string Name, object Value)> chosen)
    {
        if (next == parameters.Count)
        {
            yield return Arguments(chosen);
            yield break;
        }

        foreach (object value in Values(parameters[next]))
        {
            chosen.Add((parameters[next].Name, value));
            foreach (BoundArguments arguments in Combinations(parameters, next + 1, chosen))
            {
                yield return arguments;
            }

            chosen.RemoveAt(chosen.Count - 1);
        }
    }

    private static BoundArguments Arguments(List<(string Name, object Value)> chosen)
    {
        var arguments = new BoundArguments();
        foreach ((string name, object value) in chosen)
        {
            switch (value)
            {
                case double number:
                    arguments.Add(name, number);
                    break;
                case double[] vector:
                    arguments.Add(name, vector);
                    break;
                case double[][] matrix:
                    arguments.Add(name, matrix);
                    break;
            }
        }

        return arguments;
    }

    private static IEnumerable<object> Values(BoundParameter parameter)
    {
        double[] legal = [.. Tried.Append(parameter.Min).Append(parameter.Max).Where(v => parameter.Problem(v) is null).Distinct()];
        return parameter.Shape switch
        {
            ParameterShape.Vector => legal.Select(v => (object)new[] { v, legal[0], legal[0] }),
            ParameterShape.Matrix => legal.Select(v => (object)new double[][] { [0, v, v], [v, 0, legal[0]], [v, v, 0] }),
            _ => legal.Select(v => (object)v),
        };
    }
}
