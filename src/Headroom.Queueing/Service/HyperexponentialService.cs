using Headroom.Kernel.Arithmetic;
using Headroom.Kernel.Randomness;

namespace Headroom.Queueing.Service;

/// <summary>
/// With probability p exponential with mean m/(2p), else exponential with mean m/(2(1-p)), p = (1 + sqrt((cv^2-1)/(cv^2+1)))/2: both
/// phases carry half of the work ("balanced means", [tijms2003] appendix B).
/// </summary>
public sealed class HyperexponentialService : ServiceDistribution
{
    private readonly double _p;
    private readonly double _shortS;
    private readonly double _longS;

    public HyperexponentialService(double meanS, double cv)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(meanS);
        ArgumentOutOfRangeException.ThrowIfLessThan(cv, 1);
        MeanS = meanS;
        double square = cv * cv;
        _p = 0.5 * (1 + Math.Sqrt((square - 1) / (square + 1)));
        // 1 - p without cancellation: (1 - s)/2 = (1 - s^2)/(2(1 + s)), 1 - s^2 = 2/(cv^2 + 1).
        double q = 1 / ((square + 1) * 2 * _p);
        _shortS = meanS / (2 * _p);
        _longS = meanS / (2 * q);
    }

    public override string Name => "hyperexponential with balanced means";

    public override double MeanS { get; }

    public override double SecondMomentS2 => MeanS * (_shortS + _longS);

    public override bool IsDiscrete => false;

    public override double Survival(double xS) => xS <= 0 ? 1 : (_p * Elementary.Exp(-xS / _shortS)) + (Long * Elementary.Exp(-xS / _longS));

    public override double PartialMeanS(double xS) => 0.5 * MeanS * (Phase.First(xS / _shortS) + Phase.First(xS / _longS));

    public override double PartialSecondMomentS2(double xS) => MeanS * ((_shortS * Phase.Second(xS / _shortS)) + (_longS * Phase.Second(xS / _longS)));

    public override double Density(double xS) =>
        xS < 0 ? 0 : (_p / _shortS * Elementary.Exp(-xS / _shortS)) + (Long / _longS * Elementary.Exp(-xS / _longS));

    public override double Draw(ref RandomStream random) => random.Exponential(random.NextDouble() < _p ? _shortS : _longS);

    private double Long => 0.5 * MeanS / _longS;
}
