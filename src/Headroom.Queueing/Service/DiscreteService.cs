using Headroom.Kernel.Arithmetic;
using Headroom.Kernel.Randomness;

namespace Headroom.Queueing.Service;

/// <summary>Finitely many service times with their probabilities: a trace resampled, or a distribution typed in.</summary>
public sealed class DiscreteService : ServiceDistribution
{
    private readonly double[] _sizesS;
    private readonly double[] _cdf;
    private readonly double[] _partialMeanS;
    private readonly double[] _partialSecondS2;
    private readonly double[]? _trace;

    private DiscreteService(string name, double[] sizesS, double[] probabilities, double[]? trace)
    {
        Name = name;
        _trace = trace;
        _sizesS = sizesS;
        _cdf = new double[sizesS.Length];
        _partialMeanS = new double[sizesS.Length];
        _partialSecondS2 = new double[sizesS.Length];
        double mass = 0;
        double first = 0;
        double second = 0;
        for (int i = 0; i < sizesS.Length; i++)
        {
            _cdf[i] = mass += probabilities[i];
            _partialMeanS[i] = first += probabilities[i] * sizesS[i];
            _partialSecondS2[i] = second += probabilities[i] * sizesS[i] * sizesS[i];
        }

        _cdf[^1] = 1;
    }

    /// <summary>The distinct values in rising order.</summary>
    public ReadOnlySpan<double> SizesS => _sizesS;

    public override string Name { get; }

    public override double MeanS => _partialMeanS[^1];

    public override double SecondMomentS2 => _partialSecondS2[^1];

    public override bool IsDiscrete => true;

    /// <summary>Values positive and finite, probabilities non-negative with sum 1 to 1e-9 (then scaled to 1); why not, or null.</summary>
    public static string? Problem(ReadOnlySpan<double> sizesS, ReadOnlySpan<double> probabilities)
    {
        if (sizesS.Length == 0 || sizesS.Length != probabilities.Length)
        {
            return $"{sizesS.Length} sizes and {probabilities.Length} probabilities";
        }

        double sum = 0;
        for (int i = 0; i < sizesS.Length; i++)
        {
            if (!(sizesS[i] > 0) || !double.IsFinite(sizesS[i]))
            {
                return "a size is not positive and finite";
            }

            if (!(probabilities[i] >= 0))
            {
                return "a probability is negative";
            }

            sum += probabilities[i];
        }

        return Math.Abs(sum - 1) <= 1e-9 ? null : "the probabilities do not sum to 1";
    }

    public static DiscreteService Of(ReadOnlySpan<double> sizesS, ReadOnlySpan<double> probabilities)
    {
        string? problem = Problem(sizesS, probabilities);
        if (problem is not null)
        {
            throw new ArgumentException(problem, nameof(sizesS));
        }

        double[] sorted = sizesS.ToArray();
        double[] weights = probabilities.ToArray();
        Array.Sort(sorted, weights);
        double sum = 0;
        foreach (double weight in weights)
        {
            sum += weight;
        }

        int distinct = 0;
        for (int i = 0; i < sorted.Length; i++)
        {
            if (weights[i] == 0)
            {
                continue;
            }

            if (distinct > 0 && sorted[distinct - 1] == sorted[i])
            {
                weights[distinct - 1] += weights[i] / sum;
            }
            else
            {
                (sorted[distinct], weights[distinct]) = (sorted[i], weights[i] / sum);
                distinct++;
            }
        }

        return new DiscreteService($"{distinct} stated sizes", sorted[..distinct], weights[..distinct], null);
    }

    /// <summary>Every observed value equally likely; draws resample the trace independently, so its order is forgotten.</summary>
    public static DiscreteService OfTrace(ReadOnlySpan<double> valuesS)
    {
        ArgumentOutOfRangeException.ThrowIfZero(valuesS.Length);
        double[] trace = valuesS.ToArray();
        Array.Sort(trace);
        if (!(trace[0] > 0) || !double.IsFinite(trace[^1]))
        {
            throw new ArgumentOutOfRangeException(nameof(valuesS), "service times are positive and finite");
        }

        var sizes = new List<double>();
        var weights = new List<double>();
        for (int i = 0; i < trace.Length; i++)
        {
            if (i > 0 && trace[i] == trace[i - 1])
            {
                weights[^1] += 1.0 / trace.Length;
            }
            else
            {
                sizes.Add(trace[i]);
                weights.Add(1.0 / trace.Length);
            }
        }

        return new DiscreteService($"trace of {trace.Length} values, resampled", [.. sizes], [.. weights], trace);
    }

    /// <summary>
    /// At most so many sizes, each group of neighbours lowered to its least: stochastically below this distribution, so that what is a floor
    /// for it is one for this too. Groups widen geometrically in size, so that the tail keeps its weight.
    /// </summary>
    public DiscreteService LoweredTo(int sizesMax)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(sizesMax, 2);
        if (_sizesS.Length <= sizesMax)
        {
            return this;
        }

        double ratio = _sizesS[^1] / _sizesS[0];
        for (double narrower = ratio; Groups(narrower) <= sizesMax; narrower = Elementary.Pow(narrower, 0.95))
        {
            ratio = narrower;
        }

        var sizes = new List<double>();
        var weights = new List<double>();
        for (int i = 0; i < _sizesS.Length; i++)
        {
            double weight = Probability(i);
            if (sizes.Count > 0 && _sizesS[i] < sizes[^1] * ratio)
            {
                weights[^1] += weight;
            }
            else
            {
                sizes.Add(_sizesS[i]);
                weights.Add(weight);
            }
        }

        return new DiscreteService($"{Name}, lowered to {sizes.Count} sizes", [.. sizes], [.. weights], null);
    }

    /// <summary>The probability of the size of that index.</summary>
    public double Probability(int index) => index == 0 ? _cdf[0] : _cdf[index] - _cdf[index - 1];

    public override double Survival(double xS) => At(xS) is int i and >= 0 ? 1 - _cdf[i] : 1;

    public override double PartialMeanS(double xS) => At(xS) is int i and >= 0 ? _partialMeanS[i] : 0;

    public override double PartialSecondMomentS2(double xS) => At(xS) is int i and >= 0 ? _partialSecondS2[i] : 0;

    public override double Density(double xS) => 0;

    public override double Draw(ref RandomStream random)
    {
        if (_trace is not null)
        {
            return _trace[random.Below(_trace.Length)];
        }

        double u = random.NextDouble();
        int low = 0;
        int high = _cdf.Length - 1;
        while (low < high)
        {
            int middle = (low + high) >> 1;
            if (_cdf[middle] > u)
            {
                high = middle;
            }
            else
            {
                low = middle + 1;
            }
        }

        return _sizesS[low];
    }

    public override double QuantileS(double p)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(p, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(p, 1);
        // A sum of n probabilities of 1/n may fall short of a rank by rounding; a quantile that is a floor is taken low.
        int i = 0;
        while (_cdf[i] < p * (1 - 1e-12))
        {
            i++;
        }

        return _sizesS[i];
    }

    /// <summary>The index of the largest size at most x, or -1.</summary>
    private int At(double xS)
    {
        int found = Array.BinarySearch(_sizesS, xS);
        return found >= 0 ? found : ~found - 1;
    }

    private int Groups(double ratio)
    {
        int groups = 0;
        double start = 0;
        foreach (double size in _sizesS)
        {
            if (groups == 0 || size >= start * ratio)
            {
                groups++;
                start = size;
            }
        }

        return groups;
    }
}
