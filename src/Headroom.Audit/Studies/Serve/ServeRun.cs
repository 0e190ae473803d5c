using Headroom.Balancing.Pools;
using Headroom.Kernel.Findings;
using Headroom.Kernel.Quantities;
using Headroom.Kernel.Strategies;
using Headroom.Queueing.Service;

namespace Headroom.Audit.Studies.Serve;

/// <summary>A strategy's delays under rising arrivals.</summary>
internal sealed record LoadCurve(string Strategy, IReadOnlyList<(double ArrivalsPerS, PoolDelay.Measured Delay)> Points);

/// <summary>One run of <see cref="ServeStudy"/>: simulates, sets beside the theorems, finds the words.</summary>
internal sealed class ServeRun
{
    private const int Replications = 20;
    private const int RoughReplications = 4;
    private const int RoughShare = 4;
    private const int RoughWarmUpMax = 40_000;

    private static readonly double[] Utilisations = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];

    /// <summary>Loads above it are not searched for servers: a run would not be settled.</summary>
    private const double ErlangsMax = 20_000;

    private readonly ServeInput _input;
    private readonly StudyContext _context;
    private readonly PoolExperiment _pool;
    private readonly IReadOnlyList<StrategyCall> _strategies;
    private readonly PoolDelay[] _delays;
    private int _steps;
    private string _doing = "";

    public ServeRun(ServeInput input, StudyContext context, int requestsPerRun)
    {
        _input = input;
        _context = context;
        _pool = new PoolExperiment(Options(input.Service, Replications * context.Effort, requestsPerRun));
        _strategies = ServeStudy.Tried.Contains(input.Now) ? ServeStudy.Tried : [input.Now, .. ServeStudy.Tried];
        _delays = [.. _strategies.Select(Simulate)];
    }

    public StudyResult Result()
    {
        Finding p99 = Delay(ServeStudy.P99, isTail: true);
        Finding mean = Delay(ServeStudy.Mean, isTail: false);
        var findings = new List<Finding>(IsTailHeadline ? [p99, mean] : [mean, p99]);
        if (_input.HasGoal && _input.Erlangs <= ErlangsMax)
        {
            findings.Add(ServersNeeded());
        }

        List<LoadCurve> curves = Curves(findings[0]);
        return new StudyResult
        {
            Findings = findings,
            Exhibits = [.. ServeExhibits.Delays(_input, _strategies, _delays, findings[0]), ServeExhibits.Growth(_input, curves, findings[0])],
            Notes = [.. Notes(), .. curves.Select(c => ServeAdvice.Growth(_input, c, findings[0].Metric)).OfType<string>()],
            Judged = [.. _context.Claims.Where(c => c.Metric == ServeStudy.Utilisation.Name).Select(JudgeUtilisation)],
        };
    }

    private bool IsTailHeadline => _input.GoalP99S is not null;

    private PoolOptions Options(ServiceDistribution service, int replications, int jobs) => new()
    {
        ArrivalsPerS = _input.ArrivalsPerS,
        Service = service,
        Seed = _context.Seed.Named("serve"),
        Replications = replications,
        JobsCounted = jobs,
    };

    private PoolDelay Simulate(StrategyCall strategy) => Simulate(_pool, strategy);

    private PoolDelay Simulate(PoolExperiment pool, StrategyCall strategy)
    {
        _doing = $"simulating {strategy}";
        return ServeStudy.DispatcherOf(strategy).Run(pool, _input.Servers, Step);
    }

    /// <summary>Between two runs: the number of steps to come is not known, so the bar nears its end without reaching it.</summary>
    private void Step()
    {
        _steps++;
        _context.Report(_steps / (_steps + 150.0), _doing);
    }

    private Finding Delay(Metric metric, bool isTail)
    {
        Candidate[] candidates = [.. _strategies.Select((strategy, i) => DelayOf(strategy, _delays[i], isTail))];
        Limit mean = ServeLimits.Mean(_input, meanS => MoneyAt(_input.Servers, meanS));
        Limit limit = isTail ? ServeLimits.P99(_input, mean.Money) : mean;
        Candidate now = candidates.First(c => c.Strategy == _input.Now.ToString());
        bool headline = isTail == IsTailHeadline;
        Finding finding = _context.Compose(metric, headline, now, candidates, limit, new Advice("", "", ""), boundHoldsWithoutGoals: true);
        return finding with { Advice = ServeAdvice.OnDelay(_input, finding) };
    }

    private Candidate DelayOf(StrategyCall strategy, PoolDelay delay, bool isTail)
    {
        string needs = ServeStudy.DispatcherOf(strategy).Needs;
        if (delay is not PoolDelay.Measured measured)
        {
            return new Candidate(strategy.ToString(), Estimate.Exact(double.PositiveInfinity, Provenance.Computed($"{Print.Significant(_input.Erlangs, 4)} seconds of work a second for {_input.Servers} servers")))
            {
                MissedGoals = [.. Goals().Select(g => $"{g.Name} grows without limit")],
                Note = needs,
            };
        }

        Estimate value = Estimate.Mean(isTail ? measured.QuantileS : measured.MeanS,
            Provenance.Simulated($"{_input.Servers} servers in order of arrival, {_input.Service}", _context.Seed.Value, measured.MeanS.Count));
        return new Candidate(strategy.ToString(), value)
        {
            MissedGoals = Missed(measured),
            Money = MoneyAt(_input.Servers, measured.MeanS.Mean),
            OutsideRegime = measured.IsSettled ? null : "not in steady state: near saturation, or with very many separate queues, settling takes longer runs than ours, and this value is too low",
            Note = needs,
        };
    }

    private List<string> Missed(PoolDelay.Measured delay)
    {
        var missed = new List<string>();
        foreach ((string name, double goalS, Func<PoolDelay.Measured, double> valueS) in Goals())
        {
            double value = valueS(delay);
            if (value > goalS)
            {
                missed.Add($"{name} {ServeAdvice.Time(value)} > {ServeAdvice.Time(goalS)}");
            }
            else if (!delay.IsSettled)
            {
                missed.Add($"{name} not known: the runs did not settle");
            }
        }

        return missed;
    }

    private IEnumerable<(string Name, double GoalS, Func<PoolDelay.Measured, double> ValueS)> Goals()
    {
        if (_input.GoalP99S is { } p99)
        {
            yield return ("p99", p99, d => d.QuantileS.Mean);
        }

        if (_input.GoalMeanS is { } mean)
        {
            yield return ("mean", mean, d => d.MeanS.Mean);
        }
    }

    private Finding ServersNeeded()
    {
        var rough = new PoolExperiment(Options(_input.Service, RoughReplications, _pool.Options.JobsCounted / RoughShare) with { WarmUpMax = RoughWarmUpMax });
        int most = (int)((20 * Math.Ceiling(_input.Erlangs)) + 64);
        Candidate[] candidates = [.. _strategies.Select(strategy => Needed(strategy, rough, most))];
        Limit limit = ServeLimits.Servers(_input, servers => MoneyFor(servers));
        Candidate now = candidates.First(c => c.Strategy == _input.Now.ToString());
        Finding finding = _context.Compose(ServeStudy.ServersNeeded, false, now, candidates, limit, new Advice("", "", ""));
        return finding with { Advice = ServeAdvice.OnServers(_input, finding) };
    }

    private Candidate Needed(StrategyCall strategy, PoolExperiment rough, int most)
    {
        _doing = $"counting servers for {strategy}";
        Dispatcher dispatcher = ServeStudy.DispatcherOf(strategy);
        ServersNeeded needed = IsBeyondAnyNumber
            ? new ServersNeeded.NotWith(most)
            : ServerSearch.Least(rough, _pool, dispatcher, _input.OverGoal, 1, most, Step);
        Provenance provenance = Provenance.Simulated("the least count that meets the goal", _context.Seed.Value, _pool.Options.Replications);
        return needed is ServersNeeded.Found found
            ? new Candidate(strategy.ToString(), Estimate.Exact(found.Servers, provenance))
            {
                Money = MoneyFor(found.Servers),
                Note = $"then p99 {ServeAdvice.Time(found.Delay.QuantileS.Mean)}, mean {ServeAdvice.Time(found.Delay.MeanS.Mean)}, {ServeAdvice.Percent(found.Delay.Utilisation)} busy",
            }
            : new Candidate(strategy.ToString(), Estimate.Exact(double.PositiveInfinity, provenance))
            {
                MissedGoals = [IsBeyondAnyNumber ? "the work itself takes longer than the goal" : $"not found met with up to {most} servers"],
            };
    }

    /// <summary>Today's strategy and the best one under rising arrivals.</summary>
    private List<LoadCurve> Curves(Finding headline)
    {
        PoolOptions options = Options(_input.Service, 2 * RoughReplications, _pool.Options.JobsCounted / RoughShare) with { WarmUpMax = RoughWarmUpMax };
        var curves = new List<LoadCurve>();
        foreach (StrategyCall strategy in _strategies.Where(s => s == _input.Now || s.ToString() == (headline.Best?.Strategy ?? ServeStudy.Tried[^1].ToString())))
        {
            _doing = $"raising arrivals for {strategy}";
            var points = LoadSweep.Run(options, ServeStudy.DispatcherOf(strategy), _input.Servers, Utilisations, Step).ToList();
            if (_delays[_strategies.ToList().IndexOf(strategy)] is PoolDelay.Measured { IsSettled: true } today)
            {
                points.Add((_input.ArrivalsPerS, today));
            }

            curves.Add(new LoadCurve(strategy.ToString(), [.. points.OrderBy(p => p.ArrivalsPerS)]));
        }

        return curves;
    }

    /// <summary>A goal below the service time's own mean or quantile.</summary>
    private bool IsBeyondAnyNumber =>
        (_input.GoalP99S is { } p99 && _input.Service.QuantileS(0.99) > p99) || (_input.GoalMeanS is { } mean && _input.Service.MeanS > mean);

    private Money? MoneyAt(int servers, double meanS) => Money.Of(
        ("server", servers * _context.Prices.ServerPerYear),
        ("latency", meanS * _context.Prices.LatencyPerSecondYear));

    private Money? MoneyFor(double servers) => Money.Of(("server", servers * _context.Prices.ServerPerYear));

    private IEnumerable<string> Notes()
    {
        yield return $"Service: {_input.ServiceOrigin}; mean {ServeAdvice.Time(_input.Service.MeanS)}, cv {Print.Significant(_input.Cv, 3)}. Arrivals are a Poisson stream.";
        yield return $"Load: {Print.Significant(_input.Erlangs, 4)} seconds of work a second on {_input.Servers} servers, {ServeAdvice.Percent(_input.Utilisation)} busy"
            + (_input.Utilisation >= 1 ? ": more arrives than can be done, and every delay grows without limit." : ".");
        if (_delays[0] is not PoolDelay.Measured)
        {
            yield break;
        }

        yield return $"Runs: {_pool.Options.Replications} for each strategy with the same requests, {_pool.Options.JobsCounted:N0} requests counted in each after at least "
            + $"{_delays.OfType<PoolDelay.Measured>().Min(d => d.WarmUp):N0} dropped; intervals by Student's t over the runs.";
        foreach (string line in ServeAdvice.Models(_input, _strategies, _delays))
        {
            yield return line;
        }

        if (ServeLimits.BlindMeanS(_input) is { } blindS && blindS > _input.Service.MeanS * 1.0001)
        {
            yield return $"No dispatcher that neither interrupts nor sees sizes has a mean below {ServeAdvice.Time(blindS)} here (queueing.blind-servers).";
        }

        if (Sensitivity() is { } sensitivity)
        {
            yield return sensitivity;
        }
    }

    /// <summary>The same mean and cv in another family: what the choice of family decides.</summary>
    private string? Sensitivity()
    {
        ServiceDistribution? other = ServiceFit.Alternative(_input.Service)
            ?? (_input.Family is null && _input.Cv is >= ServiceFit.MinCv and <= ServiceFit.MaxCv ? new LognormalService(_input.Service.MeanS, _input.Cv) : null);
        if (other is null)
        {
            return null;
        }

        var pool = new PoolExperiment(Options(other, Replications / 2, _pool.Options.JobsCounted / 2));
        var words = new List<string>();
        foreach (StrategyCall strategy in new[] { _input.Now, ServeStudy.Tried[^1] }.Distinct())
        {
            int index = _strategies.ToList().IndexOf(strategy);
            if (Simulate(pool, strategy) is PoolDelay.Measured delay && _delays[index] is PoolDelay.Measured known)
            {
                double change = (delay.QuantileS.Mean / known.QuantileS.Mean) - 1;
                words.Add($"the p99 of {strategy} is {ServeAdvice.Time(delay.QuantileS.Mean)} ({ServeAdvice.Signed(change)}), its mean {ServeAdvice.Time(delay.MeanS.Mean)} ({ServeAdvice.Signed((delay.MeanS.Mean / known.MeanS.Mean) - 1)})");
            }
        }

        return words.Count == 0 ? null : $"Sensitivity: with {other} service of the same mean and cv, {string.Join("; ", words)}.";
    }

    private JudgedClaim JudgeUtilisation(Claim claim)
    {
        double claimed = claim.Value.Base;
        bool same = Math.Abs(claimed - _input.Utilisation) <= 0.02 * _input.Utilisation;
        return new JudgedClaim(claim, same ? ClaimVerdict.Reproduced : ClaimVerdict.Refuted,
            $"arrivals times mean service over servers is {ServeAdvice.Percent(_input.Utilisation)}, whatever the strategy");
    }
}
