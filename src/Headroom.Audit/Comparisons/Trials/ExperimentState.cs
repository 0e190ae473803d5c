namespace Headroom.Audit.Comparisons.Trials;

/// <summary>An experiment on its way: the trials so far, and its result once a number of them is complete. Not thread-safe but for <see cref="Function"/>.</summary>
internal sealed class ExperimentState(Experiment experiment, ExperimentResult? kept)
{
    private readonly List<Trial?> _trials = [];
    private readonly SortedDictionary<string, PooledSample> _pooled = new(StringComparer.Ordinal);
    private int _target;

    public Experiment Experiment { get; } = experiment;

    public ExperimentResult? Result { get; private set; } = kept;

    public Lazy<TrialFunction> Function { get; private set; } = new(experiment.Prepare);

    public int TrialsLeft { get; private set; }

    public double WorkDone => _trials.Count * Experiment.Work;

    /// <summary>Work to a number of trials; a result that was kept has no trials to build on.</summary>
    public double WorkTo(int trials) => (trials - _trials.Count) * Experiment.Work;

    /// <summary>Asks for so many trials in all, and gives the first that is missing.</summary>
    public int Begin(int trials)
    {
        int first = _trials.Count;
        _target = trials;
        TrialsLeft = trials - first;
        while (_trials.Count < trials)
        {
            _trials.Add(null);
        }

        return first;
    }

    /// <summary>True when the trials asked for are complete.</summary>
    public bool Add(int index, Trial trial)
    {
        // What is pooled is kept once, and a trial's own arrays can go.
        foreach ((string name, double[] values) in trial.Pooled)
        {
            if (!_pooled.TryGetValue(name, out PooledSample? sample))
            {
                _pooled[name] = sample = new PooledSample();
            }

            sample.Add(values);
        }

        _trials[index] = trial with { Pooled = [] };
        if (--TrialsLeft > 0)
        {
            return false;
        }

        Trial first = _trials[0]!;
        Result = new ExperimentResult
        {
            Key = Experiment.Key,
            Trials = _target,
            Values = [.. first.Values.Select((value, i) => (value.Name, _trials.Select(t => t!.Values[i].Value).ToArray()))],
            Pooled = [.. _pooled.Select(pair => (pair.Key, pair.Value.Quantiles()))],
            Curve = first.Curve,
        };
        return true;
    }
}
