using Headroom.Kernel.Arithmetic;
using Headroom.Kernel.Randomness;
using Headroom.Kernel.Statistics;

namespace Headroom.Queueing.Service;

/// <summary>Gamma with shape k = 1/cv^2 and scale m/k; an Erlang where k is whole.</summary>
public sealed class GammaService : ServiceDistribution
{
    private readonly double _shape;
    private readonly double _scaleS;

    public GammaService(double meanS, double cv)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(meanS);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(cv);
        MeanS = meanS;
        _shape = 1 / (cv * cv);
        _scaleS = meanS / _shape;
    }

    public override string Name => "gamma";

    public override double MeanS { get; }

    public override double SecondMomentS2 => MeanS * (MeanS + _scaleS);

    public override bool IsDiscrete => false;

    public override double Survival(double xS) => xS <= 0 ? 1 : Distributions.GammaQ(_shape, xS / _scaleS);

    public override double PartialMeanS(double xS) => xS <= 0 ? 0 : MeanS * (1 - Distributions.GammaQ(_shape + 1, xS / _scaleS));

    public override double PartialSecondMomentS2(double xS) => xS <= 0 ? 0 : SecondMomentS2 * (1 - Distributions.GammaQ(_shape + 2, xS / _scaleS));

    public override double Density(double xS)
    {
        double y = xS / _scaleS;
        return xS <= 0 ? 0 : Elementary.Exp(((_shape - 1) * Elementary.Log(y)) - y - Elementary.LogGamma(_shape)) / _scaleS;
    }

    public override double Draw(ref RandomStream random) => random.Gamma(_shape, _scaleS);
}
