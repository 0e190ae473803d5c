namespace Headroom.Audit.Comparisons.Trials;

/// <summary>How far a run is: shares of the expected work, not of the time.</summary>
public readonly record struct RunProgress(double ShareDone, int Finished, int Experiments, string Doing);

/// <summary>
/// Runs experiments side by side, trial by trial. Values are functions of experiment and trial number, so they do not depend on the number of
/// threads; with a fixed number of trials nothing does. An experiment is kept in the journal as soon as its trials are done.
/// </summary>
public sealed class ExperimentRunner
{
    private readonly TrialPolicy _policy;
    private readonly int _threads;
    private readonly TimeProvider _clock;
    private readonly FinishedExperiments? _journal;
    private readonly Action<RunProgress>? _onProgress;
    private readonly Lock _lock = new();

    /// <param name="policy">How many trials.</param>
    /// <param name="threads">Trials side by side.</param>
    /// <param name="clock">Asked only where a budget of time is given.</param>
    /// <param name="journal">Where finished experiments are kept and found again; null for nowhere.</param>
    /// <param name="onProgress">Called from several threads.</param>
    public ExperimentRunner(TrialPolicy policy, int threads, TimeProvider clock, FinishedExperiments? journal = null, Action<RunProgress>? onProgress = null)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(clock);
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        policy.Validate();
        (_policy, _threads, _clock, _journal, _onProgress) = (policy, threads, clock, journal, onProgress);
    }

    /// <summary>True after a run that the token ended: what was finished by then is in its results.</summary>
    public bool WasInterrupted { get; private set; }

    /// <summary>Experiments taken from the journal.</summary>
    public int Resumed { get; private set; }

    /// <summary>The results by key, of finished experiments only.</summary>
    public IReadOnlyDictionary<string, ExperimentResult> Run(IReadOnlyList<Experiment> experiments, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(experiments);
        long start = _clock.GetTimestamp();
        var states = new Dictionary<string, ExperimentState>(StringComparer.Ordinal);
        foreach (Experiment experiment in experiments)
        {
            ExperimentResult? kept = _journal?.Find(experiment.Key);
            if (states.TryAdd(experiment.Key, new ExperimentState(experiment, kept)))
            {
                Resumed += kept is null ? 0 : 1;
            }
        }

        ExperimentState[] inOrder = [.. experiments.Select(e => states[e.Key]).Distinct()];
        try
        {
            if (_policy.Budget is { } budget)
            {
                RunWithin(budget, start, inOrder, cancellation);
            }
            else
            {
                Extend([.. inOrder.Where(s => s.Result is null).Select(s => (s, _policy.Most(s.Experiment)))], inOrder, cancellation);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            WasInterrupted = true;
        }

        return inOrder.Where(s => s.Result is not null).ToDictionary(s => s.Experiment.Key, s => s.Result!, StringComparer.Ordinal);
    }

    /// <summary>First a few trials of everything, whatever the time; then each experiment that is not narrow is doubled in turn while its share of time lasts.</summary>
    private void RunWithin(TimeSpan budget, long start, ExperimentState[] states, CancellationToken cancellation)
    {
        Extend([.. states.Where(s => s.Result is null).Select(s => (s, Math.Min(_policy.TrialsFirst, _policy.Most(s.Experiment))))], states, cancellation);
        double secondsPerWork = _clock.GetElapsedTime(start).TotalSeconds / Math.Max(1, states.Sum(s => s.WorkDone));
        while (true)
        {
            double left = (budget - _clock.GetElapsedTime(start)).TotalSeconds;
            var wave = new List<(ExperimentState State, int Trials)>();
            foreach (ExperimentState state in states.Where(s => !_policy.IsEnough(s.Experiment, s.Result!)).OrderBy(s => s.Result!.Trials * s.Experiment.Work))
            {
                int trials = (int)Math.Min(2L * state.Result!.Trials, _policy.Most(state.Experiment));
                left -= state.WorkTo(trials) * secondsPerWork;
                if (left > 0)
                {
                    wave.Add((state, trials));
                }
            }

            if (wave.Count == 0)
            {
                return;
            }

            long waveStart = _clock.GetTimestamp();
            double work = wave.Sum(w => w.State.WorkTo(w.Trials));
            Extend(wave, states, cancellation);
            secondsPerWork = _clock.GetElapsedTime(waveStart).TotalSeconds / Math.Max(1, work);
        }
    }

    /// <summary>Runs what is missing up to the given numbers of trials.</summary>
    private void Extend(List<(ExperimentState State, int Trials)> wave, ExperimentState[] all, CancellationToken cancellation)
    {
        var jobs = new List<(ExperimentState State, int Trial)>();
        foreach ((ExperimentState state, int trials) in wave)
        {
            for (int trial = state.Begin(trials); trial < trials; trial++)
            {
                jobs.Add((state, trial));
            }
        }

        int next = -1;
        double total = Math.Max(1, wave.Sum(w => w.State.Experiment.Work * w.State.TrialsLeft));
        double done = 0;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        void Work()
        {
            for (int at = Interlocked.Increment(ref next); at < jobs.Count; at = Interlocked.Increment(ref next))
            {
                stop.Token.ThrowIfCancellationRequested();
                (ExperimentState state, int index) = jobs[at];
                try
                {
                    Trial trial = state.Function.Value(index, stop.Token);
                    lock (_lock)
                    {
                        done += state.Experiment.Work;
                        if (state.Add(index, trial))
                        {
                            _journal?.Keep(state.Result!);
                        }
                    }
                }
                catch
                {
                    stop.Cancel(); // the others stop too
                    throw;
                }

                _onProgress?.Invoke(new RunProgress(done / total, all.Count(s => s.Result is not null), all.Length, state.Experiment.Doing));
            }
        }

        Task[] workers = [.. Enumerable.Range(0, Math.Min(_threads, Math.Max(1, jobs.Count))).Select(_ => Task.Factory.StartNew(Work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))];
        try
        {
            Task.WaitAll(workers, CancellationToken.None);
        }
        catch (AggregateException e)
        {
            cancellation.ThrowIfCancellationRequested();
            throw e.Flatten().InnerExceptions.FirstOrDefault(inner => inner is not OperationCanceledException) ?? e;
        }
    }
}
