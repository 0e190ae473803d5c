using Headroom.Kernel.Arithmetic;
using Headroom.Kernel.Randomness;
using Headroom.Kernel.Statistics;

namespace Headroom.Queueing.Service;

/// <summary>S = e^N with N normal, variance s^2 = ln(1 + cv^2), mean ln m - s^2/2.</summary>
public sealed class LognormalService : ServiceDistribution
{
    private readonly double _mu;
    private readonly double _sigma;

    public LognormalService(double meanS, double cv)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(meanS);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(cv);
        MeanS = meanS;
        SecondMomentS2 = meanS * meanS * (1 + (cv * cv));
        double variance = Elementary.Log1P(cv * cv);
        _sigma = Math.Sqrt(variance);
        _mu = Elementary.Log(meanS) - (variance / 2);
    }

    public override string Name => "lognormal";

    public override double MeanS { get; }

    public override double SecondMomentS2 { get; }

    public override bool IsDiscrete => false;

    public override double Survival(double xS) => xS <= 0 ? 1 : Distributions.NormalCdf(-Z(xS));

    public override double PartialMeanS(double xS) => xS <= 0 ? 0 : MeanS * Distributions.NormalCdf(Z(xS) - _sigma);

    public override double PartialSecondMomentS2(double xS) => xS <= 0 ? 0 : SecondMomentS2 * Distributions.NormalCdf(Z(xS) - (2 * _sigma));

    public override double Density(double xS)
    {
        if (xS <= 0)
        {
            return 0;
        }

        double z = Z(xS);
        return Elementary.Exp(-0.5 * z * z) / (xS * _sigma * 2.5066282746310002); // sqrt(2 pi)
    }

    public override double Draw(ref RandomStream random) => Elementary.Exp(_mu + (_sigma * random.Normal()));

    private double Z(double xS) => (Elementary.Log(xS) - _mu) / _sigma;
}
