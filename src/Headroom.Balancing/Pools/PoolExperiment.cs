using Headroom.Balancing.Dispatch;
using Headroom.Kernel.Randomness;
using Headroom.Kernel.Statistics;

namespace Headroom.Balancing.Pools;

/// <summary>
/// Independent runs of a pool under common random numbers: run i has the same arrivals and sizes for every policy and number of servers, so that
/// differences between policies are sharper than each value. Not safe for concurrent use (its buffers are reused).
/// </summary>
public sealed class PoolExperiment
{
    /// <summary>Relaxation times dropped at the start of a run.</summary>
    private const double RelaxationsDropped = 4;

    private readonly JobStream[] _runs;
    private double[] _sojournsS = [];
    private double[] _freeAtS = [];

    public PoolExperiment(PoolOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        Options = options;
        _runs = new JobStream[options.Replications];
        for (int i = 0; i < _runs.Length; i++)
        {
            _runs[i] = new JobStream(options, options.Seed.At(i));
        }
    }

    public PoolOptions Options { get; }

    /// <summary>
    /// Jobs until the start from empty is forgotten: so many relaxation times. An M/M/1 relaxes in 1/(mu (1 - sqrt rho)^2) [cohen1982]; general service
    /// multiplies by (1 + cv^2)/2. Servers that share nothing each see every c-th job only; sharing ones relax together, once all have had work.
    /// </summary>
    public double WarmUpNeeded(int servers, bool sharing)
    {
        double rho = Utilisation(servers);
        double cv = Options.Service.Cv;
        double root = 1 - Math.Sqrt(rho);
        double relaxation = rho * Math.Max(1, 0.5 * (1 + (cv * cv))) / (root * root);
        return rho >= 1 ? double.PositiveInfinity : Math.Max(1000, RelaxationsDropped * (sharing ? relaxation + (servers * (1 + cv)) : servers * relaxation));
    }

    public double Utilisation(int servers) => Options.ArrivalsPerS * Options.Service.MeanS / servers;

    /// <summary>All runs of one policy, which shares its queues or not (<see cref="WarmUpNeeded"/>). Between runs <paramref name="checkpoint"/> is called, which may throw to stop.</summary>
    public PoolDelay Run<TPolicy>(TPolicy policy, string name, bool sharing, int servers, Action? checkpoint = null)
        where TPolicy : struct, IDispatchPolicy
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(servers);
        double rho = Utilisation(servers);
        if (rho >= 1)
        {
            return new PoolDelay.Unstable(rho);
        }

        double needed = WarmUpNeeded(servers, sharing);
        // What no affordable warm-up settles is measured briefly and says so.
        bool settles = needed <= Options.WarmUpMax;
        int warmUp = settles ? (int)needed : Math.Min(Options.WarmUpMax, Options.JobsCounted);
        int jobs = warmUp + Options.JobsCounted;
        _sojournsS = _sojournsS.Length >= jobs ? _sojournsS : new double[jobs];
        _freeAtS = _freeAtS.Length == servers ? _freeAtS : new double[servers];
        var means = new Moments();
        var quantiles = new Moments();
        var histogram = new DelayHistogram();
        int rank = (int)Math.Ceiling(Options.QuantileRank * Options.JobsCounted) - 1;
        for (int i = 0; i < _runs.Length; i++)
        {
            checkpoint?.Invoke();
            _runs[i].Ensure(jobs);
            RandomStream random = Options.Seed.At(i).Named(name).Stream();
            Span<double> sojournsS = _sojournsS.AsSpan(0, jobs);
            FifoServers.Run(ref policy, _runs[i].GapsS(jobs), _runs[i].SizesS(jobs), _freeAtS, ref random, sojournsS);
            Span<double> counted = sojournsS[warmUp..];
            means.Add(Mean(counted));
            histogram.Add(counted);
            quantiles.Add(Selection.Nth(counted, rank));
        }

        return new PoolDelay.Measured(rho)
        {
            MeanS = means,
            QuantileS = quantiles,
            Histogram = histogram,
            WarmUp = warmUp,
            IsSettled = settles,
        };
    }

    private static double Mean(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (double value in values)
        {
            sum += value;
        }

        return sum / values.Length;
    }
}
