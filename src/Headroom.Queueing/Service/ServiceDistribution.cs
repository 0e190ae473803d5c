using Headroom.Kernel.Randomness;

namespace Headroom.Queueing.Service;

/// <summary>
/// How long one job holds a server, in seconds: the moments and partial moments that theorems take, and the draws that simulations take.
/// Two distributions may share a mean and a cv and differ in everything else.
/// </summary>
public abstract class ServiceDistribution
{
    /// <summary>The family and, for a fitted one, how it was fitted.</summary>
    public abstract string Name { get; }

    public abstract double MeanS { get; }

    /// <summary>E[S^2] in square seconds.</summary>
    public abstract double SecondMomentS2 { get; }

    /// <summary>True when S takes finitely many values.</summary>
    public abstract bool IsDiscrete { get; }

    /// <summary>Standard deviation over mean.</summary>
    public double Cv => Math.Sqrt(Math.Max(0, (SecondMomentS2 / (MeanS * MeanS)) - 1));

    /// <summary>P(S > x).</summary>
    public abstract double Survival(double xS);

    /// <summary>E[S; S at most x].</summary>
    public abstract double PartialMeanS(double xS);

    /// <summary>E[S^2; S at most x].</summary>
    public abstract double PartialSecondMomentS2(double xS);

    /// <summary>The density at x; 0 for a discrete distribution, which has none.</summary>
    public abstract double Density(double xS);

    public abstract double Draw(ref RandomStream random);

    /// <summary>Independent draws.</summary>
    public virtual void Fill(ref RandomStream random, Span<double> sizesS)
    {
        for (int i = 0; i < sizesS.Length; i++)
        {
            sizesS[i] = Draw(ref random);
        }
    }

    /// <summary>The least x with P(S at most x) >= p, 0 &lt; p &lt; 1, to the last bit by halving.</summary>
    public virtual double QuantileS(double p)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(p, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(p, 1);
        double high = MeanS;
        while (1 - Survival(high) < p)
        {
            high *= 2;
        }

        double low = 0;
        for (int i = 0; i < 200; i++)
        {
            double middle = 0.5 * (low + high);
            if (middle == low || middle == high)
            {
                break;
            }

            if (1 - Survival(middle) < p)
            {
                low = middle;
            }
            else
            {
                high = middle;
            }
        }

        return high;
    }

    public override string ToString() => Name;
}
