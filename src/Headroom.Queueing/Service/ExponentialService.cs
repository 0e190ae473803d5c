using Headroom.Kernel.Arithmetic;
using Headroom.Kernel.Randomness;

namespace Headroom.Queueing.Service;

/// <summary>P(S > x) = e^(-x/m).</summary>
public sealed class ExponentialService : ServiceDistribution
{
    public ExponentialService(double meanS)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(meanS);
        MeanS = meanS;
    }

    public override string Name => "exponential";

    public override double MeanS { get; }

    public override double SecondMomentS2 => 2 * MeanS * MeanS;

    public override bool IsDiscrete => false;

    public override double Survival(double xS) => xS <= 0 ? 1 : Elementary.Exp(-xS / MeanS);

    public override double PartialMeanS(double xS) => MeanS * Phase.First(xS / MeanS);

    public override double PartialSecondMomentS2(double xS) => 2 * MeanS * MeanS * Phase.Second(xS / MeanS);

    public override double Density(double xS) => xS < 0 ? 0 : Elementary.Exp(-xS / MeanS) / MeanS;

    public override double Draw(ref RandomStream random) => random.Exponential(MeanS);

    public override double QuantileS(double p)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(p, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(p, 1);
        return -MeanS * Elementary.Log1P(-p);
    }
}
