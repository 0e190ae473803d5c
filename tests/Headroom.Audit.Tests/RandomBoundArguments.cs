using Headroom.Kernel.Bounds;
using Headroom.Kernel.Randomness;

namespace Headroom.Audit.Tests;

/// <summary>Legal arguments at random: the ends of the domain, round numbers, and anything between.</summary>
internal static class RandomBoundArguments
{
    public static BoundArguments Draw(Bound bound, int trial)
    {
        RandomStream random = new Seed(1).Named(bound.Id).At(trial).Stream();
        var arguments = new BoundArguments();
        int size = 1 + random.Below(5);
        foreach (BoundParameter p in bound.Parameters)
        {
            switch (p.Shape)
            {
                case ParameterShape.Vector:
                    double[] vector = new double[random.Bernoulli(0.8) ? size : 1 + random.Below(5)];
                    Fill(vector, p, ref random);
                    arguments.Add(p.Name, vector);
                    break;
                case ParameterShape.Matrix:
                    double[][] matrix = new double[size][];
                    int columns = random.Bernoulli(0.7) ? size : 1 + random.Below(5);
                    for (int r = 0; r < size; r++)
                    {
                        matrix[r] = new double[columns];
                        Fill(matrix[r], p, ref random);
                    }

                    arguments.Add(p.Name, matrix);
                    break;
                default:
                    arguments.Add(p.Name, Number(p, ref random));
                    break;
            }
        }

        return arguments;
    }

    private static void Fill(double[] values, BoundParameter p, ref RandomStream random)
    {
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = Number(p, ref random);
        }

        // Often what a distribution would be.
        double sum = values.Sum();
        if (p is { Min: >= 0, Max: <= 1 } && sum > 0 && random.Bernoulli(0.7))
        {
            for (int i = 0; i < values.Length; i++)
            {
                values[i] /= sum;
            }
        }
    }

    private static double Number(BoundParameter p, ref RandomStream random)
    {
        double low = Math.Max(p.Min, -1e6);
        double high = Math.Min(p.Max, 1e6);
        double value = random.Below(6) switch
        {
            0 => low,
            1 => p.Shape == ParameterShape.Integer ? high : Math.Min(p.Max, 1e12),
            2 => Math.Clamp(random.Below(20), low, high),
            3 => Math.Clamp(random.NextDouble(), low, high),
            _ => low + (random.NextDouble() * (Math.Min(high, Math.Max(low + 1, 200)) - low)),
        };
        return p.Shape == ParameterShape.Integer ? Math.Clamp(Math.Floor(value), Math.Ceiling(low), high) : value;
    }
}
