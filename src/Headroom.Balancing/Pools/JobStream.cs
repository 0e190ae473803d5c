using Headroom.Kernel.Arithmetic;
using Headroom.Kernel.Randomness;
using Headroom.Queueing.Service;

namespace Headroom.Balancing.Pools;

/// <summary>The jobs of one run, drawn once and kept, so that every policy and every number of servers meets the same ones. Grows on demand, its beginning fixed.</summary>
internal sealed class JobStream
{
    private readonly double _meanGapS;
    private readonly ServiceDistribution _service;
    private RandomStream _arrivals;
    private RandomStream _work;
    private double[] _gapsS = [];
    private double[] _sizesS = [];

    public JobStream(PoolOptions options, Seed seed)
    {
        _meanGapS = 1 / options.ArrivalsPerS;
        _service = options.Service;
        _arrivals = seed.Named("arrivals").Stream();
        _work = seed.Named("service").Stream();
    }

    public ReadOnlySpan<double> GapsS(int jobs) => _gapsS.AsSpan(0, jobs);

    public ReadOnlySpan<double> SizesS(int jobs) => _sizesS.AsSpan(0, jobs);

    public void Ensure(int jobs)
    {
        int known = _gapsS.Length;
        if (known >= jobs)
        {
            return;
        }

        Array.Resize(ref _gapsS, jobs);
        Array.Resize(ref _sizesS, jobs);
        for (int i = known; i < jobs; i++)
        {
            _gapsS[i] = -_meanGapS * Elementary.Log(_arrivals.NextPositive());
        }

        _service.Fill(ref _work, _sizesS.AsSpan(known));
    }
}
