namespace Headroom.Audit.Laboratory;

/// <summary>The same trials over sockets and in the simulator.</summary>
internal static class LabTrials
{
    /// <summary>
    /// One after the other. When it is interrupted, what was measured stands; with nothing measured the interruption is passed on. The first trial is made once more than it
    /// counts, since a program's first run is slow for reasons of its own.
    /// </summary>
    public static (IReadOnlyList<TRun> Executed, IReadOnlyList<TOutcome> Simulated, bool WasInterrupted) Run<TRun, TOutcome>(
        int trials, string what, Func<int, TRun> execute, Func<int, TOutcome> simulate, Action<double, string> report)
    {
        var executed = new List<TRun>();
        var simulated = new List<TOutcome>();
        report(0, "warming up");
        _ = execute(0);
        for (int trial = 0; trial < trials; trial++)
        {
            report((double)trial / trials, $"{what} {trial + 1} of {trials}");
            try
            {
                TRun run = execute(trial);
                simulated.Add(simulate(trial));
                executed.Add(run);
            }
            catch (OperationCanceledException) when (executed.Count > 0)
            {
                return (executed, [.. simulated.Take(executed.Count)], true);
            }
        }

        report(1, "done");
        return (executed, simulated, false);
    }
}
