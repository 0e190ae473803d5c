using Headroom.Simulation.Hosting;

namespace Headroom.Consensus.Torture;

/// <summary>That a torture finds what is wrong: each mutant is tortured, seed after seed, until a check fails or the seeds are spent.</summary>
public static class MutantSearch
{
    /// <param name="mutants">Which.</param>
    /// <param name="options">How large the runs are.</param>
    /// <param name="torture">Runs them.</param>
    /// <param name="from">The first seed.</param>
    /// <param name="seedsMax">At most so many for each.</param>
    /// <param name="threads">Mutants at a time; null for all cores. No value depends on it.</param>
    /// <param name="report">Told of each that is done, from several threads.</param>
    /// <param name="cancellation">Looked at before each run.</param>
    public static MutantFinding[] Run<TOptions, TResult>(
        IReadOnlyList<KnownMutant<TOptions>> mutants, TOptions options, Func<TOptions, ITorture<TResult>> torture, ulong from, int seedsMax, int? threads = null, Action<MutantFinding>? report = null, CancellationToken cancellation = default)
        where TResult : TortureOutcome
    {
        ArgumentNullException.ThrowIfNull(mutants);
        ArgumentNullException.ThrowIfNull(torture);
        return Replications.Run(mutants.Count, i =>
        {
            MutantFinding finding = Seek(mutants[i], torture(mutants[i].In(options)), from, seedsMax, cancellation);
            report?.Invoke(finding);
            return finding;
        }, threads, cancellation);
    }

    private static MutantFinding Seek<TOptions, TResult>(KnownMutant<TOptions> mutant, ITorture<TResult> torture, ulong from, int seedsMax, CancellationToken cancellation)
        where TResult : TortureOutcome
    {
        for (int i = 0; i < seedsMax; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            TResult outcome = torture.Run(from + (ulong)i);
            if (!outcome.Holds)
            {
                return new MutantFinding(mutant.Name, mutant.Words, i + 1, outcome.Violations);
            }
        }

        return new MutantFinding(mutant.Name, mutant.Words, seedsMax, []);
    }
}
