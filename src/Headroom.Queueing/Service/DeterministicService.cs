using Headroom.Kernel.Randomness;

namespace Headroom.Queueing.Service;

/// <summary>Every job takes the same time.</summary>
public sealed class DeterministicService : ServiceDistribution
{
    public DeterministicService(double meanS)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(meanS);
        MeanS = meanS;
    }

    public override string Name => "deterministic";

    public override double MeanS { get; }

    public override double SecondMomentS2 => MeanS * MeanS;

    public override bool IsDiscrete => true;

    public override double Survival(double xS) => xS < MeanS ? 1 : 0;

    public override double PartialMeanS(double xS) => xS < MeanS ? 0 : MeanS;

    public override double PartialSecondMomentS2(double xS) => xS < MeanS ? 0 : MeanS * MeanS;

    public override double Density(double xS) => 0;

    public override double Draw(ref RandomStream random) => MeanS;

    public override double QuantileS(double p) => MeanS;
}
