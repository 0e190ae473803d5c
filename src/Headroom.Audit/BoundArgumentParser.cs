using System.Diagnostics.CodeAnalysis;
using Headroom.Kernel.Bounds;
using Headroom.Kernel.Quantities;

namespace Headroom.Audit;

/// <summary>Reads a bound's arguments as typed on a command line: <c>n=14</c>, <c>latency=40ms</c>, <c>p=0.5,0.5</c>, <c>channel=0.9,0.1;0.1,0.9</c>.</summary>
public static class BoundArgumentParser
{
    private const int ValuesMax = 1_000_000;

    public static bool TryParse(Bound bound, IReadOnlyList<string> pairs, out BoundArguments arguments, [NotNullWhen(false)] out string? problem)
    {
        ArgumentNullException.ThrowIfNull(bound);
        ArgumentNullException.ThrowIfNull(pairs);
        arguments = [];
        foreach (string pair in pairs)
        {
            problem = Add(bound, pair, arguments);
            if (problem is not null)
            {
                return false;
            }
        }

        problem = bound.Problem(arguments);
        return problem is null;
    }

    private static string? Add(Bound bound, string pair, BoundArguments arguments)
    {
        int equals = pair.IndexOf('=', StringComparison.Ordinal);
        if (equals <= 0)
        {
            return $"'{pair}' is not of the form name=value";
        }

        string name = pair[..equals].Trim();
        BoundParameter? parameter = bound.Parameters.FirstOrDefault(p => p.Name == name);
        if (parameter is null)
        {
            string? near = NearestName.Of(name, bound.Parameters.Select(p => p.Name));
            return $"{bound.Id} has no parameter '{name}'" + (near is null ? $" (it takes {string.Join(", ", bound.Parameters.Select(p => p.Name))})" : $" (did you mean {near}?)");
        }

        if (arguments.Has(name))
        {
            return $"{name} is given twice";
        }

        string text = pair[(equals + 1)..];
        string[][] cells = [.. text.Split(';').Select(row => row.Split(','))];
        if (cells.Sum(row => (long)row.Length) > ValuesMax)
        {
            return $"{name} has more than {ValuesMax} values";
        }

        var rows = new double[cells.Length][];
        for (int r = 0; r < cells.Length; r++)
        {
            rows[r] = new double[cells[r].Length];
            for (int c = 0; c < cells[r].Length; c++)
            {
                if (Number(parameter, cells[r][c], out rows[r][c]) is { } wrong)
                {
                    return wrong;
                }
            }
        }

        return Store(parameter, rows, arguments);
    }

    private static string? Store(BoundParameter parameter, double[][] rows, BoundArguments arguments)
    {
        switch (parameter.Shape)
        {
            case ParameterShape.Matrix:
                arguments.Add(parameter.Name, rows);
                return null;
            case ParameterShape.Vector when rows.Length == 1:
                arguments.Add(parameter.Name, rows[0]);
                return null;
            case ParameterShape.Number or ParameterShape.Integer when rows.Length == 1 && rows[0].Length == 1:
                arguments.Add(parameter.Name, rows[0][0]);
                return null;
            default:
                return $"{parameter.Name} is {(parameter.Shape == ParameterShape.Vector ? "one row of numbers" : "one number")} ({parameter.Meaning})";
        }
    }

    private static string? Number(BoundParameter parameter, string text, out double value)
    {
        value = 0;
        if (!Quantity.TryParse(text, out Quantity quantity, out string? problem))
        {
            return $"{parameter.Name}: {problem}";
        }

        if (quantity.Unit.Symbol.Length == 0)
        {
            value = quantity.Value; // a bare number is in the parameter's own unit
            return null;
        }

        if (quantity.Dimension != parameter.Unit.Dimension)
        {
            return $"{parameter.Name} is {parameter.Unit.Dimension}{(parameter.Unit.Symbol.Length > 0 ? $" in {parameter.Unit}" : "")}; found '{text}'";
        }

        value = parameter.Unit.Dimension == Dimension.None ? quantity.Base / parameter.Unit.Scale : quantity.In(parameter.Unit);
        return null;
    }
}
